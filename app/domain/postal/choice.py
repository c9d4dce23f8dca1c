"""What an applicant chooses: how the result comes back, and whereto (spec C-10, R2-04)."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from app.foundation.errors import Invalid
from app.foundation.text import LazyString, gettext, lazy_gettext, one_line


class ReturnMethod(Enum):
    """How the result comes back (HinhThuc)."""

    COUNTER = "counter"  # 0 at the one-stop counter
    POST = "post"  # 1 by the public post


@dataclass(frozen=True, kw_only=True)
class PostalAddress:
    """Whereto; there is no district, since there are none from 01/7/2025 on (spec §8)."""

    recipient: str
    phone: str
    #: House, street, hamlet.
    street: str
    commune: str
    province: str

    def as_dict(self) -> dict[str, str]:
        """JSON form, for the journal."""
        return asdict(self)

    @property
    def lines(self) -> tuple[str, ...]:
        """As on a label, from the recipient down to the province."""
        return tuple(self.as_dict().values())


@dataclass(frozen=True, kw_only=True)
class ReturnChoice:
    """The method, with an address where something is sent."""

    method: ReturnMethod
    address: PostalAddress | None = None

    def as_dict(self) -> dict[str, Any]:
        """As a draft keeps it, and as it is read again."""
        told = self.address.as_dict() if self.address else {}
        return {"method": self.method.value} | told


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """What is asked of one line of the address."""

    least: int
    most: int
    #: Said when it is missing or too short.
    missing: LazyString


#: The lines of an address in the order in which they are asked for.
RULES: Mapping[str, _Rule] = {
    "recipient": _Rule(
        least=2, most=100, missing=lazy_gettext("Enter the full name of whoever receives it.")
    ),
    "phone": _Rule(
        least=1, most=13, missing=lazy_gettext("Enter the telephone number of the recipient.")
    ),
    "street": _Rule(
        least=2, most=200, missing=lazy_gettext("Enter the house number and street, or the hamlet.")
    ),
    "commune": _Rule(least=2, most=80, missing=lazy_gettext("Enter the commune or ward.")),
    "province": _Rule(least=2, most=80, missing=lazy_gettext("Enter the province or city.")),
}
#: Vietnamese telephone numbers, with or without the country code.
_PHONE = re.compile(r"(\+84|0)[0-9]{8,11}")
_METHODS = {one.value: one for one in ReturnMethod}


def read_choice(told: Mapping[str, Any]) -> ReturnChoice:
    """Check a choice by the names `method` and those of `RULES`; raises Invalid under them.

    What else is told is left aside: an address that was typed before somebody chose the counter.
    """
    method = _METHODS.get(str(told.get("method", "")))
    if method is None:
        words = gettext("Choose how you want to get the result.")
        raise Invalid(errors={"method": [words]})
    if method is ReturnMethod.COUNTER:
        return ReturnChoice(method=method)
    typed = {name: tidy(name, told.get(name)) for name in RULES}
    errors = {name: words for name, text in typed.items() if (words := _wrong(name, text))}
    if errors:
        raise Invalid(errors=errors)
    return ReturnChoice(method=method, address=PostalAddress(**typed))


def tidy(name: str, value: Any) -> str:
    """A line as it is kept: one line without stray blanks; a number without its dots."""
    text = one_line(value) if isinstance(value, str) else ""
    return re.sub(r"[ .()-]", "", text) if name == "phone" else text


def _wrong(name: str, text: str) -> list[str]:
    rule = RULES[name]
    if len(text) < rule.least or not any(letter.isalnum() for letter in text):
        return [str(rule.missing)]
    if len(text) > rule.most:
        return [gettext("Enter at most %(limit)s characters.", limit=rule.most)]
    if name == "phone" and not _PHONE.fullmatch(text):
        return [gettext("Enter a telephone number, for example 0912345678.")]
    return []
