"""`/dossiers`: hand one in, see where it stands, read its journal."""

from typing import Any

from flask import url_for

from app.actions.deliver_event import Told, deliver_event
from app.actions.submit_dossier import Application, SubmissionUnderWay, submit_dossier
from app.actions.withdraw_dossier import Withdrawal, withdraw_dossier
from app.api.applicants import acting_for, owner_of
from app.api.auth import authenticated
from app.api.documentation import Room
from app.api.idempotency import PARAMETER, idempotency_key
from app.api.reads.clock import clock_told
from app.api.reads.dossier import dossier_status
from app.api.reads.journal import journal_page
from app.api.reads.payments import payments_told
from app.api.reads.reader import open_for_reading
from app.api.result_returns import return_choice_of
from app.api.v1.schemas.clocks import ClockSchema
from app.api.v1.schemas.dossiers import (
    ApplicationSchema,
    DossierSchema,
    EventSchema,
    EventTakenSchema,
    JournalQuery,
    JournalSchema,
    ReceiptSchema,
    WithdrawalSchema,
)
from app.api.v1.schemas.payments import PaymentsSchema
from app.domain.dossiers.model import Dossier
from app.domain.procedures.queries import NotOffered, UnknownProcedure
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid

room = Room("dossiers", "Matters of citizens and organisations.")


@room.route("", methods=["POST"], parameters=[PARAMETER])
@authenticated
@room.problems(400, 409, 413, 415, 422)
@room.arguments(ApplicationSchema)
@room.response(201, ReceiptSchema, headers={"Location": {"schema": {"type": "string"}}})
def submit(actor: Actor, body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Hand in a dossier; a repeat with the same key gives the dossier of the first time."""
    dossier = _submit_once(body, actor=actor, key=idempotency_key())
    receipt = {
        "code": dossier.code,
        "status": int(dossier.status),
        "status_name": dossier.status.name,
        "submitted_at": dossier.submitted_at,
        "due_at": dossier.due_at_current,
    }
    return receipt, 201, {"Location": url_for("api-dossiers.read", code=dossier.code)}


def _submit_once(body: dict[str, Any], *, actor: Actor, key: str | None) -> Dossier:
    """Submit; if a twin with the same key was faster, answer what the twin got."""
    try:
        return _submit(body, actor=actor, key=key)
    except SubmissionUnderWay:
        # The twin has committed, or else its key would not have been in the way.
        return _submit(body, actor=actor, key=key)


def _submit(body: dict[str, Any], *, actor: Actor, key: str | None) -> Dossier:
    with transaction() as session:
        owner = owner_of(session, actor, body["applicant"])
        application = Application(
            procedure=body["procedure"],
            case=body["case"],
            unit=body["unit"],
            applicant=owner,
            authorisation=acting_for(session, actor, body["authorisation"], owner),
            data=body["data"],
            result_return=return_choice_of(body["result_return"]),
        )
        try:
            return submit_dossier(session, application, actor=actor, at=now(), key=key)
        except UnknownProcedure as error:
            raise Invalid(errors={"procedure": [str(error)]}) from error
        except NotOffered as error:
            raise Invalid(errors={"unit": [str(error)]}) from error


@room.route("/<code:code>")
@authenticated
@room.problems()
@room.response(200, DossierSchema)
def read(actor: Actor, code: str) -> dict[str, Any]:
    """Where the dossier stands, for its applicant, involved officers and auditors."""
    return dossier_status(db.session(), code, actor)


@room.route("/<code:code>/events", methods=["POST"], parameters=[PARAMETER])
@authenticated
@room.problems(400, 403, 409, 413, 415, 422)
@room.arguments(EventSchema)
@room.response(200, EventTakenSchema)
def tell(actor: Actor, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Tell the dossier that something it waits for has happened; a repeat does no harm."""
    key = idempotency_key()
    with transaction() as session:
        return deliver_event(session, code, Told(**body), actor=actor, at=now(), key=key)


@room.route("/<code:code>/withdrawal", methods=["POST"])
@authenticated
@room.problems(400, 403, 409, 413, 415, 422)
@room.arguments(WithdrawalSchema)
@room.response(200, DossierSchema)
def withdraw(actor: Actor, body: dict[str, Any], code: str) -> dict[str, Any]:
    """Withdraw the dossier as its applicant; a repeat changes nothing and gets the same answer."""
    with transaction() as session:
        withdraw_dossier(session, code, Withdrawal(**body), actor=actor, at=now())
    return dossier_status(db.session(), code, actor)


@room.route("/<code:code>/clock")
@authenticated
@room.problems()
@room.response(200, ClockSchema)
def read_clock(actor: Actor, code: str) -> dict[str, Any]:
    """How every date of the dossier is counted; officers also see whose time it was."""
    session = db.session()
    return clock_told(session, open_for_reading(session, code, actor), now())


@room.route("/<code:code>/payments")
@authenticated
@room.problems()
@room.response(200, PaymentsSchema)
def read_payments(actor: Actor, code: str) -> dict[str, Any]:
    """What the dossier has to pay and has paid, fee by fee."""
    session = db.session()
    return payments_told(session, open_for_reading(session, code, actor))


@room.route("/<code:code>/journal")
@authenticated
@room.problems(422)
@room.arguments(JournalQuery, location="query")
@room.response(200, JournalSchema)
def read_journal(actor: Actor, query: dict[str, int], code: str) -> dict[str, Any]:
    """What happened, oldest first; applicants do not see the inner side of the office's steps."""
    session = db.session()
    reading = open_for_reading(session, code, actor)
    return journal_page(session, reading, actor, after=query["after"], limit=query["limit"])
