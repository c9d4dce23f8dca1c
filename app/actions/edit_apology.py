"""An officer who works on a dossier puts the draft of its letter of apology in better words."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.dossier_at_work import dossier_at_work
from app.actions.record import record
from app.domain.apologies.model import Apology, LetterState
from app.domain.apologies.rules import (
    LetterDecided,
    UnknownLetter,
    Wording,
    ensure_running,
    ensure_wording,
)
from app.domain.journal.events import Event
from app.foundation.actor import Actor
from app.queries.clocks import clocks_of


def edit_apology(
    session: Session, code: str, wording: Wording, *, actor: Actor, at: datetime
) -> Apology:
    """Change reason and date of the draft; whoever did so last cannot approve it.

    Raises UnknownDossier, NotAtWorkHere, UnknownLetter, LetterDecided, NothingToApologiseFor, and
    Invalid for a reason or date that does not hold.
    """
    known = dossier_at_work(session, code, actor=actor, at=at)
    dossier = known.work.dossier
    letter = session.scalar(
        select(Apology)
        .where(Apology.dossier_id == dossier.id)
        .order_by(Apology.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if letter is None:
        raise UnknownLetter
    if letter.state is not LetterState.DRAFT:
        raise LetterDecided
    ensure_running(clocks_of(dossier))
    ensure_wording(wording, known.work.calendar, letter.due_before, at)
    letter.reason, letter.edited_by_id = wording.reason, actor.person_id
    letter.due_at = wording.due_at or letter.due_at
    session.flush()
    told = {
        "number": letter.number,
        "reason": wording.reason,
        "due_at": letter.due_at.isoformat(),
    }
    record(session, known.work, Event.APOLOGY_EDITED, told, actor=actor, seat=known.seat, at=at)
    return letter
