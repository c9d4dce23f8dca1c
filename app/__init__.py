"""Một Cửa: administrative procedures as diagrams, legal time, proof."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from config import Config


class House(Flask):
    """The application; its views and hooks are plain functions, all of them."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take the function as it is, instead of asking every hook of every request."""
        return func


def create_app(config: Config) -> Flask:
    """Configure, bind, register, return.

    The rooms are imported here and not above, so that a wing such as `app.feel` can be imported
    alone, without database and doors.
    """
    from app import api, cli, web  # noqa: PLC0415 - see the docstring
    from app.foundation import logs  # noqa: PLC0415 - see the docstring
    from app.foundation.db import db  # noqa: PLC0415 - see the docstring

    logs.configure()
    app = House(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.from_mapping(config.as_mapping())
    db.init_app(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app
