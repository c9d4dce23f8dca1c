"""When a step is due."""

from datetime import UTC, datetime
from decimal import Decimal

from app.domain.dossiers.status import Channel
from app.worktime import WorkingCalendar, add_working_hours, handover_due

#: Due date of a step without hours: after everything else in a queue.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def due_of(calendar: WorkingCalendar, hours: Decimal | None, opened_at: datetime) -> datetime:
    """When a step is due that may take so many hours; NEVER without hours."""
    return NEVER if hours is None else add_working_hours(calendar, opened_at, hours)


def due_of_step(
    calendar: WorkingCalendar, hours: Decimal | None, opened_at: datetime, *, handed_over: bool
) -> datetime:
    """As `due_of`; a step that is `handed_over` ends as the law ends a hand-over (spec L-03)."""
    return handover_due(calendar, opened_at) if handed_over else due_of(calendar, hours, opened_at)


#: Ranks inside a queue: what has used three quarters of its time, what was sent online (spec
#: R4-01), the rest. So online first never hides a nearer deadline (spec 10.13).
URGENT, ONLINE_FIRST, OTHERS = 0, 1, 2
#: Behind all of these: what waits for the payment of its dossier, and rings for nobody.
SET_ASIDE = 9


def rank_of(channel: Channel, stage: int) -> int:
    """Where a step stands in its queue, by the channel of its dossier and how far it has rung."""
    if stage:
        return URGENT
    return ONLINE_FIRST if channel is Channel.ONLINE else OTHERS
