"""Draft a letter of apology with a new date, before the promise is broken (spec L-06)."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_idle_deadline
from app.actions.dossier_at_work import dossier_at_work
from app.actions.record import record
from app.domain.apologies.forecast import first_look, next_look, proposed_date, will_be_late
from app.domain.apologies.model import Apology, LetterState
from app.domain.apologies.rules import AlreadyReappointed, LetterWaits, ensure_running
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM, Actor, Seat
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.queries.clocks import clocks_of
from app.queries.lateness import Lateness, lateness

#: Running terms that may need a letter.
ENDING_TERMS = DueRows(
    number=Deadline.id,
    instant=Deadline.apology_at,
    waiting=(Deadline.settled_at.is_(None), Deadline.apology_at.is_not(None)),
)


def look_at_term(session: Session, deadline_id: int, *, at: datetime) -> bool:
    """Draft a letter if the promise cannot be kept, otherwise say when to look again.

    Once for each promise: a letter that waits, was sent or was rejected is followed by none that
    the platform drafts. False when there is nothing to look at or somebody works on the dossier.
    """
    found = open_idle_deadline(session, deadline_id, at)
    if found is None:
        return False
    deadline, work = found
    wanted = deadline.apology_at
    if deadline.settled_at is not None or wanted is None or wanted > at:
        return False
    deadline.apology_at = _look(session, work, at)
    if deadline.apology_at:
        comes_due(session, deadline.apology_at)
    session.flush()
    return True


def _look(session: Session, work: Casework, at: datetime) -> datetime | None:
    """Do it; gives the next look, None after a letter."""
    due_at, calendar = work.dossier.due_at_current, work.calendar
    if at < (first := first_look(calendar, due_at)):
        return first
    states = set(_letters(session, work))
    if states - {LetterState.OBSOLETE}:
        return None
    found = lateness(session, work.dossier, work.definition, calendar, at)
    if not will_be_late(calendar, found.forecast, due_at, at):
        return next_look(calendar, found.forecast, due_at, at)
    _write(session, work, found, actor=SYSTEM, seat=None, at=at)
    return None


def draft_apology(session: Session, code: str, *, actor: Actor, at: datetime) -> Apology:
    """An officer who works on the dossier starts a letter by hand.

    Raises UnknownDossier, NotAtWorkHere, AlreadyReappointed, LetterWaits, NothingToApologiseFor.
    """
    known = dossier_at_work(session, code, actor=actor, at=at)
    states = set(_letters(session, known.work))
    if LetterState.APPROVED in states:
        raise AlreadyReappointed
    if LetterState.DRAFT in states:
        raise LetterWaits
    dossier = known.work.dossier
    ensure_running(clocks_of(dossier))
    found = lateness(session, dossier, known.work.definition, known.work.calendar, at)
    stop_looking(session, dossier.id)
    return _write(session, known.work, found, actor=actor, seat=known.seat, at=at)


def stop_looking(session: Session, dossier_id: int) -> None:
    """There is a letter for this promise."""
    if deadline := term_of(session, dossier_id):
        deadline.apology_at = None
        session.flush()


def term_of(session: Session, dossier_id: int) -> Deadline | None:
    """The row that watches the running term; the dossier is locked."""
    return session.scalar(
        select(Deadline)
        .where(
            Deadline.dossier_id == dossier_id,
            Deadline.kind == DeadlineKind.TERM,
            Deadline.settled_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


def _letters(session: Session, work: Casework) -> list[LetterState]:
    wanted = select(Apology.state).where(Apology.dossier_id == work.dossier.id)
    return list(session.scalars(wanted))


def _write(
    session: Session,
    work: Casework,
    found: Lateness,
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> Apology:
    due_before = work.dossier.due_at_current
    last = session.scalar(
        select(func.max(Apology.number)).where(Apology.dossier_id == work.dossier.id)
    )
    letter = Apology(
        dossier_id=work.dossier.id,
        number=(last or 0) + 1,
        state=LetterState.DRAFT,
        due_before=due_before,
        due_at=proposed_date(work.calendar, found.forecast, due_before, at),
        cause=found.cause,
        drafted_at=at,
        drafted_by_id=actor.person_id,
    )
    session.add(letter)
    session.flush()
    told = {
        "number": letter.number,
        "due_before": due_before.isoformat(),
        "due_at": letter.due_at.isoformat(),
        "cause": found.cause,
    }
    record(session, work, Event.APOLOGY_DRAFTED, told, actor=actor, seat=seat, at=at)
    return letter
