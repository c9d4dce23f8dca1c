"""How the public reaches agencies."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.people.contacts import UnitContact


def reached_at(session: Session, unit_ids: Collection[int]) -> Mapping[int, UnitContact]:
    """The contacts of units, by their numbers; those without one are left out."""
    if not unit_ids:
        return {}
    found = session.scalars(select(UnitContact).where(UnitContact.unit_id.in_(unit_ids)))
    return {contact.unit_id: contact for contact in found}
