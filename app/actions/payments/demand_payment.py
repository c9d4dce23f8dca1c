"""Ask for a fee: by an officer at a step, or by the platform where the law fixes the time."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.dossier_at_work import dossier_at_work
from app.actions.keep_clocks import entries_of, keep_clocks
from app.actions.record import Entry, record_all
from app.actions.set_aside import open_steps, set_aside
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import move_to
from app.domain.dossiers.status import Status
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import next_number, open_payment
from app.domain.payments.rules import (
    AlreadyDemanded,
    NothingToDemand,
    ensure_words,
    resumes_after,
)
from app.domain.payments.states import PaymentState
from app.domain.procedures.fees import Bill, PayWhen, bill, given
from app.engine import Outcome, look, waiting
from app.foundation.actor import SYSTEM, Actor, Seat
from app.queries.payment_holds import PAID_MESSAGE


def demand_payment(
    session: Session, code: str, reason: str, *, actor: Actor, at: datetime
) -> Payment:
    """An officer asks for the fees that are asked for on request.

    The dossier waits for the money (status 6) unless its diagram does so by itself, or the office
    is done. Raises UnknownDossier, NotAtWorkHere, AlreadyDemanded, NothingToDemand,
    CannotWaitHere, FeeUnclear, and Invalid without a reason.
    """
    found = dossier_at_work(session, code, actor=actor, at=at)
    work, dossier = found.work, found.work.dossier
    ensure_words(reason=reason)
    if open_payment(session, dossier.id):
        raise AlreadyDemanded
    resumes = resumes_after(dossier)
    asked = bill_of(work, PayWhen.ON_REQUEST, at)
    if not asked.lines:
        raise NothingToDemand
    if waits_by_itself(work):
        resumes = None
    payment = _add(
        session, work, PayWhen.ON_REQUEST, asked, resumes, reason=reason, actor=actor, at=at
    )
    _tell(session, work, payment, actor=actor, seat=found.seat, at=at)
    return payment


def demand_at_result(session: Session, work: Casework, *, at: datetime) -> Payment | None:
    """The platform asks for what is paid against the result; nothing else changes."""
    asked = bill_of(work, PayWhen.AT_RESULT, at)
    if not asked.lines or open_payment(session, work.dossier.id):
        return None
    payment = _add(session, work, PayWhen.AT_RESULT, asked, None, at=at)
    _tell(session, work, payment, actor=SYSTEM, seat=None, at=at)
    return payment


def prepare_prepaid(
    session: Session, work: Casework, outcome: Outcome, wanted: Status | None, *, at: datetime
) -> Payment | None:
    """Before the first run is written: what has to be paid before anybody looks at the dossier.

    The dossier begins in status 6 then (spec SLA-7), unless its diagram waits by itself.
    """
    asked = bill_of(work, PayWhen.PREPAID, at)
    if not asked.lines:
        return None
    by_itself = any(wait.event == PAID_MESSAGE for wait in outcome.waiting)
    waits = wanted in (None, Status.SUBMITTED, Status.RECEIVED, Status.IN_PROGRESS)
    resumes = Status.SUBMITTED if waits and not by_itself else None
    payment = _add(session, work, PayWhen.PREPAID, asked, resumes, at=at)
    if resumes is not None:
        work.dossier.status = Status.AWAITING_PAYMENT
    return payment


def tell_prepaid(session: Session, work: Casework, payment: Payment, *, at: datetime) -> None:
    """After the first run: its entry in the record; the steps that it opened have to wait."""
    _record(session, work, payment, [], actor=SYSTEM, seat=None, at=at)
    if payment.resumes is not None:
        set_aside(session, open_steps(session, work))


def bill_of(work: Casework, when: PayWhen, at: datetime) -> Bill:
    """What the dossier pays at that time by the version it runs on; raises FeeUnclear."""
    dossier: Dossier = work.dossier
    told = given(
        channel=dossier.channel.value,
        owner_kind=dossier.owner_kind.value,
        case=dossier.case_key,
        at=dossier.submitted_at,
    )
    return bill(work.version.catalogue.fees, when, dict(dossier.data) | told, at=at)


def waits_by_itself(work: Casework) -> bool:
    """Whether the diagram stands where it waits for the payment."""
    waits = waiting(work.definition, work.process.snapshot)
    return any(wait.event == PAID_MESSAGE for wait in waits)


def _add(
    session: Session,
    work: Casework,
    when: PayWhen,
    asked: Bill,
    resumes: Status | None,
    *,
    reason: str = "",
    actor: Actor = SYSTEM,
    at: datetime,
) -> Payment:
    days = asked.pay_within_days
    payment = Payment(
        dossier_id=work.dossier.id,
        number=next_number(session, work.dossier.id),
        state=PaymentState.UNPAID,
        pay_when=when,
        lines=[line.as_dict() for line in asked.lines],
        spared=[{"code": code, "reason": law} for code, law in asked.spared],
        total=asked.total,
        reason=reason,
        demanded_at=at,
        demanded_by_id=actor.person_id,
        pay_by=at + timedelta(days=days) if days else None,
        resumes=resumes,
    )
    session.add(payment)
    session.flush()
    return payment


def _tell(
    session: Session,
    work: Casework,
    payment: Payment,
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """The dossier waits if it has to; then the record."""
    facts: list[Entry] = []
    if payment.resumes is not None:
        before = work.dossier.status
        move_to(work.dossier, Status.AWAITING_PAYMENT, at)
        set_aside(session, open_steps(session, work))
        stands = look(work.definition, work.process.snapshot, now=at)
        facts = entries_of(keep_clocks(session, work, stands, before=before, at=at))
    _record(session, work, payment, facts, actor=actor, seat=seat, at=at)


def _record(
    session: Session,
    work: Casework,
    payment: Payment,
    facts: list[Entry],
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    told = {
        "number": payment.number,
        "when": payment.pay_when.value,
        "lines": payment.lines,
        "spared": payment.spared,
        "total": payment.total,
        "reason": payment.reason,
        "pay_by": payment.pay_by.isoformat() if payment.pay_by else None,
        "holds": payment.resumes is not None,
        "status": int(work.dossier.status),
    }
    demand = Entry(event=Event.PAYMENT_DEMANDED, told=told, actor=actor, seat=seat)
    record_all(session, work, [demand, *facts], at=at)
    session.flush()
