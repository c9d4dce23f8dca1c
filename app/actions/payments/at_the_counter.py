"""What officers do about money: take it at the counter, spare it, take a demand back, refund it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.actions.payments.settle import drop, take_money
from app.actions.record import record
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import attempts_of, open_payment, payment_numbered
from app.domain.payments.rules import (
    MustBeWaived,
    UnknownPayment,
    ensure_words,
    leader_at,
    officer_at,
    step,
)
from app.domain.payments.states import AttemptState, Method, PaymentImpossible, Step, Word, heard
from app.domain.procedures.fees import PayWhen
from app.foundation.actor import Actor, Seat
from app.foundation.errors import Invalid
from app.foundation.text import gettext

#: How money comes in at a counter.
AT_COUNTER = frozenset({Method.CASH, Method.TRANSFER})


@dataclass(frozen=True, kw_only=True)
class _Opened:
    work: Casework
    payment: Payment
    seat: Seat


def record_money(
    session: Session, code: str, method: Method, document: str, *, actor: Actor, at: datetime
) -> Payment:
    """An officer has the money in cash or on the bank's statement; `document` is its number.

    Raises UnknownPayment, NotAnOfficerHere, PaymentImpossible, and Invalid.
    """
    opened = _open(session, code, actor, at, leader=False)
    if method not in AT_COUNTER:
        raise Invalid(errors={"method": [gettext("Choose how the money came in.")]})
    ensure_words(document=document)
    take_money(
        session,
        opened.work,
        opened.payment,
        method=method,
        proof=document,
        reference=None,
        bank=None,
        actor=actor,
        seat=opened.seat,
        at=at,
    )
    return opened.payment


def waive_payment(
    session: Session, code: str, reason: str, *, actor: Actor, at: datetime
) -> Payment:
    """A leader spares the payer, and says by what law; raises as `record_money`, NotALeaderHere."""
    opened = _open(session, code, actor, at, leader=True)
    return _dropped(session, opened, reason, waived=True, actor=actor, at=at)


def cancel_payment(
    session: Session, code: str, reason: str, *, actor: Actor, at: datetime
) -> Payment:
    """An officer takes a demand back that officers make; raises as `record_money`, MustBeWaived."""
    opened = _open(session, code, actor, at, leader=False)
    if opened.payment.pay_when is not PayWhen.ON_REQUEST:
        raise MustBeWaived
    return _dropped(session, opened, reason, waived=False, actor=actor, at=at)


def _dropped(
    session: Session, opened: _Opened, reason: str, *, waived: bool, actor: Actor, at: datetime
) -> Payment:
    ensure_words(reason=reason)
    seat = opened.seat
    work, payment = opened.work, opened.payment
    drop(session, work, payment, reason=reason, waived=waived, actor=actor, seat=seat, at=at)
    return payment


def refund_payment(
    session: Session,
    code: str,
    number: int,
    *,
    reference: str | None,
    document: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Payment:
    """A leader records that money went back: the fee, or what an attempt had paid too much.

    The platform moves no money itself. Raises UnknownPayment, NotALeaderHere, PaymentImpossible,
    and Invalid without document and reason.
    """
    work = _locked(session, code, at)
    seat = leader_at(work.dossier, actor)
    payment = payment_numbered(session, work.dossier.id, number)
    ensure_words(document=document, reason=reason)
    amount = payment.total
    if reference is None:
        step(payment, Step.REFUNDED)
    else:
        amount = _give_back(session, payment, reference)
    session.flush()
    told = {
        "number": number,
        "reference": reference,
        "amount": amount,
        "document": document,
        "reason": reason,
    }
    record(session, work, Event.PAYMENT_REFUNDED, told, actor=actor, seat=seat, at=at)
    return payment


def _give_back(session: Session, payment: Payment, reference: str) -> int:
    """Mark the surplus of that attempt; only what came too much goes back this way."""
    found = [one for one in attempts_of(session, payment.id) if one.reference == reference]
    if not found or found[0].state is not AttemptState.SURPLUS:
        raise PaymentImpossible
    found[0].state = heard(found[0].state, Word.REFUNDED)
    return found[0].amount


def _open(session: Session, code: str, actor: Actor, at: datetime, *, leader: bool) -> _Opened:
    work = _locked(session, code, at)
    seat = (leader_at if leader else officer_at)(work.dossier, actor)
    payment = open_payment(session, work.dossier.id)
    if payment is None:
        raise PaymentImpossible
    return _Opened(work=work, payment=payment, seat=seat)


def _locked(session: Session, code: str, at: datetime) -> Casework:
    work = open_dossier_called(session, code, at)
    if work is None:
        raise UnknownPayment
    return work
