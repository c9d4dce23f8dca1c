"""Let a national identity open an account: the one it belongs to, or a new one, never a second."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.domain.accounts.eid import Identity, Standing, match, one_of
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import EidLink, Proof
from app.domain.accounts.queries import account_of, person_with_login
from app.domain.people.model import Person
from app.foundation.errors import Conflict, NotAllowed
from app.foundation.text import lazy_gettext


class ProveAccountFirst(Conflict):
    """Somebody has given this number as his own: does the account belong to the same person?"""

    message = lazy_gettext("There is an account with your personal identification number.")


class AccountClosed(NotAllowed):
    """The account it opens is switched off."""

    message = lazy_gettext("This account is closed. Please ask at the counter of any office.")


def enter_with_eid(session: Session, identity: Identity, *, whence: Whence, at: datetime) -> Person:
    """The person of the account. Raises ProveAccountFirst where only the password can tell.

    A number that somebody has merely typed in is no proof: linking by it alone would open the
    account's password to a stranger's dossiers.
    """
    found = match(session, identity)
    if found.standing is Standing.CLAIMED:
        raise ProveAccountFirst
    if found.standing is Standing.NEW:
        return _link(session, _new_person(session, identity, at), identity, whence, at)
    (person,) = found.people
    if not person.is_active:
        raise AccountClosed
    if found.standing is Standing.LINKED:
        return _seen(session, person, identity, at)
    return _link(session, person, identity, whence, at)


def link_own_account(
    session: Session, identity: Identity, person: Person, *, whence: Whence, at: datetime
) -> Person:
    """Link the account whose password was told. Raises ProveAccountFirst for any other."""
    found = match(session, identity)
    if found.standing is not Standing.CLAIMED or not one_of(found.people, person.id):
        raise ProveAccountFirst
    return _link(session, person, identity, whence, at)


def open_another(session: Session, identity: Identity, *, whence: Whence, at: datetime) -> Person:
    """None of the accounts with the number is this person's: they lose the number."""
    found = match(session, identity)
    if found.standing is Standing.CLAIMED:
        for claimer in found.people:
            claimer.identity_number = None
            note(session, claimer.id, AccountEvent.PROFILE_CHANGED, whence=Whence(), at=at)
        session.flush()
    return enter_with_eid(session, identity, whence=whence, at=at)


def _new_person(session: Session, identity: Identity, at: datetime) -> Person:
    username = f"vneid-{secrets.token_hex(5)}"
    taken = identity.email and person_with_login(session, identity.email)
    person = Person(
        username=username,
        name=identity.name,
        email=None if taken else identity.email,
        phone=identity.phone,
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person


def _link(
    session: Session, person: Person, identity: Identity, whence: Whence, at: datetime
) -> Person:
    session.add(
        EidLink(
            person_id=person.id,
            issuer=identity.issuer,
            subject=identity.subject,
            linked_at=at,
            seen_at=at,
        )
    )
    note(session, person.id, AccountEvent.EID_LINKED, whence=whence, at=at)
    return _seen(session, person, identity, at)


def _seen(session: Session, person: Person, identity: Identity, at: datetime) -> Person:
    """What the system says today counts; it is the one that knows."""
    link = session.scalar(
        select(EidLink).where(
            EidLink.issuer == identity.issuer, EidLink.subject == identity.subject
        )
    )
    if link is not None:
        link.seen_at = at
    account = account_of(session, person.id)
    account.proof, account.proved_at = Proof.EID, at
    account.birth_date = identity.birth_date or account.birth_date
    account.gender = identity.gender or account.gender
    person.name, person.identity_number = identity.name, identity.number
    person.phone = person.phone or identity.phone
    session.flush()
    return person
