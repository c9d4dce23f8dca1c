"""A citizen sends feedback or a complaint (phản ánh, kiến nghị, spec R2-14)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.feedback.note_act import note_act
from app.actions.feedback.tell_sender import tell_arrival
from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.model import Dossier
from app.domain.feedback.complaint_chain import code_of, told_of
from app.domain.feedback.complaint_rules import Message, answer_due
from app.domain.feedback.complaints import Act, Complaint, ComplaintCounter, ConcernedOfficer
from app.domain.inbox.rules import is_applicant
from app.domain.people.model import Person, Unit
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.db import upsert_counter
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.officers_meant import officers_meant


def send_feedback(
    session: Session, message: Message, *, actor: Actor, at: datetime, language: str
) -> Complaint:
    """Keep it for the leaders of the unit, never for whom it is about, and promise an e-mail.

    The term for the answer runs from now on. Raises Invalid for a dossier that is not the actor's
    own and for an unknown unit, NoCalendar.
    """
    dossier = _own_dossier(session, message.dossier, actor) if message.dossier else None
    unit_id = dossier.handling_unit_id if dossier else _unit(session, message.unit, at)
    sender = session.get_one(Person, actor.person_id) if actor.person_id is not None else None
    complaint = Complaint(
        code=_code(session, at),
        concern=message.concern,
        unit_id=unit_id,
        dossier_id=dossier.id if dossier else None,
        procedure_id=dossier.procedure_id if dossier else _procedure(session, message.procedure),
        officer=message.officer,
        subject=message.subject,
        text=message.text,
        sender_id=actor.person_id,
        sender_name=sender.name if sender else message.name,
        sender_email=None if sender else message.email,
        language=language,
        sent_at=at,
        due_at=answer_due(calendar_for(session, unit_id, at).calendar, at),
    )
    session.add(complaint)
    session.flush()
    _keep(session, complaint, actor, at)
    return complaint


def _keep(session: Session, complaint: Complaint, actor: Actor, at: datetime) -> None:
    meant = officers_meant(
        session,
        unit_id=complaint.unit_id,
        dossier_id=complaint.dossier_id,
        concern=complaint.concern,
        officer=complaint.officer,
        subject=complaint.subject,
        text=complaint.text,
    )
    session.add_all(
        ConcernedOfficer(complaint_id=complaint.id, person_id=number) for number in meant
    )
    note_act(
        session,
        complaint,
        Act.SENT,
        told_of(complaint, meant),
        actor=actor,
        seat=None,
        at=at,
    )
    tell_arrival(session, complaint, at)


def _own_dossier(session: Session, code: str, actor: Actor) -> Dossier:
    """Somebody else's dossier is answered as one that does not exist."""
    found = session.scalar(select(Dossier).where(Dossier.code == code))
    if found is None or not is_applicant(found, actor):
        told = gettext(
            "You have no dossier with this code. Without an account, look it up first with code "
            "and identity number."
        )
        raise Invalid(errors={"dossier": [told]})
    return found


def _unit(session: Session, code: str, at: datetime) -> int:
    day = local_date(at)
    unit = session.scalar(select(Unit).where(Unit.code == code, Unit.valid_from <= day))
    if unit is None or (unit.valid_to is not None and unit.valid_to < day):
        raise Invalid(errors={"unit": [gettext("Choose the agency it is about.")]})
    return unit.id


def _procedure(session: Session, key: str) -> int | None:
    return session.scalar(select(Procedure.id).where(Procedure.key == key)) if key else None


def _code(session: Session, at: datetime) -> str:
    day = local_date(at)
    return code_of(day, upsert_counter(session, ComplaintCounter, day=day))
