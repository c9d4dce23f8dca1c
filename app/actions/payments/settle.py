"""The end of a demand, whatever ends it: the dossier goes on, and the record says why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.escalate import settle_escalations
from app.actions.keep_clocks import entries_of, keep_clocks
from app.actions.payments.demand_payment import demand_at_result, waits_by_itself
from app.actions.record import Entry, record_all
from app.actions.set_aside import open_steps, take_up
from app.domain.dossiers.codes import allot_register_number
from app.domain.dossiers.rules import move_to
from app.domain.dossiers.status import Status
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import payments_of
from app.domain.payments.rules import step
from app.domain.payments.states import Method, Step
from app.domain.people.model import Unit
from app.domain.procedures.fees import PayWhen
from app.engine import look
from app.foundation.actor import Actor, Seat
from app.foundation.appointments import comes_due
from app.foundation.clock import local_date

#: The register book that receipts are numbered in, anew every year for each unit.
RECEIPT_BOOK = "bien-lai"


def take_money(
    session: Session,
    work: Casework,
    payment: Payment,
    *,
    method: Method,
    proof: str,
    reference: str | None,
    bank: str | None,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """The money is there: a receipt gets its number, and the dossier goes on.

    A diagram that waits for the payment by itself is told afterwards, in a transaction of its own
    (`tell_diagram`): whatever it does then, the money stays recorded.
    """
    step(payment, Step.PAID)
    payment.method, payment.proof = method, proof
    payment.receipt = _receipt_number(session, work, at)
    if waits_by_itself(work):
        payment.tell_at = at
        comes_due(session, at)
    told = {
        "number": payment.number,
        "method": method.value,
        "amount": payment.total,
        "reference": reference,
        "proof": proof,
        "bank": bank,
        "receipt": payment.receipt,
    }
    _end(session, work, payment, Event.PAYMENT_RECEIVED, told, actor=actor, seat=seat, at=at)
    if work.dossier.status is Status.RESULT_READY:
        demand_what_is_left(session, work, at=at)


def drop(
    session: Session,
    work: Casework,
    payment: Payment,
    *,
    reason: str,
    waived: bool,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """The fee is asked for no more; `waived` where the law spares the payer."""
    step(payment, Step.CANCELLED)
    payment.method = Method.WAIVER if waived else None
    payment.end_reason = reason
    if waived and waits_by_itself(work):
        payment.tell_at = at
        comes_due(session, at)
    told = {"number": payment.number, "waived": waived, "reason": reason}
    _end(session, work, payment, Event.PAYMENT_CANCELLED, told, actor=actor, seat=seat, at=at)


def demand_what_is_left(session: Session, work: Casework, *, at: datetime) -> None:
    """Ask for what is paid against the result, once."""
    known = payments_of(session, work.dossier.id)
    if all(one.pay_when is not PayWhen.AT_RESULT for one in known):
        demand_at_result(session, work, at=at)


def _end(
    session: Session,
    work: Casework,
    payment: Payment,
    event: Event,
    told: Mapping[str, Any],
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    dossier = work.dossier
    payment.settled_at, payment.settled_by_id = at, actor.person_id
    session.flush()
    again: dict[str, Any] = {"steps": [], "editions": {}}
    facts: list[Entry] = []
    if payment.resumes is not None and dossier.status is Status.AWAITING_PAYMENT:
        before = dossier.status
        move_to(dossier, payment.resumes, at)
        again = take_up(session, work, open_steps(session, work), since=payment.demanded_at, at=at)
        stands = look(work.definition, work.process.snapshot, now=at)
        facts = entries_of(keep_clocks(session, work, stands, before=before, at=at))
        settle_escalations(session, work, at=at)
    full = dict(told) | again | {"status": int(dossier.status)}
    record_all(
        session, work, [Entry(event=event, told=full, actor=actor, seat=seat), *facts], at=at
    )
    session.flush()


def _receipt_number(session: Session, work: Casework, at: datetime) -> str:
    """`H27.30-BL-2024-000017`: unit, year, and the running number in the unit's book."""
    unit_id, year = work.dossier.handling_unit_id, local_date(at).year
    number = allot_register_number(session, unit_id, RECEIPT_BOOK, year)
    unit = session.get_one(Unit, unit_id)
    return f"{unit.code}-BL-{year}-{number:06d}"
