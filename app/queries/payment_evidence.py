"""The payments of a dossier, told again from its journal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.payments.model import Payment, PaymentAttempt
from app.domain.payments.states import AttemptState, Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.queries.findings import Finding, compared


class _Told:
    """Columns of demands by number, and of attempts by reference, as the entries give them."""

    def __init__(self) -> None:
        self.payments: dict[int, dict[str, Any]] = {}
        self.attempts: dict[str, dict[str, Any]] = {}
        #: References of attempts that nobody has heard of since they began, by demand.
        self.under_way: dict[int, set[str]] = {}


def payment_findings(
    session: Session, dossier_id: int, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """Demands and attempts that are not what the journal tells, and those it does not know."""
    told = _Told()
    for entry in entries:
        if entry.event in _READERS and entry.payload is not None:
            _READERS[entry.event](told, entry, entry.payload)
    rows = session.execute(
        select(Payment, PaymentAttempt)
        .outerjoin(PaymentAttempt, PaymentAttempt.payment_id == Payment.id)
        .where(Payment.dossier_id == dossier_id)
    ).all()
    payments = {payment.number: payment for payment, _attempt in rows}
    attempts = {attempt.reference: attempt for _payment, attempt in rows if attempt}
    yield from compared("payment", payments, told.payments)
    yield from compared("attempt", attempts, told.attempts)


def _demanded(known: _Told, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.payments[told["number"]] = {
        "state": PaymentState.UNPAID,
        "pay_when": PayWhen(told["when"]),
        "lines": told["lines"],
        "spared": told["spared"],
        "total": told["total"],
        "reason": told["reason"],
        "demanded_at": entry.at,
        "demanded_by_id": entry.actor_id,
        "pay_by": datetime.fromisoformat(told["pay_by"]) if told["pay_by"] else None,
        "settled_at": None,
        "settled_by_id": None,
        "method": None,
        "receipt": None,
        "proof": None,
        "end_reason": None,
    }


def _started(known: _Told, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.payments[told["number"]]["state"] = PaymentState.WAITING
    # Whether the gateway has answered yet is no fact of the dossier's.
    known.attempts[told["reference"]] = {"amount": told["amount"], "created_at": entry.at}
    known.under_way.setdefault(told["number"], set()).add(told["reference"])


def _failed(known: _Told, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
    """The demand can be paid again once no attempt is under way."""
    payment, under_way = known.payments[told["number"]], known.under_way[told["number"]]
    under_way.discard(told["reference"])
    if payment["state"] is PaymentState.WAITING and not under_way:
        payment["state"] = PaymentState.UNPAID
    known.attempts[told["reference"]]["state"] = AttemptState.FAILED


def _received(known: _Told, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.payments[told["number"]] |= {
        "state": PaymentState.PAID,
        "method": Method(told["method"]),
        "settled_at": entry.at,
        "settled_by_id": entry.actor_id,
        "receipt": told["receipt"],
        "proof": told["proof"],
    }
    if told["reference"]:
        known.under_way[told["number"]].discard(told["reference"])
        known.attempts[told["reference"]]["state"] = AttemptState.PAID


def _cancelled(known: _Told, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.payments[told["number"]] |= {
        "state": PaymentState.CANCELLED,
        "method": Method.WAIVER if told["waived"] else None,
        "settled_at": entry.at,
        "settled_by_id": entry.actor_id,
        "end_reason": told["reason"],
    }


def _surplus(known: _Told, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.under_way[told["number"]].discard(told["reference"])
    known.attempts[told["reference"]]["state"] = AttemptState.SURPLUS


def _refunded(known: _Told, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
    if told["reference"]:
        known.attempts[told["reference"]]["state"] = AttemptState.REFUNDED
    else:
        known.payments[told["number"]]["state"] = PaymentState.REFUNDED


def _moved(known: _Told, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
    known.payments[told["number"]]["state"] = PaymentState.MOVED


_READERS: Mapping[Event, Callable[[_Told, JournalEntry, Mapping[str, Any]], None]] = {
    Event.PAYMENT_DEMANDED: _demanded,
    Event.PAYMENT_STARTED: _started,
    Event.PAYMENT_FAILED: _failed,
    Event.PAYMENT_RECEIVED: _received,
    Event.PAYMENT_CANCELLED: _cancelled,
    Event.PAYMENT_SURPLUS: _surplus,
    Event.PAYMENT_REFUNDED: _refunded,
    Event.PAYMENT_MOVED: _moved,
}
