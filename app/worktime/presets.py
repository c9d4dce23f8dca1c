"""Calendars that need no database: four patterns of hours found in offices (spec §4.1, §4.4)."""

from datetime import time
from functools import cache

from app.worktime.calendar import Hours, Interval, WorkingCalendar
from app.worktime.holidays import vietnam_holidays


def _at(*clocks: str) -> tuple[Interval, ...]:
    times = [time.fromisoformat(clock) for clock in clocks]
    pairs = zip(times[::2], times[1::2], strict=True)
    return tuple(Interval(opens=opens, closes=closes) for opens, closes in pairs)


_EIGHT_HOURS = _at("07:30", "11:30", "13:30", "17:30")
_OFF: tuple[Interval, ...] = ()

_WEEKS = {
    "HT-8H": (*(_EIGHT_HOURS,) * 5, _OFF, _OFF),
    "TD-8H": (*(_at("07:00", "11:30", "13:30", "17:00"),) * 5, _OFF, _OFF),
    "OFF-7H30": (*(_at("07:30", "11:30", "13:30", "17:00"),) * 5, _OFF, _OFF),
    "SAT-AM": (*(_EIGHT_HOURS,) * 5, _at("07:30", "11:30"), _OFF),
}
#: The names of the presets.
PRESETS = tuple(_WEEKS)


@cache
def preset(key: str) -> WorkingCalendar:
    """The calendar of that name, with the holidays of Viet Nam; raises KeyError."""
    return WorkingCalendar(
        hours=(Hours(weekly=_WEEKS[key], name=key),), exceptions=vietnam_holidays()
    )
