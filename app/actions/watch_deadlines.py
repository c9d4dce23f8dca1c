"""What comes due by itself: timers of diagrams fire."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import open_dossier, open_idle_deadline
from app.actions.incidents import diagram_runs, raise_incident, trouble_of
from app.actions.sound_clock import sound_clock
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.journal.events import Event
from app.engine import tick
from app.foundation.actor import SYSTEM
from app.foundation.due import DueRows

#: Timers that have not gone off yet.
DUE_DEADLINES = DueRows(
    number=Deadline.id,
    instant=Deadline.alarm_at,
    waiting=(Deadline.settled_at.is_(None),),
)


def settle_deadline(session: Session, deadline_id: int, *, at: datetime) -> bool:
    """Act on one due deadline, once; False when it was settled or its dossier is being worked on.

    The dossier's lock comes first, as in every verb; the deadline is read under it. Raises
    DiagramFails.
    """
    found = open_idle_deadline(session, deadline_id, at)
    if found is None:
        return False
    deadline, work = found
    if deadline.settled_at is not None or deadline.alarm_at is None or deadline.alarm_at > at:
        return False
    if deadline.kind is not DeadlineKind.TIMER:
        sound_clock(session, work, deadline, at=at)
        return True
    with diagram_runs(work.definition, dossier_id=None, at=at):
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
    if deadline.task_id not in outcome.closed:
        # Those that went off are settled with everything else that the run has closed.
        deadline.settled_at = at
        session.flush()
    return True


def give_up_deadline(session: Session, deadline_id: int, error: Exception, *, at: datetime) -> None:
    """Raise an incident for a timer that fails again and again."""
    deadline = session.get(Deadline, deadline_id)
    if deadline is None or deadline.settled_at is not None:
        return
    if work := open_dossier(session, deadline.dossier_id, at):
        trouble = trouble_of(error, reason="timer", step=deadline.step or "")
        raise_incident(session, work, trouble, at=at)
