"""Messages of VNPost's public postal service, and the signature of its callbacks (spec §8).

The specification names the fields of an order and of its reply. What it does not name is agreed
when the real service is connected, and stands together in this file: the codes of the states, the
fields of callbacks and of tracking, and the order of the signed fields.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.postal.states import ParcelState
from app.foundation.clock import LOCAL_ZONE
from app.foundation.signing import is_signature, without

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
_HIDDEN = frozenset(
    {SIGNATURE, "Token", "Secret", "Sender", "Receiver", "ReceiverName", "Place", "Events"}
)


def is_signed(message: Mapping[str, Any], secret: str) -> bool:
    """Whether a callback carries its signature."""
    return is_signature(message.get(SIGNATURE), message, SIGNED, secret)


def moment_of(text: str) -> datetime | None:
    """`yyyyMMddHHmmss` in Ho Chi Minh City, as UTC; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) == 14):
        return None
    try:
        told = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=LOCAL_ZONE)
        return told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def without_secrets(message: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of a message: no key, no signature, nobody's name, number or address."""
    return without(message, _HIDDEN)
