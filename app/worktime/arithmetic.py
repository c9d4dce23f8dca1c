"""Adding, taking away and measuring working time, and whether it is working time at all.

Working time is counted in whole seconds: hours are rounded to the nearest one. A start keeps its
microseconds, so that what is counted from it ends with the same; measuring reads both ends on a
clock of whole seconds, which makes parts add up exactly.

With `b` = `working_hours_between` and any whole number of seconds `h` > 0, these laws hold exactly:

* `b(s, add_working_hours(s, h)) == h` and `b(subtract_working_hours(e, h), e) == h`;
* adding is additive (`h1`, then `h2`, is `h1 + h2`) and never runs backwards;
* `subtract(add(s, h), h) == next_opening(s)`, which is `s` itself in working time;
* `add(subtract(e, h), h)` is the first instant at which as much was worked as at `e`: `e` itself if
  it lies in working time or at a closing, the last closing before it otherwise.
"""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from app.worktime.calendar import WorkingCalendar
from app.worktime.errors import HoursUncountable, WorkingTimeEnds
from app.worktime.timeline import FIRST_DAY, LAST_DAY, SECOND, from_line, to_line

#: Ten years of hours; a term beyond that is a slip of the pen.
MAX_HOURS = 24 * 366 * 10


def add_working_hours(calendar: WorkingCalendar, start: datetime, hours: Decimal | int) -> datetime:
    """The earliest instant (UTC) at which `hours` working hours have elapsed (spec SLA-5).

    A start outside working time counts from the next opening (spec SLA-3, strict reading); no
    hours at all have elapsed at the start itself.
    Raises ValueError for a naive start, HoursUncountable, OutOfReach, and WorkingTimeEnds where
    the calendar has no more hours.
    """
    length = microseconds(hours)
    at = to_line(start)
    if not length:
        return start.astimezone(UTC)
    line = calendar.timeline
    return told(calendar, line.earliest(line.worked(at) + length))


def subtract_working_hours(
    calendar: WorkingCalendar, end: datetime, hours: Decimal | int
) -> datetime:
    """The latest instant (UTC) from which `hours` working hours have elapsed at `end`.

    It always lies in working time, closings not included; no hours at all lead to `end` itself.
    Raises as `add_working_hours` does.
    """
    length = microseconds(hours)
    at = to_line(end)
    if not length:
        return end.astimezone(UTC)
    line = calendar.timeline
    return told(calendar, line.latest(line.worked(at) - length))


def working_hours_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> Decimal:
    """The working hours in [start, end), exact to the second; negative if `end` lies before.

    Raises ValueError for a naive moment, and OutOfReach.
    """
    return Decimal(working_seconds_between(calendar, start, end)) / 3600


def working_seconds_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """The working seconds in [start, end), as `working_hours_between` counts them."""
    line = calendar.timeline
    return line.worked(to_line(end)) // SECOND - line.worked(to_line(start)) // SECOND


def next_opening(calendar: WorkingCalendar, at: datetime) -> datetime:
    """The earliest instant (UTC) from `at` on that is working time: `at` itself, or an opening.

    Raises as `add_working_hours` does.
    """
    line = calendar.timeline
    worked = line.worked(to_line(at))
    if line.is_worked(to_line(at)):
        return at.astimezone(UTC)
    return told(calendar, line.latest(worked))


def is_working_time(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether the office works at that instant: at an opening yes, at a closing no (spec SLA-1)."""
    return calendar.timeline.is_worked(to_line(at))


def extended_due(
    calendar: WorkingCalendar, due: datetime, paused_from: datetime, resumed_at: datetime
) -> datetime:
    """`due` shifted by the working time of a pause (spec L-04, RESUME), UTC.

    What was left of the term when the pause began is left when it ends; a pause outside working
    time costs nothing. Raises ValueError if the pause ends before it begins, and as
    `add_working_hours` does.
    """
    begins, ends, at = to_line(paused_from), to_line(resumed_at), to_line(due)
    if ends < begins:
        raise ValueError(f"a pause from {paused_from} cannot end at {resumed_at}")
    line = calendar.timeline
    length = line.worked(ends) - line.worked(begins)
    if not length:
        return due.astimezone(UTC)
    return told(calendar, line.earliest(line.worked(at) + length))


def microseconds(hours: Decimal | int) -> int:
    """The whole seconds nearest to `hours`, in microseconds; raises HoursUncountable."""
    exact = Decimal(hours)
    if not exact.is_finite() or not 0 <= exact <= MAX_HOURS:
        raise HoursUncountable(hours=hours)
    return int((exact * 3600).to_integral_value(ROUND_HALF_UP)) * SECOND


def told(calendar: WorkingCalendar, found: int | None) -> datetime:
    """The instant found on the calendar's line, in UTC; raises WorkingTimeEnds if there is none."""
    if found is None:
        raise nothing_left(calendar)
    return from_line(found)


def nothing_left(calendar: WorkingCalendar) -> WorkingTimeEnds:
    """The error for an answer beyond the calendar's hours, or beyond the years that are counted."""
    first, last = calendar.timeline.bounds() or (FIRST_DAY, LAST_DAY)
    return WorkingTimeEnds(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
