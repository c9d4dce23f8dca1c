"""A message ready to go, and what becomes of an attempt to bring it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from app.domain.notices.model import Channel
from app.foundation.breaker import Breaker


class Fate(Enum):
    """What became of one attempt."""

    SENT = "sent"  # the provider has it
    AGAIN = "again"  # later; also where nobody knows whether it has arrived
    NEVER = "never"  # the address or the content is refused for good
    ELSEWHERE = "elsewhere"  # this channel does not reach the reader
    TOKEN = "token"  # noqa: S105 - the provider wants a new token first; no secret
    RESTED = "rested"  # not even tried: the channel is left alone for a while


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """The outcome of one attempt; `reason` names no address and no secret."""

    fate: Fate
    provider_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One message, ready to go; it knows no database."""

    key: str
    channel: Channel
    address: str = field(repr=False)
    name: str = field(repr=False)
    kind: str
    code: str
    language: str
    procedure: str = ""
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    #: For a telephone, without the link.
    short: str = field(repr=False)
    url: str
    preferences_url: str
    #: What the provider wants to see, where it gives such.
    token: str | None = field(default=None, repr=False)


#: Carries a parcel; never raises for what a provider does.
Carrier = Callable[[Parcel], Attempt]

_RESTED = Attempt(fate=Fate.RESTED, reason="the channel is left alone for a minute")


def guarded(carrier: Carrier, breaker: Breaker) -> Carrier:
    """The carrier behind a circuit breaker, which counts what has to be tried again."""

    def carry(parcel: Parcel) -> Attempt:
        if not breaker.allows():
            return _RESTED
        attempt = carrier(parcel)
        if attempt.fate is Fate.AGAIN:
            breaker.failed()
        else:
            breaker.succeeded()
        return attempt

    return carry


def international(phone: str) -> str:
    """A Vietnamese number as providers want it: `84912345678`."""
    digits = phone.removeprefix("+")
    return f"84{digits[1:]}" if digits.startswith("0") else digits
