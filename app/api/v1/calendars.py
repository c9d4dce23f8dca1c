"""`/calendars`: the working calendars that due dates are counted with."""

from typing import Any

from app.api.documentation import Room
from app.api.reads.calendars import calendar_list, edition_told
from app.api.v1.schemas.calendars import CalendarListSchema, EditionSchema
from app.foundation.db import db

room = Room("calendars", "Hours, holidays and swapped days.")


@room.route("")
@room.problems(public=True)
@room.response(200, CalendarListSchema)
def list_calendars() -> dict[str, Any]:
    """Every calendar with its newest edition."""
    return {"items": calendar_list(db.session())}


@room.route("/<key:key>")
@room.problems(public=True)
@room.response(200, EditionSchema)
def read_calendar(key: str) -> dict[str, Any]:
    """The edition in force, whole."""
    return edition_told(db.session(), key, None)


@room.route("/<key:key>/editions/<int(max=1000000):number>")
@room.problems(public=True)
@room.response(200, EditionSchema)
def read_edition(key: str, number: int) -> dict[str, Any]:
    """An edition as it was decided; it never changes."""
    return edition_told(db.session(), key, number)
