"""Come in: a secret is checked, counted when wrong, and answered with a session."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.promise_mail import promise_mail
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import AccountSession, LogInMethod
from app.domain.accounts.queries import person_with_login
from app.domain.accounts.registrations import MailPurpose
from app.domain.accounts.throttling import count_failure, forgive
from app.domain.people.model import Person
from app.domain.people.rules import digest_of


def begin_session(
    session: Session,
    person_id: int,
    *,
    method: LogInMethod,
    life: timedelta,
    whence: Whence,
    at: datetime,
    id_token: bytes | None = None,
) -> str:
    """A session of that length; returns what the cookie holds, of which only the digest is kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        AccountSession(
            person_id=person_id,
            digest=digest_of(token),
            method=method,
            created_at=at,
            seen_at=at,
            expires_at=at + life,
            remote=whence.remote,
            browser=whence.browser,
            id_token=id_token,
        )
    )
    note(session, person_id, AccountEvent.LOGGED_IN, whence=whence, at=at)
    return token


def refuse_secret(
    session: Session,
    login: str,
    person: Person | None,
    *,
    whence: Whence,
    language: str,
    at: datetime,
) -> None:
    """Count a wrong secret, for a name that exists and for one that does not alike.

    The owner of an account is told of it; so is, by e-mail, whose log-in has been paused.
    """
    paused = count_failure(session, login, whence.remote, at)
    if person is not None:
        event = AccountEvent.LOCKED if paused else AccountEvent.LOG_IN_FAILED
        note(session, person.id, event, whence=whence, at=at)
    if paused:
        # By number where somebody is known: what is counted need not be a name to log in with.
        promise_mail(
            session,
            MailPurpose.LOCKED,
            login=login,
            person_id=person.id if person else None,
            language=language,
            at=at,
        )


def accept_secret(session: Session, login: str) -> None:
    """Forget the failures of a name whose secret was right."""
    forgive(session, login)


def known_person(session: Session, login: str) -> Person | None:
    """Whoever could log in with that name; a locked person could not."""
    person = person_with_login(session, login)
    return person if person is not None and person.is_active else None
