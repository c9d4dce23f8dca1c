"""The port to whoever takes money online: what we say and hear, whatever he calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.procedures.fees import Line
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be paid, for whom, for what."""

    reference: str
    #: Whole VND.
    amount: int
    lines: tuple[Line, ...]
    dossier: str
    procedure_code: str
    procedure_name: str
    unit_code: str
    unit_name: str
    payer_name: str
    payer_identity: str
    payer_address: str
    language: str
    #: Address of the payer's computer, which the platform asks for.
    ip: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the gateway says became of an attempt."""

    reference: str
    paid: bool
    #: Whole VND; nothing where there was no readable amount.
    amount: int | None
    currency: str
    #: The gateway's number of the transaction, the bank, and its code of the outcome.
    transaction: str
    bank: str
    outcome: str
    #: The message as it may be kept.
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Announced:
    """The gateway has taken an order."""

    url: str
    sent: Mapping[str, Any]
    received: Mapping[str, Any]


class GatewayFails(Conflict):
    """The gateway did not take the order, or no usable answer came; `result` is one word."""

    message = lazy_gettext(
        "The payment service does not answer at the moment. Nothing was paid. "
        "Try again later, or pay at the counter."
    )

    def __init__(self, result: str, body: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.result = result
        self.body = dict(body or {})


class PaymentGateway(Protocol):
    """Takes money online. Must not be called inside a transaction: answers take their time."""

    def announce(self, order: Order) -> Announced:
        """Tell it of an attempt, once; raises GatewayFails."""

    def ask(self, reference: str, at: datetime) -> Said:
        """Ask what became of an attempt; may be repeated. Raises GatewayFails."""

    def bill(self, reference: str, at: datetime) -> Mapping[str, Any]:
        """Its own receipt of an attempt that was paid; may be repeated. Raises GatewayFails."""

    def read(self, message: Mapping[str, Any]) -> Said:
        """What it says by itself; raises NotBelieved."""

    def answer(self, code: str) -> dict[str, Any]:
        """How such a message is answered."""
