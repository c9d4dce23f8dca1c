"""Flag steps that were not done in time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import open_dossier
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

    The dossier's lock comes first, as in every verb; the item is read again under it.
    """
    dossier_id = session.scalar(select(InboxItem.dossier_id).where(InboxItem.id == item_id))
    if dossier_id is None:
        return False
    work = open_dossier(session, dossier_id, at, skip_locked=True)
    if work is None:
        return False
    item = session.get_one(InboxItem, item_id, populate_existing=True)
    if item.state is not ItemState.OPEN or item.overdue_at is not None:
        return False
    item.overdue_at = at
    told = {"step": item.step, "task": item.task_id, "due_at": item.due_at.isoformat()}
    record(session, work, Event.STEP_OVERDUE, told, actor=SYSTEM, seat=None, at=at)
    session.flush()
    return True
