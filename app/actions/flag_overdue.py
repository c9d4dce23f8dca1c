"""Flag steps that were not done in time."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import open_idle_item
from app.actions.record import record
from app.domain.inbox.model import IS_OPEN, InboxItem, ItemState
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM
from app.foundation.due import DueRows

#: Open steps that nobody has been told are late.
LATE_STEPS = DueRows(
    number=InboxItem.id,
    instant=InboxItem.due_at,
    waiting=(IS_OPEN, InboxItem.overdue_at.is_(None)),
)


def flag_overdue(session: Session, item_id: int, *, at: datetime) -> bool:
    """Flag one late step, once; False when it is done meanwhile or its dossier is being worked on.

    The dossier's lock comes first, as in every verb; the item is read under it.
    """
    found = open_idle_item(session, item_id, at)
    if found is None:
        return False
    item, work = found
    if item.state is not ItemState.OPEN or item.overdue_at is not None or item.due_at > at:
        return False
    item.overdue_at = at
    told = {"step": item.step, "task": item.task_id, "due_at": item.due_at.isoformat()}
    record(session, work, Event.STEP_OVERDUE, told, actor=SYSTEM, seat=None, at=at)
    session.flush()
    return True
