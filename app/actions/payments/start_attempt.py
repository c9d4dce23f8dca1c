"""Pay online: an attempt with a reference of its own, told to the gateway between two commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.actions.payments.attempts import UNDER_WAY, AtHand, Outcome, attempt_at_hand, hear
from app.actions.record import record
from app.domain.dossiers.model import Dossier
from app.domain.inbox.rules import RECEPTION, is_applicant, stands_in
from app.domain.journal.events import Event
from app.domain.payments.gateway import Announced, GatewayFails, Order, PaymentGateway
from app.domain.payments.model import GatewayMessage, Payment, PaymentAttempt
from app.domain.payments.queries import attempts_of, open_payment
from app.domain.payments.rules import UnknownPayment, ensure_payable, step
from app.domain.payments.states import AttemptState, PaymentImpossible, Step, Word, heard
from app.domain.people.model import Unit
from app.domain.procedures.fees import FeeKind, Line
from app.foundation.actor import Actor, Seat
from app.foundation.appointments import comes_due
from app.foundation.partner_messages import Direction

#: The gateway is asked about an attempt that is older than this (spec §8).
ASK_AFTER = timedelta(minutes=30)
#: So long the payer who comes back is led to the address he was given before.
ADDRESS_LIVES = timedelta(minutes=15)
#: Attempts at one demand; whoever needs more comes to the counter.
MOST_ATTEMPTS = 50


@dataclass(frozen=True, kw_only=True)
class Begun:
    """An attempt that has begun: where to pay, or what the gateway has to be told first."""

    reference: str
    url: str | None
    order: Order | None


@dataclass(frozen=True, kw_only=True)
class Payer:
    """Where the payer sits."""

    language: str
    ip: str


def start_attempt(
    session: Session, code: str, payer: Payer, *, fresh: bool, actor: Actor, at: datetime
) -> Begun:
    """Begin an attempt; a payer who comes back soon goes on with the last one unless `fresh`.

    Raises UnknownPayment, also for those who may not pay, and PaymentImpossible.
    """
    work, seat = _open(session, code, actor, at)
    payment = open_payment(session, work.dossier.id)
    if payment is None:
        raise PaymentImpossible
    ensure_payable(payment, work.dossier)
    if not fresh and (known := _recent(session, payment, at)):
        return Begun(reference=known.reference, url=known.url, order=None)
    attempt = _add(session, work, payment, at)
    step(payment, Step.STARTED)
    session.flush()
    told = {"number": payment.number, "reference": attempt.reference, "amount": attempt.amount}
    record(session, work, Event.PAYMENT_STARTED, told, actor=actor, seat=seat, at=at)
    order = _order(session, work, attempt, payer, payment.lines)
    return Begun(reference=attempt.reference, url=None, order=order)


def announced(session: Session, reference: str, told: Announced, *, at: datetime) -> str:
    """The gateway has taken the order; gives the address to pay at."""
    hand = _hand(session, reference, at)
    attempt = hand.attempt
    attempt.url = told.url
    attempt.state = heard(attempt.state, Word.ANNOUNCED)
    for direction, body in ((Direction.SENT, told.sent), (Direction.RECEIVED, told.received)):
        said = {"direction": direction, "kind": "init", "result": "ok", "body": body}
        session.add(GatewayMessage(attempt_id=attempt.id, at=at, **said))
    session.flush()
    return told.url


def not_announced(session: Session, reference: str, failure: GatewayFails, *, at: datetime) -> None:
    """The gateway has not taken it, as far as we know: the payer may try again at once."""
    hand = _hand(session, reference, at)
    said = {"kind": "init", "result": failure.result, "body": failure.body}
    session.add(GatewayMessage(attempt_id=hand.attempt.id, at=at, direction=Direction.SENT, **said))
    outcome = Outcome(paid=False, transaction="", bank="", code=failure.result)
    hear(session, hand, outcome, at=at)


def announce(gateway: PaymentGateway, order: Order) -> Announced:
    """Tell the gateway; to be called between the two transactions. Raises GatewayFails."""
    return gateway.announce(order)


def _hand(session: Session, reference: str, at: datetime) -> AtHand:
    found = attempt_at_hand(session, reference, at)
    if found is None:
        raise UnknownPayment
    return found


def _open(session: Session, code: str, actor: Actor, at: datetime) -> tuple[Casework, Seat | None]:
    work = open_dossier_called(session, code, at)
    if work is None or not may_pay(work.dossier, actor):
        raise UnknownPayment
    return work, actor.seat_for(RECEPTION, work.dossier.receiving_unit_id)


def may_pay(dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor is the applicant, or the counter that stands in for him."""
    return is_applicant(dossier, actor) or stands_in(dossier, actor)


def _recent(session: Session, payment: Payment, at: datetime) -> PaymentAttempt | None:
    """The newest attempt, while the payer may still pay at its address."""
    known = attempts_of(session, payment.id)[:1]
    return next(
        (
            one
            for one in known
            if one.url and one.state in UNDER_WAY and at - one.created_at < ADDRESS_LIVES
        ),
        None,
    )


def _add(session: Session, work: Casework, payment: Payment, at: datetime) -> PaymentAttempt:
    made = session.scalar(
        select(func.count())
        .select_from(PaymentAttempt)
        .where(PaymentAttempt.payment_id == payment.id)
    )
    if (made or 0) >= MOST_ATTEMPTS:
        raise PaymentImpossible
    attempt = PaymentAttempt(
        payment_id=payment.id,
        reference=f"{work.dossier.code}-{payment.number}{(made or 0) + 1:02d}",
        state=AttemptState.CREATED,
        amount=payment.total,
        created_at=at,
        ask_at=at + ASK_AFTER,
        asked=0,
    )
    session.add(attempt)
    session.flush()
    comes_due(session, at + ASK_AFTER)
    return attempt


def _order(
    session: Session,
    work: Casework,
    attempt: PaymentAttempt,
    payer: Payer,
    lines: Sequence[Mapping[str, Any]],
) -> Order:
    dossier, catalogue = work.dossier, work.version.catalogue
    unit = session.get_one(Unit, dossier.handling_unit_id)
    return Order(
        reference=attempt.reference,
        amount=attempt.amount,
        lines=tuple(
            Line(
                code=line["code"],
                name=line["name"],
                kind=FeeKind(line["kind"]),
                amount=line["amount"],
            )
            for line in lines
        ),
        dossier=dossier.code,
        procedure_code=catalogue.code,
        procedure_name=catalogue.name,
        unit_code=unit.code,
        unit_name=unit.name,
        payer_name=dossier.submitter_name,
        payer_identity=dossier.submitter_identity or dossier.owner_identity,
        payer_address=dossier.owner_address or "",
        language=payer.language,
        ip=payer.ip,
        at=attempt.created_at,
    )
