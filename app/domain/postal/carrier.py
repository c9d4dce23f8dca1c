"""The port to whoever carries parcels: what we say and hear, whatever he calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.postal.choice import PostalAddress
from app.domain.postal.states import ParcelState


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The office that sends."""

    name: str
    address: str
    phone: str
    email: str
    province: str


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be carried, from whom to whom."""

    #: Never used for anything else: a repeat of it is the same order.
    number: str
    item_code: str
    sender: Sender
    receiver: PostalAddress
    #: What is in it, without a word about whom it concerns.
    description: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """What the carrier says happened to a parcel."""

    state: ParcelState
    at: datetime
    place: str
    #: Who took it, where it was delivered (spec L-17).
    receiver: str


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """What the carrier knows of an order: everything that happened to it, in any order."""

    number: str
    item_code: str
    moves: tuple[Move, ...]
    #: The message as it may be kept.
    body: Mapping[str, Any]


class CarrierFails(Exception):
    """No usable answer came; `result` is one word.

    `refused` says that the carrier has understood the order and will not take it; otherwise nobody
    knows whether it arrived.
    """

    def __init__(
        self, result: str, body: Mapping[str, Any] | None = None, *, refused: bool = False
    ) -> None:
        super().__init__(result)
        self.result = result
        self.body = dict(body or {})
        self.refused = refused


class PostCarrier(Protocol):
    """Carries parcels. Must not be called inside a transaction: answers take their time."""

    def order(self, order: Order) -> Tracked:
        """Place an order; the same number twice is one order. Raises CarrierFails."""

    def track(self, number: str) -> Tracked | None:
        """What became of an order; None if he does not know it. Raises CarrierFails."""

    def read(self, message: Mapping[str, Any]) -> Tracked:
        """What he says by himself; raises NotBelieved."""

    def answer(self, code: str) -> dict[str, Any]:
        """How such a message is answered."""
