"""The entry point of servers and of the `flask` command."""

import click

from app import create_app
from config import Config, ConfigError

try:
    settings = Config.from_environment()
except ConfigError as error:
    # The command line shows it as one sentence; the web server has looked before it came here.
    raise click.ClickException(str(error)) from None

app = create_app(settings)
