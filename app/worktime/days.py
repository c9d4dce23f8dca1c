"""Counting in days: working days by the clock (spec W-05), calendar days by the date (W-06)."""

from datetime import UTC, datetime

from app.worktime.arithmetic import next_opening, nothing_left, told
from app.worktime.calendar import WorkingCalendar
from app.worktime.errors import DaysUncountable
from app.worktime.timeline import DAY, DAYS, to_line

#: Ten years of days; more is a slip of the pen.
MAX_DAYS = 366 * 10


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The instant (UTC) at which `days` working days have elapsed (spec W-05).

    That is the same clock time on the `days`-th following working day. Two things follow from
    the rule that a deadline is the earliest instant (spec SLA-5), and from W-07:

    * a start outside working time begins at the next opening, so that Saturday 10:00 is not due
      at an hour before which nobody could work;
    * a clock time that is not worked on the last day gives way to the closing before it. So a
      start at an opening is due at the end of a working day and not at the opening after it, and
      Friday 15:00 is due by the end of a Saturday that is worked in the morning: never later.

    A day counts if anything of it is worked. Where each day has the same hours, this is what
    adding those hours gives. No days at all lead to the start itself.
    Raises ValueError for a naive start, DaysUncountable, OutOfReach and WorkingTimeEnds.
    """
    _ensure_countable(days)
    line = calendar.timeline
    if not days:
        return start.astimezone(UTC)
    day, clock = divmod(to_line(next_opening(calendar, start)), DAY)
    last = line.day_after(day, days)
    if last is None:
        raise nothing_left(calendar)
    return told(calendar, line.earliest(line.worked(last * DAY + clock)))


def subtract_working_days(calendar: WorkingCalendar, end: datetime, days: int) -> datetime:
    """The latest instant (UTC) from which `days` working days have elapsed at `end`.

    The mirror of `add_working_days`: an end outside working time is one at the closing before it;
    a clock time that is not worked on the day found gives way to the next opening.
    Raises as `add_working_days` does.
    """
    _ensure_countable(days)
    line, at = calendar.timeline, to_line(end)
    if not days:
        return end.astimezone(UTC)
    closing = line.earliest(line.worked(at)) if line.worked(at) else None
    if closing is None:
        raise nothing_left(calendar)
    day, clock = divmod(closing, DAY)
    first = line.day_before(day, days)
    if first is None:
        raise nothing_left(calendar)
    return told(calendar, line.latest(line.worked(first * DAY + clock)))


def calendar_days_due(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The instant (UTC) at which a term of calendar days is over (spec W-06).

    The day of the start is not counted (Civil Code 2015, article 147); a term that would end on a
    day off ends on the next working day; it is over when that day's work is. No days at all lead
    to the start itself. Raises as `add_working_days` does.
    """
    _ensure_countable(days)
    line, at = calendar.timeline, to_line(start)
    if not days:
        return start.astimezone(UTC)
    last = min(at // DAY + days, DAYS)
    worked = line.day_after(last - 1, 1)
    span = None if worked is None else line.span(worked)
    return told(calendar, span[1] if span else None)


def _ensure_countable(days: int) -> None:
    if not 0 <= days <= MAX_DAYS:
        raise DaysUncountable(days=days)
