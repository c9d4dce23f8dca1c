"""Append facts to the log of an account."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.accounts.events import AccountEntry, AccountEvent, Whence


def note(
    session: Session,
    person_id: int,
    event: AccountEvent,
    *,
    whence: Whence,
    at: datetime,
    actor_id: int | None = None,
) -> None:
    """Append one; `actor_id` is whoever did it to somebody else's account."""
    session.add(
        AccountEntry(
            person_id=person_id,
            event=event,
            at=at,
            actor_id=actor_id,
            remote=whence.remote,
            browser=whence.browser,
        )
    )
    session.flush()
