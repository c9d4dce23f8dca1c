"""From what was written to what is stored, and from there to a calendar that can count."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.foundation.text import gettext
from app.worktime import (
    CalendarInvalid,
    DayException,
    Rules,
    WorkingCalendar,
    edition_content,
    read_edition,
)


def working_calendar(content: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar of a stored edition; raises CalendarInvalid for one that is not valid."""
    return read_edition(content)


def checked_content(content: object, today: date) -> dict[str, Any]:
    """The content as an edition stores it, nothing left to defaults.

    Raises CalendarInvalid (NoWorkingTime among it), also for a calendar whose working time has not
    begun or will end: sooner or later it would leave a dossier without a due date.
    """
    calendar = read_edition(content)
    errors = {}
    if not any(one.valid_from <= today for one in calendar.hours):
        errors["hours"] = [gettext("No hours are in force today.")]
    elif not any(one.valid_to is None and any(one.weekly) for one in calendar.hours):
        errors["hours"] = [
            gettext("The hours end. Leave the last day of one of them open, so that time goes on.")
        ]
    if errors:
        raise CalendarInvalid(errors=errors)
    return edition_content(in_order(calendar))


def in_order(calendar: WorkingCalendar) -> WorkingCalendar:
    """The same calendar with its days in order, as people and comparisons like it.

    Hours keep their order: among them a later entry wins.
    """
    days = tuple(sorted(calendar.exceptions, key=lambda one: one.day))
    return WorkingCalendar(hours=calendar.hours, exceptions=days, rules=calendar.rules)


#: Some hours, where only something else of a calendar is read.
_SOME_HOURS = [{"valid_from": "2000-01-01", "weekly": {"mon": [["08:00", "12:00"]]}}]


def read_day(content: Mapping[str, Any]) -> DayException:
    """An exceptional day from its stored form; raises CalendarInvalid, also for one untold."""
    (day,) = read_edition({"hours": _SOME_HOURS, "exceptions": [content]}).exceptions
    ensure_told(day)
    return day


def ensure_told(day: DayException) -> None:
    """Raise CalendarInvalid for a day without name, and for a confirmed one without document."""
    errors = {}
    if not day.name:
        errors["name"] = [gettext("Give the day a name.")]
    if day.confirmed and not day.source:
        errors["source"] = [gettext("Name the document that confirms the day.")]
    if errors:
        raise CalendarInvalid(errors=errors)


def read_rules(content: Mapping[str, Any]) -> Rules:
    """The rules for counting from their stored form; raises CalendarInvalid."""
    return read_edition({"hours": _SOME_HOURS, "rules": content}).rules
