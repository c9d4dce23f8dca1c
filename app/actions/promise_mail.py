"""Promise an e-mail about an account; it leaves after the commit."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.accounts.registrations import AccountMail, MailPurpose
from app.foundation.appointments import POST, comes_due


def promise_mail(
    session: Session,
    purpose: MailPurpose,
    *,
    language: str,
    at: datetime,
    login: str | None = None,
    person_id: int | None = None,
    registration_id: int | None = None,
    draft_id: str | None = None,
) -> AccountMail:
    """Write the promise down; who is meant, if anybody, is found out by whoever keeps it."""
    mail = AccountMail(
        purpose=purpose,
        login=login,
        person_id=person_id,
        registration_id=registration_id,
        draft_id=draft_id,
        language=language,
        created_at=at,
        available_at=at,
    )
    session.add(mail)
    session.flush()
    comes_due(session, at, whom=POST)
    return mail
