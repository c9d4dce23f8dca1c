"""Whom a complaint may be about: they neither see nor answer it (spec R2-14)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.feedback.complaint_rules import is_named
from app.domain.feedback.complaints import Concern
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Membership, Person
from app.queries.complaint_pages import units_above

#: Everybody who works in a unit and above it, and far more.
_MOST_PEOPLE = 5000


def officers_meant(
    session: Session,
    *,
    unit_id: int,
    dossier_id: int | None,
    concern: Concern,
    officer: str,
    text: str,
) -> frozenset[int]:
    """Everybody whom it may be about.

    Whoever of the unit, of those above and of those who worked on the dossier is named. Where an
    officer's behaviour is meant and nobody of that name is found: all who worked on the dossier.
    """
    workers = _workers(session, dossier_id) if dossier_id else {}
    around = _people_of(session, units_above(session, unit_id)) | workers
    named = {number for number, name in around.items() if is_named(name, officer, text)}
    if not named and concern is Concern.OFFICER:
        named = set(workers)
    return frozenset(named)


def _people_of(session: Session, units: Collection[int]) -> dict[int, str]:
    """Whoever has or had a seat there."""
    found = session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.unit_id.in_(units))
        .distinct()
        .limit(_MOST_PEOPLE)
    )
    return {row.id: row.name for row in found}


def _workers(session: Session, dossier_id: int) -> dict[int, str]:
    """Officers who have done something about the dossier."""
    found = session.execute(
        select(Person.id, Person.name)
        .join(JournalEntry, JournalEntry.actor_id == Person.id)
        .where(JournalEntry.dossier_id == dossier_id, JournalEntry.unit_code.is_not(None))
        .distinct()
    )
    return {row.id: row.name for row in found}
