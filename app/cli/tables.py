"""`db`: bring the tables up to date. The library behind it is loaded by whoever asks for it.

Flask-Migrate and Alembic take nine megabytes, and no web worker ever changes a table.
"""

from typing import Any

import click
from flask import Flask

from app.foundation.db import db
from app.models import MIGRATIONS


class Tables(click.Group):
    """Stands where the command line looks for the library's group of commands."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="db", help="Bring the tables up to date.")
        self._app = app

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """Somebody has asked for it: let the library's own group go on from here."""
        return _library(self._app).make_context(*given, **more)


class Settings:
    """Stands where the library's own functions look for their settings."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        """Give the place to the library, and what was asked for."""
        _library(self._app)
        return getattr(self._app.extensions["migrate"], name)


def _library(app: Flask) -> click.Group:
    from flask_migrate import Migrate  # noqa: PLC0415 - see above
    from flask_migrate.cli import db as commands  # noqa: PLC0415 - see above

    Migrate().init_app(app, db, directory=MIGRATIONS)
    group: click.Group = commands
    return group


def init_app(app: Flask) -> None:
    """Take both places in the application."""
    app.extensions["migrate"] = Settings(app)
    app.cli.add_command(Tables(app))
