"""The door for programs: a JSON API with a generated OpenAPI document."""

from flask import Flask

from app.api import errors
from app.api.converters import CONVERTERS
from app.api.documentation import HouseApi
from app.api.json_provider import OrjsonProvider
from app.api.v1 import ROOMS

__all__ = ["blueprints", "init_app"]

#: Bearer tokens, never cookies: the forgery protection of the pages does not concern these.
blueprints = ROOMS


def init_app(app: Flask) -> None:
    """Register every resource below /api/v1."""
    app.json = OrjsonProvider(app)
    app.url_map.converters.update(CONVERTERS)
    errors.init_app(app)
    api = HouseApi(app)
    for room in ROOMS:
        api.register_blueprint(room)
