"""When a dossier has to be received or refused (spec §4.4, R4-10, R4-11), and handed on (L-03)."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from app.foundation.clock import LOCAL_ZONE
from app.worktime.arithmetic import add_working_hours, is_working_time, next_opening, nothing_left
from app.worktime.calendar import WorkingCalendar
from app.worktime.days import closing_of, opening_of
from app.worktime.rules import OutOfHours, Rules
from app.worktime.timeline import DAY, to_line

#: The longest a reception may take (spec R4-10).
RECEPTION_HOURS = Decimal(8)
#: How long after the next opening the time of a dossier sent out of hours may begin (spec R4-11).
GRACE_HOURS = Decimal(1)


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
    reading = (rules or calendar.rules).out_of_hours
    if is_working_time(calendar, submitted_at) or _is_at_lunch(calendar, submitted_at, rules):
        reading = OutOfHours.STRICT
    start, allowed = next_opening(calendar, submitted_at), Decimal(hours)
    if reading is OutOfHours.LENIENT:
        start = add_working_hours(calendar, start, GRACE_HOURS)
    elif reading is OutOfHours.HARD:
        allowed = min(allowed, GRACE_HOURS)
    return ReceptionDeadline(start=start, due=add_working_hours(calendar, start, allowed))


def _is_at_lunch(calendar: WorkingCalendar, at: datetime, rules: Rules | None) -> bool:
    """Whether `at` lies between two intervals of a day and that is not out of hours."""
    if (rules or calendar.rules).lunch_is_out_of_hours:
        return False
    local = at.astimezone(LOCAL_ZONE)
    intervals = calendar.intervals(local.date())
    return bool(intervals) and intervals[0].opens <= local.time() < intervals[-1].closes


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
    number = to_line(received_at) // DAY
    local = received_at.astimezone(LOCAL_ZONE)
    intervals = calendar.intervals(local.date())
    in_time = cutoff is None or local.time() <= cutoff
    if in_time and intervals and local.time() < intervals[-1].closes:
        return closing_of(calendar, number)
    following = calendar.timeline.day_after(number, 1)
    if following is None:
        raise nothing_left(calendar)
    return opening_of(calendar, following)
