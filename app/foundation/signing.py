"""Messages that this house and another one sign with a secret that both know (spec §8).

Which fields are signed, in which order, and where the signature stands is each partner's own.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from typing import Any

#: Fields of a message that are kept, and letters of a name and of a value.
_MOST, _NAME, _VALUE = 40, 64, 300


class NotBelieved(Exception):
    """A message is not signed by whom it should be, or cannot be read.

    `result` is one word for the log; `answer` is the code that the message is answered with.
    """

    def __init__(self, result: str, *, answer: str) -> None:
        super().__init__(result)
        self.result = result
        self.answer = answer


def signature(message: Mapping[str, Any], names: Sequence[str], secret: str) -> str:
    """SHA-256 in hexadecimal of these fields joined by `|`, with the secret behind them."""
    told = [_text(message.get(name)) for name in names]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def is_signature(given: Any, message: Mapping[str, Any], names: Sequence[str], secret: str) -> bool:
    """Whether `given` signs the message; takes the same time for every wrong one."""
    told = given.lower() if isinstance(given, str) and given.isascii() else ""
    return hmac.compare_digest(told, signature(message, names, secret))


def without(message: Mapping[str, Any], hidden: Collection[str]) -> dict[str, str]:
    """A message as it may be kept: none of the hidden fields, and no more than fits a page."""
    return {
        str(name)[:_NAME]: _text(value)[:_VALUE]
        for name, value in list(message.items())[:_MOST]
        if name not in hidden
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
