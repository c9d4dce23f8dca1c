"""Another person with the same seat."""

from app.domain.people.model import Membership
from app.domain.people.queries import person_by_username, unit_by_code
from app.foundation.clock import local_date, now
from app.foundation.db import transaction


def seat_beside(username: str, unit: str, role: str) -> None:
    """Give somebody a seat in a unit from today on."""
    with transaction() as session:
        session.add(
            Membership(
                person_id=person_by_username(session, username).id,
                unit_id=unit_by_code(session, unit).id,
                role_key=role,
                valid_from=local_date(now()),
            )
        )
