"""What is heard of an attempt to pay online, and what follows: the dossier's lock comes first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.payments.settle import take_money
from app.actions.record import record
from app.domain.journal.events import Event
from app.domain.payments.model import Payment, PaymentAttempt
from app.domain.payments.queries import attempts_of, payment_numbered
from app.domain.payments.rules import is_open, step
from app.domain.payments.states import AttemptState, Method, PaymentState, Step, Word, heard
from app.foundation.actor import SYSTEM

#: Attempts of which nothing final was heard.
UNDER_WAY = frozenset({AttemptState.CREATED, AttemptState.WAITING})


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """An attempt and its demand, under the lock of their dossier."""

    work: Casework
    payment: Payment
    attempt: PaymentAttempt


def attempt_at_hand(session: Session, reference: str, at: datetime) -> AtHand | None:
    """The attempt of that reference with everything around it, locked; None if nobody knows it."""
    row = session.execute(
        select(PaymentAttempt.id, Payment.dossier_id, Payment.number)
        .join(Payment, Payment.id == PaymentAttempt.payment_id)
        .where(PaymentAttempt.reference == reference)
    ).one_or_none()
    if row is None:
        return None
    work = open_dossier(session, row.dossier_id, at)
    if work is None:
        return None
    payment = payment_numbered(session, row.dossier_id, row.number)
    attempt = session.get_one(PaymentAttempt, row.id, populate_existing=True)
    return AtHand(work=work, payment=payment, attempt=attempt)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the gateway says of an attempt."""

    paid: bool
    transaction: str
    bank: str
    #: Its code, or one word of ours.
    code: str


def hear(session: Session, hand: AtHand, outcome: Outcome, *, at: datetime) -> bool:
    """Let the attempt, its demand and the dossier follow; False when it changes nothing.

    Money always counts: for the demand while that is open, otherwise as a surplus that the office
    gives back.
    """
    attempt = hand.attempt
    word = _word(hand, outcome)
    after = heard(attempt.state, word)
    if after is attempt.state:
        return False
    attempt.state = after
    attempt.transaction, attempt.bank = outcome.transaction or None, outcome.bank or None
    attempt.outcome, attempt.settled_at, attempt.ask_at = outcome.code, at, None
    session.flush()
    if word is Word.MONEY:
        _paid(session, hand, outcome, at)
    elif word is Word.EXTRA:
        told = _reference(hand) | {"amount": attempt.amount}
        told |= {"proof": outcome.transaction, "bank": outcome.bank}
        record(session, hand.work, Event.PAYMENT_SURPLUS, told, actor=SYSTEM, seat=None, at=at)
    else:
        _declined(session, hand, outcome, at)
    session.flush()
    return True


def _word(hand: AtHand, outcome: Outcome) -> Word:
    if not outcome.paid:
        return Word.DECLINED
    return Word.MONEY if is_open(hand.payment) else Word.EXTRA


def _paid(session: Session, hand: AtHand, outcome: Outcome, at: datetime) -> None:
    take_money(
        session,
        hand.work,
        hand.payment,
        method=Method.ONLINE,
        proof=outcome.transaction,
        reference=hand.attempt.reference,
        bank=outcome.bank,
        actor=SYSTEM,
        seat=None,
        at=at,
    )


def _declined(session: Session, hand: AtHand, outcome: Outcome, at: datetime) -> None:
    others = attempts_of(session, hand.payment.id)
    if hand.payment.state is PaymentState.WAITING and not any(
        one.state in UNDER_WAY for one in others
    ):
        step(hand.payment, Step.MISSED)
    session.flush()
    told = _reference(hand) | {"outcome": outcome.code}
    record(session, hand.work, Event.PAYMENT_FAILED, told, actor=SYSTEM, seat=None, at=at)


def _reference(hand: AtHand) -> dict[str, Any]:
    return {"number": hand.payment.number, "reference": hand.attempt.reference}
