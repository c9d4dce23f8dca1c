"""Worked time as one line of sums: any question costs one search, however far away its answer.

Instants are whole microseconds since the first local midnight of 1990, worked time is microseconds
since then. Legal time has been UTC+7 without summer time throughout, so a day always has 24 hours.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TypeAlias

from app.foundation.clock import LOCAL_ZONE
from app.worktime.errors import OutOfReach

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1

SECOND = 1_000_000
DAY = 86_400 * SECOND

#: A day's worked intervals as seconds since midnight.
Shape: TypeAlias = tuple[tuple[int, int], ...]

_BEGINNING = datetime(FIRST_DAY.year, 1, 1, tzinfo=LOCAL_ZONE).astimezone(UTC)
_END = DAYS * DAY


def to_line(moment: datetime) -> int:
    """Microseconds since the beginning; raises ValueError without a zone, and OutOfReach."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone and is no instant")
    since = moment - _BEGINNING
    at = (since.days * 86_400 + since.seconds) * SECOND + since.microseconds
    if not 0 <= at < _END:
        raise OutOfReach(moment=moment.isoformat())
    return at


def from_line(at: int) -> datetime:
    """The instant, in UTC."""
    return _BEGINNING + timedelta(0, 0, at)


def day_number(day: date) -> int:
    """Days since the beginning; raises OutOfReach."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutOfReach(moment=day.isoformat())
    return (day - FIRST_DAY).days


class Timeline:
    """Every day from 1990 to 2100 with the time worked before it; about a quarter of a megabyte."""

    def __init__(self, shapes: Sequence[Shape], days: Sequence[int]) -> None:
        self._shapes = tuple(
            tuple((opens * SECOND, closes * SECOND) for opens, closes in shape) for shape in shapes
        )
        self._days = array("H", days)
        seconds = [sum(closes - opens for opens, closes in shape) for shape in shapes]
        self._before = array("I", accumulate(map(seconds.__getitem__, days), initial=0))

    def worked(self, at: int) -> int:
        """Worked microseconds from the beginning until `at`."""
        day, clock = divmod(at, DAY)
        total = self._before[day] * SECOND
        for opens, closes in self._shapes[self._days[day]]:
            if clock <= opens:
                break
            total += min(clock, closes) - opens
        return total

    def earliest(self, worked: int) -> int | None:
        """The first instant at which so much has been worked; None if that never comes."""
        day = bisect_left(self._before, -(-worked // SECOND)) - 1
        if not 0 <= day < DAYS:
            return None
        left = worked - self._before[day] * SECOND
        for opens, closes in self._shapes[self._days[day]]:
            if left <= closes - opens:
                return day * DAY + opens + left
            left -= closes - opens
        return None

    def latest(self, worked: int) -> int | None:
        """The last instant at which no more has been worked: there the next second is worked."""
        day = bisect_right(self._before, worked // SECOND) - 1
        if not 0 <= day < DAYS:
            return None
        left = worked - self._before[day] * SECOND
        for opens, closes in self._shapes[self._days[day]]:
            if left < closes - opens:
                return day * DAY + opens + left
            left -= closes - opens
        return None

    def is_worked(self, at: int) -> bool:
        """Whether `at` lies in a worked interval, its opening included, its closing not."""
        day, clock = divmod(at, DAY)
        return any(opens <= clock < closes for opens, closes in self._shapes[self._days[day]])

    def span(self, day: int) -> tuple[int, int] | None:
        """The first opening and the last closing of a day; None if it is not worked."""
        shape = self._shapes[self._days[day]]
        return (day * DAY + shape[0][0], day * DAY + shape[-1][1]) if shape else None

    def day_after(self, day: int, count: int) -> int | None:
        """The `count`-th worked day after `day`; None beyond the end."""
        found = bisect_left(self._days_before, self._days_before[day + 1] + count) - 1
        return found if found < DAYS else None

    def day_before(self, day: int, count: int) -> int | None:
        """The `count`-th worked day before `day`; None before the beginning."""
        found = bisect_right(self._days_before, self._days_before[day] - count) - 1
        return found if found >= 0 else None

    @cached_property
    def _days_before(self) -> "array[int]":
        """How many days are worked before each; only terms in days ask for it."""
        worked = [bool(shape) for shape in self._shapes]
        return array("H", accumulate(map(worked.__getitem__, self._days), initial=0))

    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day with working time; None without any."""
        total = self._before[-1]
        if not total:
            return None
        first = bisect_right(self._before, 0) - 1
        last = bisect_left(self._before, total) - 1
        return FIRST_DAY + timedelta(days=first), FIRST_DAY + timedelta(days=last)


Cycle: TypeAlias = tuple[Shape, ...]


@lru_cache(maxsize=32)
def timeline(
    cycles: tuple[tuple[date, date | None, Cycle], ...], days: tuple[tuple[date, Shape], ...]
) -> Timeline:
    """The line of weekly cycles (Monday first; later ones win) and of single days beside them.

    Calendars made alike share one line: it takes some milliseconds to draw.
    """
    shapes: dict[Shape, int] = {(): 0}
    line = [0] * DAYS
    for valid_from, valid_to, week in cycles:
        first = max(valid_from, FIRST_DAY)
        length = (min(valid_to or LAST_DAY, LAST_DAY) - first).days + 1
        if length <= 0:
            continue
        numbers = _numbers(shapes, week[first.weekday() :] + week[: first.weekday()])
        start = (first - FIRST_DAY).days
        line[start : start + length] = (numbers * (length // 7 + 1))[:length]
    for day, shape in days:
        line[day_number(day)] = shapes.setdefault(shape, len(shapes))
    return Timeline(tuple(shapes), line)


def _numbers(shapes: dict[Shape, int], week: Iterable[Shape]) -> list[int]:
    return [shapes.setdefault(shape, len(shapes)) for shape in week]
