"""Letters of apology as the API tells them."""

from typing import Any

from sqlalchemy.orm import Session

from app.domain.apologies.model import Apology, LetterState
from app.domain.apologies.rules import UnknownLetter
from app.domain.people.seats import LEADERS
from app.foundation.actor import Actor
from app.queries.dossier_pages import dossier_page
from app.queries.letter_pages import newest_letter, waiting_letters


def letters_waiting(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Drafts that wait for the actor's decision."""
    units = {seat.unit_id for seat in actor.seats if seat.role in LEADERS}
    return [_told(one.code, one.letter) for one in waiting_letters(session, actor, units)]


def letter_told(session: Session, code: str, actor: Actor) -> dict[str, Any]:
    """The newest letter for an officer, the one that was sent for an applicant.

    Raises UnknownDossier and UnknownLetter.
    """
    dossier = dossier_page(session, code, actor).dossier
    found = newest_letter(session, dossier.id, approved=not actor.is_staff)
    if found is None:
        raise UnknownLetter
    inside = {"cause": found.row.cause} if actor.is_staff else {}
    signer = found.decided_by if found.row.state is LetterState.APPROVED else None
    return _told(code, found.row) | inside | {"signer": signer}


def _told(code: str, letter: Apology) -> dict[str, Any]:
    return {
        "code": code,
        "number": letter.number,
        "state": letter.state.value,
        "due_before": letter.due_before,
        "due_at": letter.due_at,
        "reason": letter.reason,
        "document": letter.document,
        "drafted_at": letter.drafted_at,
        "decided_at": letter.decided_at,
    }
