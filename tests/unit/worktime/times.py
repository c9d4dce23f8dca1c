"""Moments as the cases write them, random calendars, and counters too simple to be wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE
from app.worktime import DayException, ExceptionKind, Hours, Interval, WorkingCalendar

SECOND = timedelta(seconds=1)


def local(text: str) -> datetime:
    """A moment in legal time, from its local ISO text."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


def told(moment: datetime) -> str:
    """The local ISO text of a moment, as `sla_cases.csv` writes it."""
    return moment.astimezone(LOCAL_ZONE).replace(tzinfo=None).isoformat()


def hours(*clocks: str) -> tuple[Interval, ...]:
    """Intervals from pairs of clock times."""
    times = [time.fromisoformat(clock) for clock in clocks]
    return tuple(
        Interval(opens=opens, closes=closes)
        for opens, closes in zip(times[::2], times[1::2], strict=True)
    )


def worked_minutes(calendar: WorkingCalendar, start: datetime) -> Iterator[datetime]:
    """Every worked minute from `start` on, found by looking at each minute there is."""
    moment = start.astimezone(LOCAL_ZONE)
    while True:
        intervals = calendar.intervals(moment.date())
        if not intervals:
            moment = moment.replace(hour=0, minute=0) + timedelta(days=1)
            continue
        if any(one.opens <= moment.time() < one.closes for one in intervals):
            yield moment.astimezone(UTC)
        moment += timedelta(minutes=1)


def moments(first: int = 2023, last: int = 2027) -> st.SearchStrategy[datetime]:
    """Any moment of those years, to the microsecond."""
    span = timedelta(days=365 * (last - first) + 364) // timedelta(microseconds=1)
    begin = local(f"{first}-01-01")
    return st.integers(0, span).map(lambda n: begin + timedelta(microseconds=n))


@st.composite
def days_of_work(draw: st.DrawFn, least: int = 0) -> tuple[Interval, ...]:
    """Up to three intervals on whole minutes, some of them touching."""
    count = draw(st.integers(least, 3))
    marks = sorted(draw(st.sets(st.integers(0, 1439), min_size=2 * count, max_size=2 * count)))
    clocks = [time(mark // 60, mark % 60) for mark in marks]
    return tuple(
        Interval(opens=opens, closes=closes)
        for opens, closes in zip(clocks[::2], clocks[1::2], strict=True)
    )


@st.composite
def exceptional_days(draw: st.DrawFn) -> tuple[DayException, ...]:
    """Days of their own in 2024, of every kind."""
    found = []
    for number in sorted(draw(st.sets(st.integers(0, 60), max_size=12))):
        kind = draw(st.sampled_from(ExceptionKind))
        off = kind in {ExceptionKind.HOLIDAY, ExceptionKind.SWAP_OFF}
        found.append(
            DayException(
                day=date(2024, 1, 1) + timedelta(days=number),
                kind=kind,
                name=f"day {number}",
                confirmed=draw(st.booleans()),
                intervals=None if off else draw(days_of_work(1)),
            )
        )
    return tuple(found)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """A calendar with a second regime inside the first, and exceptional days in January 2024."""
    first = [draw(days_of_work(1)), *(draw(days_of_work()) for _ in range(6))]
    second = [draw(days_of_work()) for _ in range(7)]
    season = Hours(
        weekly=tuple(second), valid_from=date(2024, 2, 1), valid_to=date(2024, 4, 15), name="winter"
    )
    return WorkingCalendar(
        hours=(Hours(weekly=tuple(first)), season), exceptions=draw(exceptional_days())
    )


def starts() -> st.SearchStrategy[datetime]:
    """Moments around the exceptional days and the season of the random calendars."""
    begin = local("2023-12-20")
    return st.integers(0, 130 * 86_400 * 10**6).map(lambda n: begin + timedelta(microseconds=n))


def opening_at_or_after(calendar: WorkingCalendar, start: datetime) -> datetime:
    """The next worked instant, found by looking through the days."""
    moment = start.astimezone(LOCAL_ZONE)
    day = moment.date()
    while True:
        for one in calendar.intervals(day):
            opens = datetime.combine(day, one.opens, LOCAL_ZONE)
            if moment < datetime.combine(day, one.closes, LOCAL_ZONE):
                return max(opens, moment)
        day += timedelta(days=1)
