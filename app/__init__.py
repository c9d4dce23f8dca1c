"""Một Cửa: administrative procedures as diagrams, legal time, proof."""

from flask import Flask
from flask_migrate import Migrate

from app import api, cli, models, web
from app.foundation import logs
from app.foundation.db import db
from config import Config

__all__ = ["create_app", "models"]

migrate = Migrate(directory="migrations")


def create_app(config: Config) -> Flask:
    """Configure, bind, register, return."""
    logs.configure()
    app = Flask(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.from_mapping(config.as_mapping())
    db.init_app(app)
    migrate.init_app(app, db)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app
