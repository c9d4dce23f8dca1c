"""Log out: here, a device elsewhere, or every other one."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.change_password import end_sessions
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import AccountSession
from app.domain.people.rules import digest_of
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class UnknownSession(NotFound):
    """It is not one of the actor's, or has ended."""

    message = lazy_gettext("You are no longer logged in there.")


def log_out_here(session: Session, token: str, *, whence: Whence, at: datetime) -> bytes | None:
    """End the session of this cookie; returns what a national system wants back, sealed."""
    row = session.scalar(select(AccountSession).where(AccountSession.digest == digest_of(token)))
    if row is None or row.ended_at is not None:
        return None
    id_token, row.id_token = row.id_token, None
    row.ended_at = at
    note(session, row.person_id, AccountEvent.LOGGED_OUT, whence=whence, at=at)
    return id_token


def end_session(
    session: Session, session_id: int, person_id: int, *, whence: Whence, at: datetime
) -> None:
    """End a session of one's own. Raises UnknownSession."""
    row = session.get(AccountSession, session_id)
    if row is None or row.person_id != person_id or row.ended_at is not None:
        raise UnknownSession
    row.ended_at, row.id_token = at, None
    note(session, person_id, AccountEvent.SESSION_ENDED, whence=whence, at=at)


def end_other_sessions(
    session: Session, person_id: int, token: str | None, *, whence: Whence, at: datetime
) -> None:
    """End every session of one's own but the one of this cookie."""
    end_sessions(session, person_id, at=at, but=token)
    note(session, person_id, AccountEvent.SESSION_ENDED, whence=whence, at=at)


def touch_session(session: Session, session_id: int, *, at: datetime) -> None:
    """Remember when it was last used."""
    session.execute(
        update(AccountSession).where(AccountSession.id == session_id).values(seen_at=at),
        execution_options={"synchronize_session": False},
    )
