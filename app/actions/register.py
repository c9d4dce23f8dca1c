"""Open an account: register, get a link by e-mail, follow it (spec R3-09..R3-12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.promise_mail import promise_mail
from app.domain.accounts.challenges import LIFE, Challenge, SpentChallenge
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import Gender
from app.domain.accounts.queries import account_of, person_with_login
from app.domain.accounts.registrations import (
    FORGOTTEN_AFTER,
    AccountMail,
    LinkVoid,
    MailPurpose,
    Registration,
)
from app.domain.people.model import Person
from app.domain.people.rules import digest_of
from app.foundation.due import DueRows
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext

#: A link may be asked for again after so long.
BETWEEN_LINKS = timedelta(seconds=60)


class TooSoon(Conflict):
    """A link has only just been sent."""

    message = lazy_gettext("An e-mail has only just been sent. Ask for another in a minute.")


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What somebody who registers has told, checked."""

    email: str
    name: str
    password_hash: str = field(repr=False)
    profile: Mapping[str, Any] = field(default_factory=dict)


def spend(session: Session, challenge: Challenge, *, at: datetime) -> bool:
    """Use the challenge up; False when it has been used before."""
    try:
        with session.begin_nested():
            session.add(SpentChallenge(digest=challenge.digest, expires_at=at + LIFE))
            session.flush()
    except IntegrityError:
        return False
    return True


def register(
    session: Session, applicant: Applicant, *, language: str, at: datetime
) -> Registration:
    """Keep what was told and promise the e-mail; whether there is an account is not looked up."""
    row = Registration(
        email=applicant.email,
        name=applicant.name,
        password_hash=applicant.password_hash,
        profile=dict(applicant.profile),
        created_at=at,
        forget_at=at + FORGOTTEN_AFTER,
    )
    session.add(row)
    session.flush()
    promise_mail(session, MailPurpose.REGISTER, language=language, registration_id=row.id, at=at)
    return row


def send_link_again(session: Session, registration_id: int, *, language: str, at: datetime) -> None:
    """Promise another activation link, which replaces the first. Raises TooSoon and LinkVoid."""
    row = session.get(Registration, registration_id)
    if row is None or row.activated_at is not None:
        raise LinkVoid
    newest = session.scalar(
        select(AccountMail.created_at)
        .where(AccountMail.registration_id == registration_id)
        .order_by(AccountMail.id.desc())
        .limit(1)
    )
    if newest is not None and at - newest < BETWEEN_LINKS:
        raise TooSoon
    promise_mail(session, MailPurpose.REGISTER, language=language, registration_id=row.id, at=at)


def registration_behind(session: Session, token: str, at: datetime) -> Registration:
    """The registration a link belongs to. Raises LinkVoid for any link that does nothing."""
    row = session.scalar(select(Registration).where(Registration.digest == digest_of(token)))
    alive = row is not None and row.activated_at is None and row.expires_at is not None
    if row is None or not alive or (row.expires_at or at) <= at:
        raise LinkVoid
    return row


def activate(session: Session, token: str, *, whence: Whence, at: datetime) -> Person:
    """Make the account (spec R3-12). Raises LinkVoid, also when there is one by now."""
    row = registration_behind(session, token, at)
    if person_with_login(session, row.email) is not None:
        raise LinkVoid
    told = row.profile
    person = Person(
        username=row.email,
        name=row.name,
        password_hash=row.password_hash,
        email=row.email,
        phone=told.get("phone"),
        identity_number=told.get("identity_number"),
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        # Somebody else has just become the one with this address.
        raise LinkVoid from error
    account = account_of(session, person.id)
    account.email_confirmed_at = at
    account.password_changed_at = at
    account.gender = Gender(told["gender"]) if told.get("gender") else None
    account.birth_date = date.fromisoformat(told["birth_date"]) if told.get("birth_date") else None
    row.activated_at = at
    row.profile = {}
    note(session, person.id, AccountEvent.ACTIVATED, whence=whence, at=at)
    return person


#: Registrations that are over, activated or not.
OLD_REGISTRATIONS = DueRows(number=Registration.id, instant=Registration.forget_at, waiting=())
#: Challenges whose signature has expired, so that nobody need remember them.
OLD_CHALLENGES = DueRows(number=SpentChallenge.id, instant=SpentChallenge.expires_at, waiting=())


def forget_registration(session: Session, row_id: int, *, at: datetime) -> bool:
    """Delete what was told for an account."""
    return _forget(session, session.get(Registration, row_id), at)


def forget_challenge(session: Session, row_id: int, *, at: datetime) -> bool:
    """Delete a challenge that cannot be answered any more."""
    return _forget(session, session.get(SpentChallenge, row_id), at)


def _forget(session: Session, row: Any, at: datetime) -> bool:
    del at
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True
