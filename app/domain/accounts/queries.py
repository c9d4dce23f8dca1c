"""Finding accounts, sessions and what happened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.accounts.emails import normal
from app.domain.accounts.events import AccountEntry
from app.domain.accounts.model import Account, AccountSession, LogInMethod
from app.domain.people.model import Membership, Person
from app.domain.people.queries import SEATS, actor_in
from app.domain.people.rules import digest_of
from app.domain.people.seats import held_on
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.rows import plain_rows


class Opened(NamedTuple):
    """Who is behind a session, and how it stands."""

    actor: Actor
    session_id: int
    seen_at: datetime
    expires_at: datetime
    method: LogInMethod


#: The seats of whoever a session belongs to that is neither ended nor too old.
_BY_SESSION = (
    SEATS.add_columns(
        AccountSession.id.label("session_id"),
        AccountSession.seen_at,
        AccountSession.expires_at,
        AccountSession.method,
        Account.proof,
    )
    .outerjoin(Account, Account.person_id == Person.id)
    .join(AccountSession, AccountSession.person_id == Person.id)
    .where(
        AccountSession.digest == bindparam("digest"),
        AccountSession.ended_at.is_(None),
        AccountSession.expires_at > bindparam("at"),
    )
)


def opened_by(session: Session, token: str, at: datetime) -> Opened | None:
    """Whose session the cookie names, in one statement; None when it opens nothing."""
    told = {"digest": digest_of(token), "at": at, "day": local_date(at)}
    rows = plain_rows(session, _BY_SESSION, told)
    actor = actor_in(rows)
    if actor is None:
        return None
    row = rows[0]
    actor = replace(actor, is_identity_proved=row.proof is not None)
    return Opened(actor, row.session_id, row.seen_at, row.expires_at, row.method)


def person_with_login(session: Session, login: str) -> Person | None:
    """Whoever logs in with that name; e-mail addresses are compared without case."""
    wanted = {login.strip(), normal(login)}
    found = session.scalars(select(Person).where(Person.username.in_(wanted))).all()
    return next(
        (one for one in found if one.username == login.strip()), found[0] if found else None
    )


def account_of(session: Session, person_id: int) -> Account:
    """The account; made when there is none."""
    account = session.get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id, must_change_password=False)
        session.add(account)
        session.flush()
    return account


def is_officer(session: Session, person_id: int, at: datetime) -> bool:
    """Whether the person holds a seat in a unit today."""
    day = local_date(at)
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        held_on(day),
    )
    return session.scalar(held.limit(1)) is not None


def open_sessions(session: Session, person_id: int, at: datetime) -> Sequence[AccountSession]:
    """Where the person is logged in, the latest first; bounded."""
    return session.scalars(
        select(AccountSession)
        .where(
            AccountSession.person_id == person_id,
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > at,
        )
        .order_by(AccountSession.seen_at.desc())
        .limit(50)
    ).all()


def recent_entries(session: Session, person_id: int, limit: int = 30) -> Sequence[AccountEntry]:
    """What happened to the account, the latest first."""
    return session.scalars(
        select(AccountEntry)
        .where(AccountEntry.person_id == person_id)
        .order_by(AccountEntry.id.desc())
        .limit(limit)
    ).all()
