"""Demands, attempts and receipts as the templates name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.payments.model import GatewayMessage, Payment, PaymentAttempt
from app.domain.payments.queries import attempts_of, messages_of
from app.domain.payments.rules import is_late, is_open
from app.domain.payments.states import DOSSIER_ENDED, AttemptState, Method, PaymentState
from app.domain.people.model import Person
from app.domain.procedures.fees import Fee, FeeKind
from app.foundation.partner_messages import Direction
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage
from app.web.filters import money_vn
from app.web.money_words import vnd_in_words
from app.web.words import word_for

#: State of a demand -> colour of its tag; never more by colour than by words.
MOODS = {
    PaymentState.UNPAID: "yellow",
    PaymentState.WAITING: "blue",
    PaymentState.PAID: "green",
    PaymentState.CANCELLED: "grey",
    PaymentState.REFUNDED: "purple",
    PaymentState.MOVED: "purple",
}


@dataclass(frozen=True, kw_only=True)
class LineView:
    """One fee of a demand."""

    name: str
    kind: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class PaymentView:
    """One demand."""

    number: int
    state: PaymentState
    tag: str
    mood: str
    is_open: bool
    is_late: bool
    lines: tuple[LineView, ...]
    total: int
    in_words: str
    #: Fees that the law spares: name or code, and the law.
    spared: tuple[tuple[str, str], ...]
    reason: str
    demanded_at: datetime
    pay_by: datetime | None
    settled_at: datetime | None
    method: str
    receipt: str
    proof: str
    end_reason: str


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """One attempt for officers and auditors."""

    reference: str
    state: AttemptState
    tag: str
    amount: int
    created_at: datetime
    settled_at: datetime | None
    transaction: str
    bank: str
    outcome: str
    messages: tuple[tuple[datetime, str], ...]


def payment_view(payment: Payment, at: datetime) -> PaymentView:
    """The demand as it stands at that moment."""
    return PaymentView(
        number=payment.number,
        state=payment.state,
        tag=_tag(payment),
        mood=MOODS[payment.state],
        is_open=is_open(payment),
        is_late=is_late(payment, at),
        lines=tuple(_line(line) for line in payment.lines),
        total=payment.total,
        in_words=vnd_in_words(payment.total),
        spared=tuple((one["code"], one["reason"]) for one in payment.spared),
        reason=payment.reason,
        demanded_at=payment.demanded_at,
        pay_by=payment.pay_by,
        settled_at=payment.settled_at,
        method=word_for(payment.method) if payment.method else "",
        receipt=payment.receipt or "",
        proof=payment.proof or "",
        end_reason=_end_reason(payment),
    )


def _tag(payment: Payment) -> str:
    return word_for(payment.method if payment.method is Method.WAIVER else payment.state)


def _line(line: dict[str, Any]) -> LineView:
    kind = word_for(FeeKind(line["kind"]))
    return LineView(name=line["name"], kind=kind, amount=line["amount"])


def _end_reason(payment: Payment) -> str:
    if payment.end_reason == DOSSIER_ENDED:
        return gettext("The dossier has ended.")
    return payment.end_reason or ""


def attempt_views(session: Session, payment: Payment) -> list[AttemptView]:
    """Every attempt at a demand with what was said about it, the newest first."""
    return [
        _attempt(attempt, messages_of(session, attempt.id))
        for attempt in attempts_of(session, payment.id)
    ]


def _attempt(attempt: PaymentAttempt, messages: Sequence[GatewayMessage]) -> AttemptView:
    return AttemptView(
        reference=attempt.reference,
        state=attempt.state,
        tag=word_for(attempt.state),
        amount=attempt.amount,
        created_at=attempt.created_at,
        settled_at=attempt.settled_at,
        transaction=attempt.transaction or "",
        bank=attempt.bank or "",
        outcome=attempt.outcome or "",
        messages=tuple((one.at, _said(one)) for one in messages),
    )


def _said(message: GatewayMessage) -> str:
    arrow = "→" if message.direction is Direction.SENT else "←"
    return f"{arrow} {message.kind}: {message.result}"


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """The e-receipt (biên lai)."""

    payment: PaymentView
    code: str
    procedure_name: str
    unit: str
    payer: str
    owner: str
    address: str
    #: Phí and lệ phí, which are accounted for apart.
    sums: tuple[tuple[str, int], ...]
    #: Who took it, where it was taken by a person.
    officer: str


def receipt_view(
    session: Session, page: DossierPage, payment: Payment, at: datetime
) -> ReceiptView:
    """Everything a receipt shows."""
    officer = session.get(Person, payment.settled_by_id) if payment.settled_by_id else None
    view = payment_view(payment, at)
    kinds = dict.fromkeys(line.kind for line in view.lines)
    return ReceiptView(
        payment=view,
        code=page.dossier.code,
        procedure_name=page.version.catalogue.name,
        unit=page.handling_unit.name,
        payer=page.dossier.submitter_name,
        owner=page.dossier.owner_name,
        address=page.dossier.owner_address or "",
        sums=tuple(
            (kind, sum(line.amount for line in view.lines if line.kind == kind)) for kind in kinds
        ),
        officer=officer.name if officer else "",
    )


def fee_rows(fees: Sequence[Fee]) -> list[tuple[str, str, str, list[str]]]:
    """Name, amount, time to pay, and who is spared, for each fee of a procedure."""
    return [
        (
            fee.name,
            money_vn(fee.amount) if isinstance(fee.amount, int) else gettext("By your answers"),
            word_for(fee.when),
            [one.reason for one in fee.exemptions],
        )
        for fee in fees
    ]
