"""What comes due by itself: timers of diagrams fire."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import Casework, open_dossier
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.journal.events import Event
from app.engine import tick
from app.foundation.actor import SYSTEM
from app.foundation.db import add_rows
from app.foundation.due import DueRows

#: Timers that have not gone off yet.
DUE_DEADLINES = DueRows(
    number=Deadline.id, instant=Deadline.due_at, waiting=(Deadline.settled_at.is_(None),)
)


def settle_deadline(session: Session, deadline_id: int, *, at: datetime) -> bool:
    """Act on one due deadline, once; False when it was settled or its dossier is being worked on.

    The dossier's lock comes first, as in every verb; the deadline is read again under it.
    """
    dossier_id = session.scalar(select(Deadline.dossier_id).where(Deadline.id == deadline_id))
    if dossier_id is None:
        return False
    work = open_dossier(session, dossier_id, at, skip_locked=True)
    if work is None:
        return False
    deadline = session.get_one(Deadline, deadline_id, populate_existing=True)
    if deadline.settled_at is not None:
        return False
    deadline.settled_at = at
    session.flush()
    _fire_timer(session, work, deadline, at)
    return True


def _fire_timer(session: Session, work: Casework, deadline: Deadline, at: datetime) -> None:
    outcome = tick(work.definition, work.process.snapshot, now=at, calendar=work.counting)
    advance(
        session,
        work,
        outcome,
        event=Event.TIMER_FIRED,
        told={"due_at": deadline.due_at.isoformat(), "step": deadline.step},
        actor=SYSTEM,
        seat=None,
        at=at,
    )
    again = next((t for t in outcome.timers if t.task_id == deadline.task_id), None)
    if again is not None and again.due_at > at:
        # A repeating timer keeps its name and waits for its next turn.
        turn = {
            "dossier_id": deadline.dossier_id,
            "kind": DeadlineKind.TIMER,
            "task_id": deadline.task_id,
            "step": deadline.step,
            "due_at": again.due_at,
        }
        add_rows(session, Deadline, [turn])
