"""Messages of VNPost's public postal service, and the signature of its callbacks (spec §8).

The specification names the fields of an order and of its reply. What it does not name is agreed
when the real service is connected, and stands together in this file: the codes of the states, the
fields of callbacks and of tracking, and the order of the signed fields.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.postal.states import ParcelState
from app.foundation.clock import LOCAL_ZONE

#: `Status` of a reply that went well, of an order that was placed before, of an unknown one, and
#: of a token that is worth nothing any more.
OK, KNOWN_ALREADY, UNKNOWN_ORDER, TOKEN_EXPIRED = "00", "02", "01", "401"
#: Our answers to a callback; the carrier repeats the message after any but the first.
UNKNOWN_PARCEL, WRONG_ITEM, BAD_SIGNATURE, UNREADABLE = "01", "04", "97", "99"
SIGNATURE = "Signature"
#: Signed fields of a callback, in their order.
SIGNED = ("OrderNumber", "ItemCode", "StatusCode", "StatusTime", "Place", "ReceiverName")
#: The carrier's codes of what happens to a parcel.
STATES: Mapping[str, ParcelState] = {
    "10": ParcelState.ACCEPTED,
    "20": ParcelState.IN_TRANSIT,
    "30": ParcelState.DELIVERED,
    "40": ParcelState.RETURNED,
    "50": ParcelState.FAILED,
}
#: Names of persons and places, keys and signatures.
_HIDDEN = frozenset({SIGNATURE, "Token", "Secret", "Sender", "Receiver", "ReceiverName", "Events"})


def sign(message: Mapping[str, Any], secret: str) -> str:
    """SHA-256 in hexadecimal of the fields joined by `|`, with the secret behind them."""
    told = [_text(message.get(name)) for name in SIGNED]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def is_signed(message: Mapping[str, Any], secret: str) -> bool:
    """Whether the message carries its signature; takes the same time for every wrong one."""
    given = message.get(SIGNATURE)
    told = given.lower() if isinstance(given, str) and given.isascii() else ""
    return hmac.compare_digest(told, sign(message, secret))


def moment_text(at: datetime) -> str:
    """`yyyyMMddHHmmss` in Ho Chi Minh City."""
    return f"{at.astimezone(LOCAL_ZONE):%Y%m%d%H%M%S}"


def moment_of(text: str) -> datetime | None:
    """The same read back; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 14):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=LOCAL_ZONE)
    except ValueError:
        return None


def without_secrets(message: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of a message: no key, no signature, nobody's name, number or address."""
    return {
        str(name)[:64]: _text(value)[:300]
        for name, value in list(message.items())[:40]
        if name not in _HIDDEN
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
