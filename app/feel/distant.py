"""Days and moments outside the years 1 to 9999, which Python's own types do not reach.

The calendar repeats itself every 400 years, to the weekday. So a distant day is an ordinary day of
the years 2000 to 2399 and the number of such cycles between; what is counted is counted with the
ordinary day. Nothing within the years 1 to 9999 is ever kept this way.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import total_ordering
from typing import TypeAlias

#: Years after which the calendar begins anew, the days they have, and the first year of a cycle.
CYCLE = 400
CYCLE_DAYS = timedelta(days=146_097)
_FIRST = 2000

#: The last year there is, forwards and (negative) backwards.
MAX_YEAR = 999_999_999


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Distant:
    """A day `cycles` times 400 years away from the ordinary day `near`."""

    near: date
    cycles: int

    @property
    def year(self) -> int:
        """The year; year 0 lies before year 1."""
        return self.near.year + self.cycles * CYCLE

    @property
    def month(self) -> int:
        """The month, from 1."""
        return self.near.month

    @property
    def day(self) -> int:
        """The day of the month, from 1."""
        return self.near.day

    def isoformat(self) -> str:
        """Return the ISO 8601 text."""
        return year_text(self.year) + self.near.isoformat()[4:]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Distant | date) and _instant(self) == _instant(other)

    def __lt__(self, other: object) -> bool:
        """Raises TypeError where only one of the two has a zone."""
        if not isinstance(other, Distant | date):
            return NotImplemented
        return _instant(self) < _instant(other)

    def __hash__(self) -> int:
        return hash(_instant(self))


class DistantDate(Distant):
    """A date far away."""

    __slots__ = ()


class DistantMoment(Distant):
    """A date and time far away."""

    __slots__ = ()
    near: datetime


#: Any day or moment, ordinary or distant.
Day: TypeAlias = date | DistantDate | DistantMoment


def year_text(year: int) -> str:
    """Return a year with four digits or more."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def split(day: date | Distant) -> tuple[int, date]:
    """Return how many cycles a day lies away, and the ordinary day it looks like there."""
    if isinstance(day, Distant):
        return day.cycles, day.near
    cycles, place = divmod(day.year - _FIRST, CYCLE)
    return cycles, day.replace(year=_FIRST + place)


def join(cycles: int, day: date) -> Day | None:
    """Return the day that lies `cycles` cycles away from `day`; None if there is no such year."""
    more, near = split(day)
    year = near.year + (cycles + more) * CYCLE
    if 1 <= year <= 9999:
        return near.replace(year=year)
    if abs(year) > MAX_YEAR:
        return None
    kind = DistantMoment if isinstance(near, datetime) else DistantDate
    return kind(near, cycles + more)


def day_of(year: int, month: int, day: int) -> date | DistantDate | None:
    """Return the date of these parts, or None if there is none."""
    cycles, place = divmod(year - _FIRST, CYCLE)
    try:
        made = join(cycles, date(_FIRST + place, month, day))
    except (ValueError, OverflowError):
        return None
    return None if isinstance(made, DistantMoment) else made


def nearby(day: Day) -> date:
    """Return the ordinary day itself, or one with the same month, day, weekday and clock."""
    return day if isinstance(day, date) else day.near


def is_moment(day: Day) -> bool:
    """Tell whether there is a time with the date."""
    return isinstance(day, datetime | DistantMoment)


def _instant(day: date | Distant) -> tuple[int, date]:
    """Return what orders days: those with a zone as they are called in UTC."""
    cycles, near = split(day)
    if isinstance(near, datetime) and near.tzinfo:
        more, near = split(near.astimezone(UTC))
        return cycles + more, near
    return cycles, near
