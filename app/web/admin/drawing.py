"""What the templates of this room may call."""

from datetime import date
from typing import Any

from flask import request, url_for

from app.foundation.text import lazy_gettext
from app.web.admin.room import blueprint
from app.web.admin.year import LONG, SHORT, Cell, said, week_of
from app.worktime import DayException

#: The rules for counting, by the names of their fields.
RULE_NAMES = {
    "out_of_hours": lazy_gettext("A dossier sent out of hours begins to count"),
    "lunch_is_out_of_hours": lazy_gettext("The lunch break is out of hours"),
    "handover_cutoff": lazy_gettext("Handed over on the next working day if received after"),
    "warn_ratios": lazy_gettext("Warned when so much of a term has passed"),
    "escalation_roles": lazy_gettext("Roles told of overdue work, one after the other"),
    "escalation_hours": lazy_gettext("Working hours between one of them and the next"),
    "apology_hours": lazy_gettext(
        "Working hours before the end of a term at which a letter of apology is due"
    ),
}


@blueprint.context_processor
def tools() -> dict[str, Any]:
    """Functions and words for the macros in `admin/_calendar.html`."""
    return {
        "LONG": LONG,
        "RULE_NAMES": RULE_NAMES,
        "SHORT": SHORT,
        "day_address": day_address,
        "edit_day": edit_day,
        "edit_hours": edit_hours,
        "said": said,
        "week_of": week_of,
        "weekday": weekday,
        "year_address": year_address,
    }


def weekday(day: date) -> str:
    """Its name."""
    return str(LONG[day.weekday()])


def year_address(year: int) -> str:
    """The same page in another year."""
    return url_for(str(request.endpoint), **(request.view_args or {}), nam=year)


def day_address(cell: Cell) -> str:
    """Where the day of a sheet is entered, or changed if it is an exceptional one already."""
    if cell.look in ("", "off"):
        return url_for("admin.new_day", key=_key(), ngay=cell.day.isoformat())
    return url_for("admin.day", key=_key(), day=cell.day.isoformat())


def edit_day(told: DayException) -> str:
    """Where an exceptional day is changed."""
    return url_for("admin.day", key=_key(), day=told.day.isoformat())


def edit_hours(place: int) -> str:
    """Where the hours at that place are changed."""
    return url_for("admin.hours", key=_key(), place=place)


def _key() -> str:
    return str((request.view_args or {})["key"])
