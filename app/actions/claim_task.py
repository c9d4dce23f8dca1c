"""Take a task upon oneself, or give it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import open_item
from app.actions.record import record
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import ensure_mine_to_do, ensure_open, seat_used
from app.domain.journal.events import Event
from app.domain.people.model import APPLICANT
from app.foundation.actor import Actor


def claim_task(session: Session, item_id: int, *, actor: Actor, at: datetime) -> InboxItem:
    """Take the task; taking it twice changes nothing. Raises as `complete_task` does."""
    item, work = open_item(session, item_id, at)
    ensure_mine_to_do(item, work.dossier, actor)
    ensure_open(item)
    if item.role == APPLICANT or item.assignee_id == actor.person_id:
        return item
    item.assignee_id = actor.person_id
    record(
        session,
        work,
        Event.TASK_CLAIMED,
        {"step": item.step, "task": item.task_id},
        actor=actor,
        seat=seat_used(item, work.dossier, actor),
        at=at,
    )
    session.flush()
    return item


def release_task(session: Session, item_id: int, *, actor: Actor, at: datetime) -> InboxItem:
    """Give the task back to the queue; giving back what one does not hold changes nothing."""
    item, work = open_item(session, item_id, at)
    ensure_mine_to_do(item, work.dossier, actor)
    ensure_open(item)
    if item.role == APPLICANT or item.assignee_id is None:
        return item
    item.assignee_id = None
    record(
        session,
        work,
        Event.TASK_RELEASED,
        {"step": item.step, "task": item.task_id},
        actor=actor,
        seat=seat_used(item, work.dossier, actor),
        at=at,
    )
    session.flush()
    return item
