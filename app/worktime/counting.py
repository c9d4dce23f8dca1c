"""Counting days and spans of working time; one calendar's answers to what FEEL asks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.foundation.clock import LOCAL_ZONE
from app.worktime.arithmetic import add_working_hours
from app.worktime.calendar import Interval, WorkingCalendar

#: Ten years of working days, and of days between two moments; more is a slip of the pen.
MAX_DAYS = 366 * 10


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The same local time on the `days`-th working day after the day of `start` (spec W-05), UTC.

    A day is a working day if anything of it is worked; no days at all lead to the start itself.
    Raises ValueError for a naive start or for days that are not within 0..MAX_DAYS.
    """
    _ensure_aware(start)
    if not 0 <= days <= MAX_DAYS:
        raise ValueError(f"{days} working days cannot be counted")
    moment = start.astimezone(LOCAL_ZONE)
    while days:
        moment += timedelta(days=1)
        days -= bool(calendar.intervals(moment.date()))
    return moment.astimezone(UTC)


def working_hours_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> Decimal:
    """The working hours in [start, end), exact to the second; negative if `end` lies before.

    Raises ValueError for a naive moment or for moments more than MAX_DAYS apart.
    """
    _ensure_aware(start)
    _ensure_aware(end)
    if end < start:
        return -working_hours_between(calendar, end, start)
    if end - start > timedelta(days=MAX_DAYS):
        raise ValueError(f"the time from {start} to {end} is too long to be counted")
    first, last = start.astimezone(LOCAL_ZONE), end.astimezone(LOCAL_ZONE)
    worked, day = timedelta(), first.date()
    while day <= last.date():
        for interval in calendar.intervals(day):
            opens, closes = _on(day, interval)
            worked += max(min(closes, last) - max(opens, first), timedelta())
        day += timedelta(days=1)
    return Decimal(worked // timedelta(seconds=1)) / 3600


def _on(day: date, interval: Interval) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, interval.opens, LOCAL_ZONE),
        datetime.combine(day, interval.closes, LOCAL_ZONE),
    )


def _ensure_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is not an instant")


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A working calendar for FEEL: `working hours from(start, hours)` and its sisters ask it."""

    calendar: WorkingCalendar

    def add_hours(self, start: datetime, hours: Decimal) -> datetime:
        """See `add_working_hours`."""
        return add_working_hours(self.calendar, start, hours)

    def add_days(self, start: datetime, days: int) -> datetime:
        """See `add_working_days`."""
        return add_working_days(self.calendar, start, days)

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        """See `working_hours_between`."""
        return working_hours_between(self.calendar, start, end)
