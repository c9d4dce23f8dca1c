"""VNPost's public postal service behind the port. Not yet run against the real service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any

from app.domain.postal import messages
from app.domain.postal.carrier import CarrierFails, Move, Order, Sender, Tracked
from app.domain.postal.choice import PostalAddress
from app.domain.postal.model import LONGEST_PLACE, LONGEST_RECEIVER
from app.foundation.clock import now
from app.foundation.outgoing import Line, Unreachable
from app.foundation.signing import NotBelieved
from app.foundation.text import one_line

#: A token is renewed so long before it ends.
EARLY = timedelta(seconds=30)
#: Seconds after which a token is renewed, whatever is said of it.
LONGEST_LIFE = 24 * 3600
#: More events of one parcel than these are not read.
MOST_EVENTS = 100


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Who we are to the service; `secret` is shared with it."""

    #: Where the service listens (through the integration platform, LGSP).
    url: str
    #: CustomerCode.
    code: str
    secret: str = field(repr=False)


@dataclass(kw_only=True)
class VnPost:
    """Speaks the messages of `messages.py`, with a token that it renews by itself."""

    customer: Customer
    line: Line
    _token: str = field(default="", repr=False)
    _token_ends: datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def order(self, order: Order) -> Tracked:
        """See `PostCarrier`."""
        answer = self._ask("order", _order(order, self.customer.code))
        kept = messages.without_secrets(answer)
        if answer.get("Status") not in (messages.OK, messages.KNOWN_ALREADY):
            raise CarrierFails("refused", kept, refused=True)
        if answer.get("OrderNumber") != order.number or answer.get("ItemCode") != order.item_code:
            # What he has under this number is something else.
            raise CarrierFails("other_order", kept)
        return Tracked(number=order.number, item_code=order.item_code, moves=(), body=kept)

    def track(self, number: str) -> Tracked | None:
        """See `PostCarrier`."""
        answer = self._ask("track", {"CustomerCode": self.customer.code, "OrderNumber": number})
        kept = messages.without_secrets(answer)
        if answer.get("Status") == messages.UNKNOWN_ORDER:
            return None
        if answer.get("Status") != messages.OK or answer.get("OrderNumber") != number:
            raise CarrierFails("refused", kept)
        events = answer.get("Events")
        told = events[:MOST_EVENTS] if isinstance(events, list) else []
        moves = [_move(one) for one in told if isinstance(one, dict)]
        return Tracked(
            number=number,
            item_code=str(answer.get("ItemCode", "")),
            moves=tuple(move for move in moves if move),
            body=kept,
        )

    def read(self, message: Mapping[str, Any]) -> Tracked:
        """See `PostCarrier`."""
        told = [message.get(name) for name in messages.SIGNED]
        if not all(isinstance(one, str) for one in told):
            raise NotBelieved("unreadable", answer=messages.UNREADABLE)
        if not messages.is_signed(message, self.customer.secret):
            raise NotBelieved("bad_signature", answer=messages.BAD_SIGNATURE)
        move = _move(message)
        if move is None:
            raise NotBelieved("unreadable", answer=messages.UNREADABLE)
        return Tracked(
            number=str(message["OrderNumber"]),
            item_code=str(message["ItemCode"]),
            moves=(move,),
            body=messages.without_secrets(message),
        )

    def answer(self, code: str) -> dict[str, Any]:
        """See `PostCarrier`."""
        return {"Status": code, "Message": "OK" if code == messages.OK else "NOT TAKEN"}

    def _ask(self, what: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """One question; a token that has ended is renewed once. Raises CarrierFails."""
        answer: dict[str, Any] = {}
        for fresh in (False, True):
            told = dict(message) | {"Token": self._token_now(fresh=fresh)}
            answer = self._post(what, told)
            if answer.get("Status") != messages.TOKEN_EXPIRED:
                return answer
        raise CarrierFails("no_token", messages.without_secrets(answer))

    def _token_now(self, *, fresh: bool) -> str:
        with self._lock:
            if fresh or self._token_ends is None or now() >= self._token_ends:
                key = {"CustomerCode": self.customer.code, "Secret": self.customer.secret}
                answer = self._post("token", key)
                lives = answer.get("ExpiresIn")
                if answer.get("Status") != messages.OK or not isinstance(lives, int):
                    raise CarrierFails("no_token", messages.without_secrets(answer))
                self._token = str(answer.get("Token", ""))
                lives = max(0, min(lives, LONGEST_LIFE))
                self._token_ends = now() + timedelta(seconds=lives) - EARLY
            return self._token

    def _post(self, what: str, message: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self.line.post_json(f"{self.customer.url}/{what}", message)
        except Unreachable as error:
            raise CarrierFails(error.reason, messages.without_secrets(message)) from error


def _order(order: Order, customer: str) -> dict[str, Any]:
    """District stays empty: there are none since 01/7/2025, and the field is still asked for."""
    return {
        "CustomerCode": customer,
        "ItemCode": order.item_code,
        "OrderNumber": order.number,
        "CODAmount": 0,
        "Sender": _sender(order.sender),
        "Description": order.description,
        "Receiver": _receiver(order.receiver),
        "FlagConfig": "",
    }


def _sender(sender: Sender) -> dict[str, str]:
    return {
        "Province": sender.province,
        "District": "",
        "Address": sender.address,
        "Name": sender.name,
        "Email": sender.email,
        "Tel": sender.phone,
        "Desc": "",
    }


def _receiver(receiver: PostalAddress) -> dict[str, str]:
    return {
        "Name": receiver.recipient,
        "Address": f"{receiver.street}, {receiver.commune}",
        "Tel": receiver.phone,
        "Province": receiver.province,
        "District": "",
        "Email": "",
    }


def _move(told: Mapping[str, Any]) -> Move | None:
    """One event; None for one that cannot be read, or of a code that nobody knows."""
    state = messages.STATES.get(str(told.get("StatusCode", "")))
    at = messages.moment_of(str(told.get("StatusTime", "")))
    if state is None or at is None:
        return None
    return Move(
        state=state,
        at=at,
        place=one_line(str(told.get("Place") or ""))[:LONGEST_PLACE],
        receiver=one_line(str(told.get("ReceiverName") or ""))[:LONGEST_RECEIVER],
    )


@cache
def _carrier(customer: Customer, patience: float) -> VnPost:
    """One line, one breaker and one token for each service and process."""
    return VnPost(customer=customer, line=Line(patience=patience))


def carrier_of(settings: Mapping[str, Any]) -> VnPost | None:
    """The carrier of this installation; None where officers take parcels to the post."""
    if not settings.get("POSTAL_URL"):
        return None
    customer = Customer(
        url=settings["POSTAL_URL"],
        code=settings["POSTAL_CUSTOMER"],
        secret=settings["POSTAL_SECRET"],
    )
    return _carrier(customer, settings["POSTAL_SECONDS"])
