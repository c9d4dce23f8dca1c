"""Một Cửa: administrative procedures as diagrams, legal time, proof."""

from flask import Flask

from config import Config


def create_app(config: Config) -> Flask:
    """Configure, bind, register, return.

    The rooms are imported here and not above, so that a wing such as `app.feel` can be imported
    alone, without database and doors.
    """
    from app import api, cli, models, web  # noqa: PLC0415 - see the docstring
    from app.foundation import logs  # noqa: PLC0415 - see the docstring
    from app.foundation.db import db, migrate  # noqa: PLC0415 - see the docstring

    logs.configure()
    app = Flask(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.from_mapping(config.as_mapping())
    db.init_app(app)
    migrate.init_app(app, db, directory=models.MIGRATIONS)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app
