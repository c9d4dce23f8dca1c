"""Due dates as clients are told them."""

from datetime import datetime

from app.domain.inbox.due import NEVER


def due_or_none(due_at: datetime) -> datetime | None:
    """The due date, or None for a step without hours."""
    return None if due_at >= NEVER else due_at


def is_late(due_at: datetime, overdue_at: datetime | None, at: datetime) -> bool:
    """Whether the step is late: flagged by the watch, or due and not yet flagged."""
    return overdue_at is not None or due_at <= at
