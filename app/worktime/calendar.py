"""A working calendar: which half-open intervals of each day are worked (spec SLA-1, W-01..W-04)."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from functools import cached_property
from itertools import pairwise

from app.foundation.text import gettext
from app.worktime.errors import CalendarInvalid, IntervalInvalid, NoWorkingTime
from app.worktime.rules import Rules
from app.worktime.timeline import FIRST_DAY, LAST_DAY, Shape, Timeline, day_number, timeline

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True, order=True)
class Interval:
    """Worked from `opens` (included) to `closes` (excluded), local time, before midnight.

    Raises IntervalInvalid; times carry neither a zone nor parts of a second (ValueError).
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        for clock in (self.opens, self.closes):
            if clock.tzinfo or clock.microsecond:
                raise ValueError(f"{clock} is no local time in whole seconds")
        if self.opens >= self.closes:
            raise IntervalInvalid(opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


def in_order(intervals: tuple[Interval, ...]) -> str | None:
    """What is wrong with a day's intervals, in words; None if each begins after the one before."""
    for before, after in pairwise(intervals):
        if after.opens < before.closes:
            said = {"after": str(after), "before": str(before)}
            return str(gettext("%(after)s does not come after %(before)s.", **said))
    return None


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours of a week, Monday first, from `valid_from` to `valid_to`, both days included.

    A calendar has one for each regime or season (spec W-01). Raises CalendarInvalid.
    """

    weekly: tuple[tuple[Interval, ...], ...]
    valid_from: date = FIRST_DAY
    valid_to: date | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if len(self.weekly) != len(WEEKDAYS):
            raise ValueError("a week has seven days")
        errors = {
            f"weekly.{day}": [wrong]
            for day, intervals in zip(WEEKDAYS, self.weekly, strict=True)
            if (wrong := in_order(intervals))
        }
        if self.valid_to and self.valid_to < self.valid_from:
            errors["valid_to"] = [gettext("The last day lies before the first.")]
        if errors:
            raise CalendarInvalid(errors=errors)

    def covers(self, day: date) -> bool:
        """Whether these hours are in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def like_a_weekday(self) -> tuple[Interval, ...]:
        """The hours of a Monday, or of the first day of the week that is worked."""
        return next((intervals for intervals in self.weekly if intervals), ())


class ExceptionKind(Enum):
    """Why a day is not worked as its weekday is."""

    HOLIDAY = "holiday"  # a public holiday, or the day off in lieu of one on a weekend
    SWAP_OFF = "swap_off"  # off in exchange for a day worked elsewhere
    SWAP_WORK = "swap_work"  # worked in exchange, mostly a Saturday
    HALF_DAY = "half_day"  # only a part is worked
    SPECIAL = "special"  # other hours on that day


#: Days on which nothing is worked.
OFF = frozenset({ExceptionKind.HOLIDAY, ExceptionKind.SWAP_OFF})


@dataclass(frozen=True, kw_only=True)
class DayException:
    """A day with hours of its own, and the document that says so (spec W-04).

    Without intervals a swapped working day has the hours of a Monday, as offices work an ordinary
    weekday on it, and a half day its first interval; a SPECIAL day needs intervals, a day off can
    have none. Raises CalendarInvalid.
    """

    day: date
    kind: ExceptionKind
    name: str
    source: str = ""
    #: False for an estimate that no document confirms yet (spec 10.12).
    confirmed: bool = True
    intervals: tuple[Interval, ...] | None = None

    def __post_init__(self) -> None:
        if wrong := self._wrong():
            raise CalendarInvalid(errors={"intervals": [wrong]})

    def _wrong(self) -> str | None:
        if self.kind in OFF:
            return str(gettext("A day off has no working hours.")) if self.intervals else None
        if self.intervals is None:
            special = self.kind is ExceptionKind.SPECIAL
            return str(gettext("Give the working hours of this day.")) if special else None
        if not self.intervals:
            return str(gettext("A day without working hours is a day off."))
        return in_order(self.intervals)


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a calendar says of one day; `kind` is None for a day like any of its week."""

    intervals: tuple[Interval, ...]
    kind: ExceptionKind | None = None
    name: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Hours and exceptional days of an office in Asia/Ho_Chi_Minh, with the rules for counting.

    Among `hours` the later entry wins on days that two of them cover; a day that none covers has
    no working time, whatever its exceptions say. Raises CalendarInvalid, and NoWorkingTime if no
    day from 1990 to 2100 is worked.
    """

    hours: tuple[Hours, ...]
    exceptions: tuple[DayException, ...] = ()
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        if errors := self._errors():
            raise CalendarInvalid(errors=errors)
        if self.timeline.bounds() is None:
            raise NoWorkingTime

    def __hash__(self) -> int:
        return self._hash

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """The worked intervals of a day, in order; raises OutOfReach."""
        return self.day(day).intervals

    def day(self, day: date) -> Day:
        """What is worked on a day and why; raises OutOfReach outside 1990..2100."""
        day_number(day)
        found = self._exceptional.get(day)
        hours = self._hours_on(day)
        if found is None:
            return Day(intervals=self.ordinary(day), name=hours.name if hours else "")
        return Day(
            intervals=self._worked(found) if hours else (),
            kind=found.kind,
            name=found.name,
            source=found.source,
            confirmed=found.confirmed,
        )

    @cached_property
    def timeline(self) -> Timeline:
        """The sums that make counting quick; drawn once."""
        return timeline(
            tuple(
                (hours.valid_from, hours.valid_to, tuple(shape_of(day) for day in hours.weekly))
                for hours in self.hours
            ),
            tuple(
                (day, shape_of(self.day(day).intervals))
                for day in self._exceptional
                if FIRST_DAY <= day <= LAST_DAY
            ),
        )

    @cached_property
    def _exceptional(self) -> dict[date, DayException]:
        return {exception.day: exception for exception in self.exceptions}

    @cached_property
    def _hash(self) -> int:
        return hash((self.hours, self.exceptions, self.rules))

    def _hours_on(self, day: date) -> Hours | None:
        return next((hours for hours in reversed(self.hours) if hours.covers(day)), None)

    def ordinary(self, day: date) -> tuple[Interval, ...]:
        """What is worked on such a day of the week, whatever the day itself is."""
        hours = self._hours_on(day)
        return hours.weekly[day.weekday()] if hours else ()

    def _worked(self, exception: DayException) -> tuple[Interval, ...]:
        if exception.intervals is not None or exception.kind in OFF:
            return exception.intervals or ()
        if exception.kind is ExceptionKind.HALF_DAY:
            return self.ordinary(exception.day)[:1]
        hours = self._hours_on(exception.day)
        return hours.like_a_weekday() if hours else ()

    def _errors(self) -> dict[str, list[str]]:
        errors: dict[str, list[str]] = {}
        seen: set[date] = set()
        for number, exception in enumerate(self.exceptions):
            if exception.day in seen:
                text = gettext("%(day)s is entered twice.", day=f"{exception.day:%d/%m/%Y}")
                errors[f"exceptions.{number}.day"] = [text]
            elif self._is_half_of_nothing(exception):
                text = gettext("That day is not worked; give the hours of the half day.")
                errors[f"exceptions.{number}.intervals"] = [text]
            seen.add(exception.day)
        return errors

    def _is_half_of_nothing(self, exception: DayException) -> bool:
        half = exception.kind is ExceptionKind.HALF_DAY and exception.intervals is None
        hours = self._hours_on(exception.day) if half else None
        return hours is not None and not hours.weekly[exception.day.weekday()]


def shape_of(intervals: tuple[Interval, ...]) -> Shape:
    """The intervals as seconds since midnight."""
    return tuple((_seconds(one.opens), _seconds(one.closes)) for one in intervals)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
