"""When a dossier has to be received or refused (spec §4.4, R4-10, R4-11), and handed on (L-03)."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from app.worktime.arithmetic import microseconds, told
from app.worktime.calendar import WorkingCalendar
from app.worktime.rules import OutOfHours, Rules
from app.worktime.timeline import DAY, SECOND, to_line

#: The longest a reception may take (spec R4-10).
RECEPTION_HOURS = Decimal(8)
#: How long after the next opening the time of a dossier sent out of hours may begin (spec R4-11).
GRACE_HOURS = Decimal(1)
_GRACE = microseconds(GRACE_HOURS)


@dataclass(frozen=True, kw_only=True)
class ReceptionDeadline:
    """From when the time of a reception counts, and the last instant at which it is in time."""

    start: datetime
    due: datetime


def reception_deadline(
    calendar: WorkingCalendar,
    submitted_at: datetime,
    hours: Decimal | int = RECEPTION_HOURS,
    rules: Rules | None = None,
) -> ReceptionDeadline:
    """The deadline for form 01, 02 or 03 after a dossier was sent (spec SLA-1..9), UTC.

    In working time the start is the submission (SLA-2). Out of hours it follows `rules`, by
    default the calendar's own: STRICT starts at the next opening, LENIENT one working hour after
    it (SLA-3). HARD takes "within 1 hour of the next working hours" as the time for the reception
    itself: it starts at the next opening and is due one working hour later (or after `hours`, if
    that is less). Where lunch is not out of hours, a dossier sent between two working intervals
    of a day starts with the later one and has all `hours` under every reading (SLA-4).
    Raises as `add_working_hours` does.
    """
    rules, line, at = rules or calendar.rules, calendar.timeline, to_line(submitted_at)
    allowed, before, reading = microseconds(hours), line.worked(at), rules.out_of_hours
    if line.is_worked(at):
        return _deadline(calendar, at, before + allowed)
    if not rules.lunch_is_out_of_hours and _is_between_hours(calendar, at):
        reading = OutOfHours.STRICT
    if reading is OutOfHours.LENIENT:
        before += _GRACE
        return _deadline(calendar, line.earliest(before), before + allowed)
    if reading is OutOfHours.HARD:
        allowed = min(allowed, _GRACE)
    return _deadline(calendar, line.latest(before), before + allowed)


def _deadline(calendar: WorkingCalendar, start: int | None, worked: int) -> ReceptionDeadline:
    begins, ends = told(calendar, start), told(calendar, calendar.timeline.earliest(worked))
    return ReceptionDeadline(start=begins, due=max(begins, ends))


def _is_between_hours(calendar: WorkingCalendar, at: int) -> bool:
    """Whether the office was open earlier on that day and will be open again on it."""
    span = calendar.timeline.span(at // DAY)
    return span is not None and span[0] <= at < span[1]


def handover_due(
    calendar: WorkingCalendar, received_at: datetime, cutoff: time | None = None
) -> datetime:
    """When a dossier received at the counter has to be with the unit that settles it (L-03), UTC.

    By the end of the working day on which it was received; if it was received after `cutoff`
    (local time; by default what the calendar's rules say), after the day's work or on a day off,
    at the next opening: "vào đầu giờ ngày làm việc tiếp theo". At the cutoff itself is not after
    it. Raises ValueError for a naive moment, OutOfReach and WorkingTimeEnds.
    """
    cutoff = cutoff or calendar.rules.handover_cutoff
    line, at = calendar.timeline, to_line(received_at)
    day, clock = divmod(at, DAY)
    span = line.span(day)
    if span and at < span[1] and (cutoff is None or clock <= _since_midnight(cutoff)):
        return told(calendar, span[1])
    following = line.day_after(day, 1)
    span = None if following is None else line.span(following)
    return told(calendar, span[0] if span else None)


def _since_midnight(clock: time) -> int:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) * SECOND
