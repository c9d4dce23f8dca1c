"""Letters of apology: those that wait for a leader, and the newest of one dossier."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.apologies.model import Apology, LetterState
from app.domain.dossiers.model import Dossier
from app.domain.people.model import Person
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor

#: More letters at once is another trouble than letters.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class WaitingLetter:
    """A draft in the list of a leader."""

    letter: Apology
    code: str
    owner_name: str
    procedure_name: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter with the names of those who wrote and decided it; empty for the platform."""

    row: Apology
    drafted_by: str
    decided_by: str


def waiting_letters(
    session: Session, actor: Actor, units: Collection[int]
) -> Sequence[WaitingLetter]:
    """Drafts of those units that somebody else wrote, the nearest date first."""
    rows = session.execute(
        select(Apology, Dossier.code, Dossier.owner_name, Procedure.name)
        .join(Dossier, Dossier.id == Apology.dossier_id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(
            Apology.state == LetterState.DRAFT,
            Dossier.handling_unit_id.in_(units),
            Apology.drafted_by_id.is_distinct_from(actor.person_id),
            Apology.edited_by_id.is_distinct_from(actor.person_id),
        )
        .order_by(Apology.due_before, Apology.id)
        .limit(MOST)
    )
    return [
        WaitingLetter(letter=letter, code=code, owner_name=owner, procedure_name=procedure)
        for letter, code, owner, procedure in rows
    ]


def newest_letter(session: Session, dossier_id: int, *, approved: bool = False) -> Letter | None:
    """The newest letter of a dossier, or the one that was sent."""
    drafter, decider = aliased(Person), aliased(Person)
    wanted = (
        select(Apology, drafter.name, decider.name)
        .outerjoin(drafter, drafter.id == Apology.drafted_by_id)
        .outerjoin(decider, decider.id == Apology.decided_by_id)
        .where(Apology.dossier_id == dossier_id)
        .order_by(Apology.number.desc())
        .limit(1)
    )
    if approved:
        wanted = wanted.where(Apology.state == LetterState.APPROVED)
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    letter, drafted_by, decided_by = row
    return Letter(row=letter, drafted_by=drafted_by or "", decided_by=decided_by or "")
