"""Take a task upon oneself, or give it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import open_item
from app.actions.record import record
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import ensure_mine_to_do, ensure_not_withdrawn, ensure_open, seat_used
from app.domain.journal.events import Event
from app.domain.people.model import APPLICANT
from app.foundation.actor import Actor


def claim_task(session: Session, item_id: int, *, actor: Actor, at: datetime) -> InboxItem:
    """Take the task; taking it twice changes nothing. Raises as `complete_task` does."""
    return _assign(session, item_id, actor.person_id, Event.TASK_CLAIMED, actor=actor, at=at)


def release_task(session: Session, item_id: int, *, actor: Actor, at: datetime) -> InboxItem:
    """Give the task back to the queue; giving back what one does not hold changes nothing."""
    return _assign(session, item_id, None, Event.TASK_RELEASED, actor=actor, at=at)


def _assign(
    session: Session, item_id: int, to: int | None, event: Event, *, actor: Actor, at: datetime
) -> InboxItem:
    """Let the task be `to`'s, unless it is already; a citizen's step stays the citizen's."""
    item, work = open_item(session, item_id, at)
    ensure_mine_to_do(item, work.dossier, actor)
    ensure_not_withdrawn(work.dossier)
    ensure_open(item)
    if item.role == APPLICANT or item.assignee_id == to:
        return item
    item.assignee_id = to
    told = {"step": item.step, "task": item.task_id}
    seat = seat_used(item, work.dossier, actor)
    record(session, work, event, told, actor=actor, seat=seat, at=at)
    session.flush()
    return item
