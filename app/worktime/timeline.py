"""Worked time as one line of sums: any question costs one search, however far away its answer.

Instants are whole microseconds since the first local midnight of 1990, a Monday; worked time is
microseconds since then. Legal time is UTC+7 without summer time throughout, so that every day has
24 hours. The line is kept by weeks, most of which are alike.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
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
_WEEK = 7 * DAY
_WEEKS = -(-DAYS // 7)

#: A day's worked intervals as seconds since midnight.
Shape: TypeAlias = tuple[tuple[int, int], ...]
#: The days of a week, Monday first.
Cycle: TypeAlias = tuple[Shape, ...]

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


class Week:
    """The worked intervals of a week, in microseconds since its first midnight."""

    def __init__(self, cycle: Cycle) -> None:
        spans = [
            (day * DAY + opens * SECOND, day * DAY + closes * SECOND)
            for day, shape in enumerate(cycle)
            for opens, closes in shape
        ]
        self.opens = [opens for opens, _ in spans]
        self.closes = [closes for _, closes in spans]
        #: Worked before each opening, and in all.
        self.before = list(accumulate((closes - opens for opens, closes in spans), initial=0))
        self.total = self.before.pop()
        #: The numbers of the days that are worked.
        self.days = [day for day, shape in enumerate(cycle) if shape]


class Timeline:
    """Every week from 1990 to 2100 with what was worked before it; some forty kilobytes."""

    def __init__(self, weeks: Sequence[Week], numbers: Sequence[int]) -> None:
        self._weeks = weeks
        self._numbers = array("H", numbers)
        seconds = [week.total // SECOND for week in weeks]
        self._before = array("I", accumulate(map(seconds.__getitem__, numbers), initial=0))

    def worked(self, at: int) -> int:
        """Worked microseconds from the beginning until `at`."""
        number, clock = divmod(at, _WEEK)
        week, worked = self._weeks[self._numbers[number]], self._before[number] * SECOND
        place = bisect_right(week.opens, clock) - 1
        if place < 0:
            return worked
        return worked + week.before[place] + min(clock, week.closes[place]) - week.opens[place]

    def earliest(self, worked: int) -> int | None:
        """The first instant at which so much has been worked; None if that never comes."""
        number = bisect_left(self._before, -(-worked // SECOND)) - 1
        if not 0 <= number < _WEEKS:
            return None
        week, left = self._weeks[self._numbers[number]], worked - self._before[number] * SECOND
        place = bisect_left(week.before, left) - 1
        return number * _WEEK + week.opens[place] + left - week.before[place]

    def latest(self, worked: int) -> int | None:
        """The last instant at which no more has been worked: there the next second is worked."""
        number = bisect_right(self._before, worked // SECOND) - 1
        if not 0 <= number < _WEEKS:
            return None
        week, left = self._weeks[self._numbers[number]], worked - self._before[number] * SECOND
        place = bisect_right(week.before, left) - 1
        return number * _WEEK + week.opens[place] + left - week.before[place]

    def is_worked(self, at: int) -> bool:
        """Whether `at` lies in a worked interval, its opening included, its closing not."""
        number, clock = divmod(at, _WEEK)
        week = self._weeks[self._numbers[number]]
        place = bisect_right(week.opens, clock) - 1
        return place >= 0 and clock < week.closes[place]

    def span(self, day: int) -> tuple[int, int] | None:
        """The first opening and the last closing of a day; None if it is not worked."""
        number, weekday = divmod(day, 7)
        week = self._weeks[self._numbers[number]]
        first = bisect_left(week.opens, weekday * DAY)
        after = bisect_left(week.opens, (weekday + 1) * DAY)
        if first == after:
            return None
        return number * _WEEK + week.opens[first], number * _WEEK + week.closes[after - 1]

    def day_after(self, day: int, count: int) -> int | None:
        """The `count`-th worked day after `day`; None beyond the end."""
        number, weekday = divmod(day, 7)
        worked = bisect_right(self._weeks[self._numbers[number]].days, weekday)
        return self._worked_day(self._days_before[number] + worked + count - 1)

    def day_before(self, day: int, count: int) -> int | None:
        """The `count`-th worked day before `day`; None before the beginning."""
        number, weekday = divmod(day, 7)
        worked = bisect_left(self._weeks[self._numbers[number]].days, weekday)
        return self._worked_day(self._days_before[number] + worked - count)

    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day with working time; None without any."""
        first, last = self._worked_day(0), self._worked_day(self._days_before[-1] - 1)
        if first is None or last is None:
            return None
        return FIRST_DAY + timedelta(days=first), FIRST_DAY + timedelta(days=last)

    def _worked_day(self, index: int) -> int | None:
        """The worked day with so many worked days before it."""
        number = bisect_right(self._days_before, index) - 1
        if not 0 <= number < _WEEKS:
            return None
        days = self._weeks[self._numbers[number]].days
        return number * 7 + days[index - self._days_before[number]]

    @cached_property
    def _days_before(self) -> "array[int]":
        counts = [len(week.days) for week in self._weeks]
        return array("H", accumulate(map(counts.__getitem__, self._numbers), initial=0))


@lru_cache(maxsize=64)
def timeline(
    regimes: tuple[tuple[date, date | None, Cycle], ...], days: tuple[tuple[date, Shape], ...]
) -> Timeline:
    """The line of weekly hours (later entries win) and of single days among them.

    Calendars made alike share one line.
    """
    cycles: dict[Cycle, int] = {}
    numbers = [cycles.setdefault(((),) * 7, 0)] * _WEEKS
    uneven = {day_number(day) // 7 for day, _ in days} | {_WEEKS - 1}
    for valid_from, valid_to, cycle in regimes:
        first, after = _day_in_reach(valid_from), _day_in_reach(valid_to or LAST_DAY) + 1
        uneven |= {first // 7, (after - 1) // 7}
        whole = range(-(-first // 7), after // 7)
        numbers[whole.start : whole.stop] = [cycles.setdefault(cycle, len(cycles))] * len(whole)
    single = {day_number(day): shape for day, shape in days}
    for week in uneven:
        cycle = tuple(_shape(regimes, single, 7 * week + weekday) for weekday in range(7))
        numbers[week] = cycles.setdefault(cycle, len(cycles))
    return Timeline([Week(cycle) for cycle in cycles], numbers)


def _day_in_reach(day: date) -> int:
    return day_number(min(max(day, FIRST_DAY), LAST_DAY))


def _shape(
    regimes: Iterable[tuple[date, date | None, Cycle]], single: Mapping[int, Shape], number: int
) -> Shape:
    """What is worked on one day."""
    if number in single or number >= DAYS:
        return single.get(number, ())
    day = FIRST_DAY + timedelta(days=number)
    found: Shape = ()
    for valid_from, valid_to, cycle in regimes:
        if valid_from <= day and (valid_to is None or day <= valid_to):
            found = cycle[day.weekday()]
    return found
