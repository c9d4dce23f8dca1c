"""When a step is due, and where it stands in its queue."""

from datetime import UTC, datetime
from decimal import Decimal

from app.domain.dossiers.status import Channel
from app.foundation.clock import local_date
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


#: Rank of what has used three quarters of its time, or whose dossier has: in front of everything.
URGENT = 0
#: Behind everything: what waits for the payment of its dossier, and rings for nobody.
SET_ASIDE = 99_999_999
#: Ranks of one day: what was sent online, then the rest (spec R4-01).
_A_DAY = 2


def rank_of(channel: Channel, stage: int, due_at: datetime) -> int:
    """Where a step stands in its queue; inside a rank what is due first stands first.

    `stage` tells how far the step or the clock of its dossier has rung. Online dossiers go first
    among those that are due the same day, so that this never hides a nearer deadline (spec 10.13).
    """
    if stage:
        return URGENT
    return local_date(due_at).toordinal() * _A_DAY + (channel is not Channel.ONLINE)


def last_rank(due_at: datetime) -> int:
    """No rank above this one has anything that is due by then."""
    return local_date(due_at).toordinal() * _A_DAY + 1
