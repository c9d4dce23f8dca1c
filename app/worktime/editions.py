"""The stored form of a calendar: JSON to a calendar and back, nothing lost.

`{"hours": [{"valid_from": "2023-01-01", "valid_to": null, "name": "", "weekly": {"mon": [["07:30",
"11:30"]]}}], "exceptions": [{"day": "2024-02-08", "kind": "holiday", "name": "...", "source":
"...", "confirmed": true, "intervals": null}], "rules": {"out_of_hours": "strict", ...}}`. Days of
the week that are left out are off; `exceptions`, `rules` and every single rule may be left out.
"""

from collections.abc import Mapping
from typing import Any

from app.foundation.text import gettext
from app.worktime.calendar import (
    WEEKDAYS,
    DayException,
    ExceptionKind,
    Hours,
    Interval,
    WorkingCalendar,
)
from app.worktime.errors import CalendarInvalid
from app.worktime.reading import Reading, clock_text, joined
from app.worktime.rules import Rules
from app.worktime.rules_content import read_rules, rules_content

_EXCEPTION = ("day", "kind", "name", "source", "confirmed", "intervals")
#: Nobody closes and opens an office more often in a day.
MAX_INTERVALS = 12


def read_edition(content: object) -> WorkingCalendar:
    """The calendar of its stored form; raises CalendarInvalid with `errors` by path."""
    reading = Reading()
    told = reading.mapping(content, "", ("hours", "exceptions", "rules"))
    if told is None:
        raise CalendarInvalid(errors=reading.errors)
    hours = [
        _hours(reading, entry, path)
        for path, entry in reading.items(told.get("hours"), "hours", 500)
    ]
    exceptions = [
        _exception(reading, entry, path)
        for path, entry in reading.items(told.get("exceptions", ()), "exceptions")
    ]
    rules = read_rules(reading, told.get("rules", {}), "rules")
    reading.ensure_right()
    return WorkingCalendar(
        hours=tuple(one for one in hours if one),
        exceptions=tuple(one for one in exceptions if one),
        rules=rules or Rules(),
    )


def read_calendar(weekly: Mapping[str, Any]) -> WorkingCalendar:
    """A calendar of the same week for ever: `{"mon": [["07:30", "11:30"], ...], ...}`.

    Days left out are off. Raises CalendarInvalid with `errors` by path.
    """
    reading = Reading()
    week = _week(reading, weekly, "")
    reading.ensure_right()
    return WorkingCalendar(hours=(Hours(weekly=week),))


def _hours(reading: Reading, content: object, path: str) -> Hours | None:
    told = reading.mapping(content, path, ("valid_from", "valid_to", "name", "weekly"))
    if told is None:
        return None
    last = told.get("valid_to")
    valid_from = reading.day(told.get("valid_from"), joined(path, "valid_from"))
    valid_to = None if last is None else reading.day(last, joined(path, "valid_to"))
    name = reading.text(told.get("name", ""), joined(path, "name"))
    weekly = _week(reading, told.get("weekly"), joined(path, "weekly"))
    return reading.made(
        path,
        lambda: Hours(valid_from=valid_from, valid_to=valid_to, name=name, weekly=weekly),
    )


def _week(reading: Reading, content: object, path: str) -> tuple[tuple[Interval, ...], ...]:
    told = reading.mapping(content, path, WEEKDAYS) or {}
    return tuple(_intervals(reading, told.get(day, ()), joined(path, day)) for day in WEEKDAYS)


def _intervals(reading: Reading, content: object, path: str) -> tuple[Interval, ...]:
    found = [
        _interval(reading, pair, where)
        for where, pair in reading.items(content, path, MAX_INTERVALS)
    ]
    return tuple(interval for interval in found if interval)


def _interval(reading: Reading, content: object, path: str) -> Interval | None:
    pair = reading.items(content, path, 2)
    if len(pair) != 2:
        reading.wrong(path, gettext("Give the opening and the closing."))
        return None
    opens, closes = (reading.clock(value, where) for where, value in pair)
    if opens is None or closes is None:
        return None
    return reading.made(path, lambda: Interval(opens=opens, closes=closes))


def _exception(reading: Reading, content: object, path: str) -> DayException | None:
    told = reading.mapping(content, path, _EXCEPTION)
    if told is None:
        return None
    intervals = told.get("intervals")
    day = reading.day(told.get("day"), joined(path, "day"))
    kind = reading.choice(told.get("kind"), joined(path, "kind"), ExceptionKind)
    name = reading.text(told.get("name", ""), joined(path, "name"))
    source = reading.text(told.get("source", ""), joined(path, "source"))
    confirmed = reading.flag(told.get("confirmed", True), joined(path, "confirmed"))
    worked = (
        None if intervals is None else _intervals(reading, intervals, joined(path, "intervals"))
    )
    if kind is None:
        return None
    return reading.made(
        path,
        lambda: DayException(
            day=day, kind=kind, name=name, source=source, confirmed=confirmed, intervals=worked
        ),
    )


def edition_content(calendar: WorkingCalendar) -> dict[str, Any]:
    """The stored form; `read_edition` makes the same calendar of it again."""
    return {
        "hours": [_hours_content(hours) for hours in calendar.hours],
        "exceptions": [_exception_content(exception) for exception in calendar.exceptions],
        "rules": rules_content(calendar.rules),
    }


def _hours_content(hours: Hours) -> dict[str, Any]:
    return {
        "valid_from": hours.valid_from.isoformat(),
        "valid_to": hours.valid_to.isoformat() if hours.valid_to else None,
        "name": hours.name,
        "weekly": {
            day: _pairs(intervals)
            for day, intervals in zip(WEEKDAYS, hours.weekly, strict=True)
            if intervals
        },
    }


def _exception_content(exception: DayException) -> dict[str, Any]:
    intervals = exception.intervals
    return {
        "day": exception.day.isoformat(),
        "kind": exception.kind.value,
        "name": exception.name,
        "source": exception.source,
        "confirmed": exception.confirmed,
        "intervals": None if intervals is None else _pairs(intervals),
    }


def _pairs(intervals: tuple[Interval, ...]) -> list[list[str]]:
    return [[clock_text(one.opens), clock_text(one.closes)] for one in intervals]
