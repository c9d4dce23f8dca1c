"""Give a person a bearer token for the API."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.people.model import AccessToken, Person
from app.domain.people.rules import digest_of

#: A token is good for this long.
TOKEN_LIFE = timedelta(days=90)


def issue_token(session: Session, person: Person, *, at: datetime) -> str:
    """A fresh token; only its digest is kept, so it is shown once."""
    token = secrets.token_urlsafe(32)
    session.add(
        AccessToken(
            person_id=person.id, digest=digest_of(token), created_at=at, expires_at=at + TOKEN_LIFE
        )
    )
    session.flush()
    return token
