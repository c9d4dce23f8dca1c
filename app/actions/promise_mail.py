"""Promise an e-mail about an account; it leaves after the commit."""

import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.accounts.registrations import AccountMail, MailPurpose
from app.foundation.appointments import POST, comes_due


def link_token(secret: str, mail_id: int) -> str:
    """The secret part of what that e-mail brings: sent again after a failure it is the same."""
    return hmac.digest(secret.encode(), f"link:{mail_id}".encode(), "sha256").hex()


def promise_mail(
    session: Session,
    purpose: MailPurpose,
    *,
    language: str,
    at: datetime,
    goes_at: datetime | None = None,
    login: str | None = None,
    person_id: int | None = None,
    registration_id: int | None = None,
    draft_id: str | None = None,
    complaint_id: int | None = None,
) -> AccountMail:
    """Write the promise down; who is meant, if anybody, is found out by whoever keeps it.

    It goes at once, or not before `goes_at`.
    """
    goes_at = goes_at or at
    mail = AccountMail(
        purpose=purpose,
        login=login,
        person_id=person_id,
        registration_id=registration_id,
        draft_id=draft_id,
        complaint_id=complaint_id,
        language=language,
        created_at=at,
        available_at=goes_at,
    )
    session.add(mail)
    session.flush()
    comes_due(session, goes_at, whom=POST)
    return mail
