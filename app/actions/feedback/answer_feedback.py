"""A leader takes feedback up, and answers it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.feedback.note_act import note_act
from app.actions.feedback.tell_sender import tell_answer
from app.domain.feedback.complaint_chain import digest
from app.domain.feedback.complaint_rules import ComplaintTaken, ensure_open
from app.domain.feedback.complaints import Act, Complaint, ComplaintState
from app.foundation.actor import Actor
from app.queries.complaint_pages import Handled, handled_complaint


def take_up_feedback(session: Session, code: str, *, actor: Actor, at: datetime) -> Complaint:
    """Say that it is looked into. Raises UnknownComplaint, ComplaintAnswered, ComplaintTaken."""
    handled = _locked(session, code, actor)
    complaint = handled.complaint
    if complaint.state is ComplaintState.HANDLING:
        raise ComplaintTaken
    note_act(session, complaint, Act.TAKEN_UP, {}, actor=actor, seat=handled.seat, at=at)
    return complaint


def answer_feedback(
    session: Session, code: str, answer: str, *, actor: Actor, at: datetime
) -> Complaint:
    """Answer, once and for all; the sender is told. Raises UnknownComplaint, ComplaintAnswered.

    `answer` is what `read_answer` has checked.
    """
    handled = _locked(session, code, actor)
    complaint = handled.complaint
    complaint.answer, complaint.answered_at = answer, at
    told = {"answer": digest(answer)}
    note_act(session, complaint, Act.ANSWERED, told, actor=actor, seat=handled.seat, at=at)
    tell_answer(session, complaint, at)
    return complaint


def _locked(session: Session, code: str, actor: Actor) -> Handled:
    """Two leaders at once: the second finds what the first has done."""
    session.scalar(
        select(Complaint)
        .where(Complaint.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    handled = handled_complaint(session, code, actor)
    ensure_open(handled.complaint)
    return handled
