"""Tell the sender of feedback that it has arrived, or was answered."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.promise_mail import promise_mail
from app.domain.accounts.registrations import MailPurpose
from app.domain.feedback.complaints import Complaint
from app.queries.notice_contacts import wishes_of


def tell_arrival(session: Session, complaint: Complaint, at: datetime) -> None:
    """Promise an e-mail with the code: the sender waits for it."""
    _tell(session, MailPurpose.FEEDBACK_RECEIVED, complaint, at=at, goes_at=at)


def tell_answer(session: Session, complaint: Complaint, at: datetime) -> None:
    """Promise an e-mail with the answer, which wakes nobody."""
    goes_at = wishes_of(session, complaint.sender_id).quiet.after(at)
    _tell(session, MailPurpose.FEEDBACK_ANSWERED, complaint, at=at, goes_at=goes_at)


def _tell(
    session: Session,
    purpose: MailPurpose,
    complaint: Complaint,
    *,
    at: datetime,
    goes_at: datetime,
) -> None:
    """To the address that the account has when it goes, or that a visitor has told."""
    promise_mail(
        session,
        purpose,
        language=complaint.language,
        at=at,
        goes_at=goes_at,
        login=complaint.sender_email,
        person_id=complaint.sender_id,
        complaint_id=complaint.id,
    )
