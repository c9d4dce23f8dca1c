"""Take a dossier that was sent without an account into one's own (spec R3-05)."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.new_dossier import is_same_person
from app.actions.record import record
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import is_without_account
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.domain.journal.events import Event
from app.domain.people.model import APPLICANT
from app.foundation.actor import Actor
from app.foundation.errors import Invalid, NotAllowed
from app.foundation.text import gettext, lazy_gettext


class CitizensOnly(NotAllowed):
    """What officers see of dossiers follows from their seats."""

    message = lazy_gettext("Officers cannot take a dossier into an account they work with.")


def claim_dossier(
    session: Session, code: str, *, proved: bool, actor: Actor, at: datetime
) -> Dossier:
    """The dossier, from now on among the actor's own; a repeat changes nothing.

    `proved` says whether the actor has told the second factor of that dossier. Whoever has code and
    second factor stays able to look it up: nothing is taken from anybody, and the address it was
    sent with is told. Raises CitizensOnly, and Invalid, the same for an unknown code, a wrong
    second factor, and a dossier that some account holds.
    """
    if actor.person_id is None or actor.is_staff:
        raise CitizensOnly
    number = session.scalar(select(Dossier.id).where(Dossier.code == code))
    work = open_dossier(session, number, at) if number and proved else None
    if work is None or not _may_have(work.dossier, actor):
        wrong = gettext(
            "No dossier sent without an account fits this code and this number. Check both and "
            "try again."
        )
        raise Invalid(errors={"": [wrong]})
    if work.dossier.submitter_id is None:
        _claim(session, work, actor, at)
    return work.dossier


def _may_have(dossier: Dossier, actor: Actor) -> bool:
    return is_without_account(dossier) or dossier.submitter_id == actor.person_id


def _claim(session: Session, work: Casework, actor: Actor, at: datetime) -> None:
    dossier = work.dossier
    owns = is_same_person(actor, name=dossier.owner_name, identity=dossier.owner_identity)
    dossier.submitter_id = actor.person_id
    dossier.owner_id = actor.person_id if owns else None
    session.execute(
        update(InboxItem)
        .where(InboxItem.dossier_id == dossier.id, InboxItem.role == APPLICANT, IS_OPEN)
        .values(assignee_id=actor.person_id)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    record(session, work, Event.DOSSIER_CLAIMED, {"owner": owns}, actor=actor, seat=None, at=at)
