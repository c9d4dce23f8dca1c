"""When a step is due."""

from datetime import UTC, datetime
from decimal import Decimal

from app.domain.dossiers.status import Channel
from app.worktime import WorkingCalendar, add_working_hours

#: Due date of a step without hours: after everything else in a queue.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def due_of(calendar: WorkingCalendar, hours: Decimal | None, opened_at: datetime) -> datetime:
    """When a step is due that may take so many hours; NEVER without hours."""
    return NEVER if hours is None else add_working_hours(calendar, opened_at, hours)


#: Ranks inside a queue: what has used three quarters of its time, what was sent online (spec
#: R4-01), the rest. So online first never hides a nearer deadline (spec 10.13).
URGENT, ONLINE_FIRST, OTHERS = 0, 1, 2


def rank_of(channel: Channel, stage: int) -> int:
    """Where a step stands in its queue, by the channel of its dossier and how far it has rung."""
    if stage:
        return URGENT
    return ONLINE_FIRST if channel is Channel.ONLINE else OTHERS
