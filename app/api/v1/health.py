"""`/health`: whether this node can work."""

import structlog
from flask import abort
from marshmallow import Schema, fields
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.api.documentation import Room
from app.foundation.db import db

room = Room("health", "Whether the service is ready.")
log = structlog.get_logger()


class HealthSchema(Schema):
    """A node that can work."""

    status = fields.Str(metadata={"examples": ["ok"]})
    database = fields.Str(metadata={"examples": ["ok"]})


@room.route("")
@room.problems(503, public=True)
@room.response(200, HealthSchema)
def health() -> dict[str, str]:
    """Alive, and the database answers; 503 when it does not."""
    try:
        db.session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("database_not_ready")
        abort(503)
    return {"status": "ok", "database": "ok"}
