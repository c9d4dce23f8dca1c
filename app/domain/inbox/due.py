"""When a step is due."""

from datetime import UTC, datetime
from decimal import Decimal

from app.worktime import WorkingCalendar, add_working_hours

#: Due date of a step without hours: after everything else in a queue.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def due_of(calendar: WorkingCalendar, hours: Decimal | None, opened_at: datetime) -> datetime:
    """When a step is due that may take so many hours; NEVER without hours."""
    return NEVER if hours is None else add_working_hours(calendar, opened_at, hours)
