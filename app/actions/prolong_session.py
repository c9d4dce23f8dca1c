"""Stay logged in a while longer."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.accounts.model import AccountSession


def prolong_session(
    session: Session, session_id: int, *, life: timedelta, most: timedelta, at: datetime
) -> datetime:
    """Let the session last `life` from now on, but never longer than `most` after the log-in.

    Returns when it ends. An ended session stays ended.
    """
    row = session.get_one(AccountSession, session_id, with_for_update=True)
    if row.ended_at is None and row.expires_at > at:
        row.expires_at = max(row.expires_at, min(at + life, row.created_at + most))
        row.seen_at = at
        session.flush()
    return row.expires_at
