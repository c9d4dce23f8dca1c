"""Change and recover passwords; whoever was logged in elsewhere is logged out."""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.promise_mail import promise_mail
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import AccountSession
from app.domain.accounts.queries import account_of
from app.domain.accounts.registrations import (
    AccountLink,
    LinkPurpose,
    LinkVoid,
    MailPurpose,
)
from app.domain.accounts.throttling import forgive
from app.domain.people.model import Person
from app.domain.people.rules import digest_of


def ask_recovery(session: Session, login: str, *, language: str, at: datetime) -> None:
    """Promise a link for a new password; nobody is looked up, so that nothing can be told."""
    promise_mail(session, MailPurpose.RECOVER, login=login, language=language, at=at)


def link_behind(session: Session, token: str, purpose: LinkPurpose, at: datetime) -> AccountLink:
    """The link, if it still does something. Raises LinkVoid."""
    row = session.scalar(select(AccountLink).where(AccountLink.digest == digest_of(token)))
    if row is None or row.purpose is not purpose or row.used_at or row.expires_at <= at:
        raise LinkVoid
    return row


def recover(
    session: Session, token: str, password_hash: str, *, whence: Whence, language: str, at: datetime
) -> Person:
    """Set a new password by link, once; log-in is open again. Raises LinkVoid."""
    link = link_behind(session, token, LinkPurpose.RECOVER, at)
    person = session.get_one(Person, link.person_id)
    if not person.is_active:
        raise LinkVoid
    link.used_at = at
    forgive(session, person.username)
    account_of(session, person.id).email_confirmed_at = at
    _set(session, person, password_hash, at=at)
    end_sessions(session, person.id, at=at)
    note(session, person.id, AccountEvent.PASSWORD_RECOVERED, whence=whence, at=at)
    _tell(session, person, language, at)
    return person


def change_password(
    session: Session,
    person: Person,
    password_hash: str,
    *,
    keep: str | None,
    whence: Whence,
    language: str,
    at: datetime,
) -> None:
    """Replace the password; every session but the one whose token is `keep` ends."""
    _set(session, person, password_hash, at=at)
    end_sessions(session, person.id, at=at, but=keep)
    note(session, person.id, AccountEvent.PASSWORD_CHANGED, whence=whence, at=at)
    _tell(session, person, language, at)


def end_sessions(session: Session, person_id: int, *, at: datetime, but: str | None = None) -> None:
    """Log the person out everywhere, but where the cookie holds `but`.

    What a national system vouched with goes with the session it opened.
    """
    statement = update(AccountSession).where(
        AccountSession.person_id == person_id, AccountSession.ended_at.is_(None)
    )
    if but is not None:
        statement = statement.where(AccountSession.digest != digest_of(but))
    session.execute(
        statement.values(ended_at=at, id_token=None),
        execution_options={"synchronize_session": False},
    )


def void_links(session: Session, person_id: int, *, at: datetime) -> None:
    """Links that were sent before do nothing more: whoever has one need not be the owner."""
    session.execute(
        update(AccountLink)
        .where(AccountLink.person_id == person_id, AccountLink.used_at.is_(None))
        .values(used_at=at),
        execution_options={"synchronize_session": False},
    )


def issued_password() -> str:
    """A password to be handed over on paper: easy to read out, changed at the first log-in."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))


def _set(session: Session, person: Person, password_hash: str, *, at: datetime) -> None:
    person.password_hash = password_hash
    account = account_of(session, person.id)
    account.must_change_password = False
    account.password_changed_at = at
    void_links(session, person.id, at=at)
    session.flush()


def _tell(session: Session, person: Person, language: str, at: datetime) -> None:
    if person.email:
        promise_mail(
            session, MailPurpose.PASSWORD_CHANGED, person_id=person.id, language=language, at=at
        )
