"""The owner of a dossier handed in by a program: as told, completed from the caller's account."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.applicant import Applicant, read_applicant
from app.domain.dossiers.authorisation import Authorisation, read_authorisation
from app.domain.inbox.rules import RECEPTION
from app.domain.people.model import Person
from app.foundation.actor import Actor


def owner_of(session: Session, actor: Actor, told: Mapping[str, Any] | None) -> Applicant:
    """The owner; raises Invalid with errors below `applicant`.

    Citizens may leave out what their account knows. A reception officer acts for others, and an
    owner told under another name or number is another person: nothing is filled in then.
    """
    given = dict(told or {})
    if not actor.holds(RECEPTION):
        given = _own(session.get_one(Person, actor.person_id), given) | given
    return read_applicant(given)


def acting_for(
    session: Session, actor: Actor, told: Mapping[str, Any] | None, owner: Applicant
) -> Authorisation | None:
    """Whoever hands it in for the owner, if anybody is told; raises Invalid.

    Citizens may leave out who they are; the errors stand below `authorisation` and `applicant`.
    """
    if told is None:
        return None
    given = dict(told)
    if not actor.holds(RECEPTION):
        given = _own(session.get_one(Person, actor.person_id), given) | given
    return read_authorisation(given, owner)


def _own(person: Person, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {
        "name": person.name,
        "identity_number": person.identity_number,
        "phone": person.phone,
        "email": person.email,
    }
    same = all(given.get(key) in (None, known[key]) for key in ("name", "identity_number"))
    return {key: value for key, value in known.items() if value} if same else {}
