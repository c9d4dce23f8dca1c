"""`/procedures`: the public catalogue."""

from typing import Any

from app.api.documentation import Room
from app.api.reads.catalogue import catalogue_entry, catalogue_list
from app.api.v1.schemas.procedures import ProcedureListSchema, ProcedureSchema
from app.foundation.clock import local_date, now
from app.foundation.db import db

room = Room("procedures", "What the administration offers.")


@room.route("")
@room.problems(public=True)
@room.response(200, ProcedureListSchema)
def list_procedures() -> dict[str, Any]:
    """Every procedure in force."""
    return {"items": catalogue_list(db.session())}


@room.route("/<key:key>")
@room.problems(public=True)
@room.response(200, ProcedureSchema)
def read_procedure(key: str) -> dict[str, Any]:
    """One procedure with its papers, units, cases and application forms."""
    return catalogue_entry(db.session(), key, local_date(now()))
