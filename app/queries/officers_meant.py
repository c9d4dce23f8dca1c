"""Whom a complaint may be about: they neither see nor answer it (spec R2-14)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.feedback.complaint_rules import named_among, tells_a_title
from app.domain.feedback.complaints import Concern
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Membership, Person
from app.domain.people.seats import LEADERS
from app.queries.complaint_pages import units_above


def officers_meant(
    session: Session,
    *,
    unit_id: int,
    dossier_id: int | None,
    concern: Concern,
    officer: str,
    subject: str,
    text: str,
) -> frozenset[int]:
    """Everybody whom it may be about.

    Whoever is named, wherever he works: he may be moved to where he could read it. Where none of
    them leads the unit, and yet somebody is called by such an office: all who lead it. Where an
    officer's behaviour is meant and nobody is found near the matter: all who worked on the dossier.
    """
    workers = _workers(session, dossier_id) if dossier_id else frozenset()
    people = _officers(session)
    named = named_among(people, officer, f"{subject}\n{text}")
    leading = _of_units(session, [unit_id], LEADERS)
    if not named & leading and tells_a_title(officer, subject):
        named |= leading
    near = workers | _of_units(session, units_above(session, unit_id))
    if not named & near and concern is Concern.OFFICER:
        named |= workers
    return named


def _officers(session: Session) -> dict[int, str]:
    """Names of all who have or had a seat anywhere."""
    found = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(select(Membership.person_id).distinct()))
    )
    return {row.id: row.name for row in found}


def _of_units(
    session: Session, units: Collection[int], roles: Collection[str] | None = None
) -> frozenset[int]:
    """Whoever has or had a seat there, in one of those roles."""
    wanted = select(Membership.person_id).where(Membership.unit_id.in_(units)).distinct()
    if roles is not None:
        wanted = wanted.where(Membership.role_key.in_(roles))
    return frozenset(session.scalars(wanted))


def _workers(session: Session, dossier_id: int) -> frozenset[int]:
    """Officers who have done something about the dossier."""
    wanted = select(JournalEntry.actor_id).where(
        JournalEntry.dossier_id == dossier_id,
        JournalEntry.actor_id.is_not(None),
        JournalEntry.unit_code.is_not(None),
    )
    return frozenset(one for one in session.scalars(wanted.distinct()) if one is not None)
