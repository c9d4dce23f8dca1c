"""What people type about themselves: read, checked, and shown again as it was typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import request

from app.domain.accounts.emails import NO_ADDRESS, is_address, normal
from app.domain.accounts.model import Gender
from app.domain.accounts.passwords import weaknesses
from app.foundation.clock import local_date, now
from app.foundation.text import gettext

#: Letters of any language, and what stands between parts of names: nobody is called a link.
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?")
_PHONE = re.compile(r"(?:\+84|0)\d{8,10}")
_IDENTITY = re.compile(r"\d{9}|\d{12}")
#: Nobody alive was born before.
_EARLIEST = date(1900, 1, 1)
FIELDS = ("name", "email", "phone", "gender", "birth_date", "identity_number", "address")


@dataclass
class Typed:
    """Texts as typed, values as understood, and what is wrong."""

    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def wrong(self, name: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.errors.setdefault(name, []).append(message)


def typed(names: tuple[str, ...]) -> Typed:
    """Read these fields of the post and check each."""
    texts = {name: " ".join(request.form.get(name, "").split())[:300] for name in names}
    read = Typed(texts=texts)
    for name in names:
        try:
            read.values[name] = READERS[name](texts[name])
        except ValueError as error:
            read.wrong(name, str(error))
    return read


def new_password(read: Typed, about: Mapping[str, str]) -> str:
    """The password chosen in this post; notes what is wrong with it."""
    chosen = request.form.get("password", "")
    for message in weaknesses(chosen, [text for text in about.values() if text]):
        read.wrong("password", message)
    return chosen


def _name(text: str) -> str:
    if not text:
        raise ValueError(gettext("Write your full name as on your identity paper."))
    if len(text) > 120 or not _NAME.fullmatch(text):
        raise ValueError(gettext("A name consists of letters."))
    return text


def _email(text: str) -> str:
    if not is_address(normal(text)):
        raise ValueError(str(NO_ADDRESS))
    return normal(text)


def _phone(text: str) -> str | None:
    plain = re.sub(r"[ .-]", "", text)
    if plain and not _PHONE.fullmatch(plain):
        raise ValueError(gettext("Write the phone number with digits, for example 0912 345 678."))
    return plain or None


def _identity(text: str) -> str | None:
    plain = re.sub(r"[ .-]", "", text)
    if plain and not _IDENTITY.fullmatch(plain):
        raise ValueError(gettext("An identity number has twelve digits, an old one nine."))
    return plain or None


def _gender(text: str) -> Gender | None:
    if not text:
        return None
    if text not in Gender.__members__:
        raise ValueError(gettext("Choose one of the answers."))
    return Gender[text]


def _birth_date(text: str) -> date | None:
    if not text:
        return None
    parts = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", text)
    try:
        day, month, year = (int(part) for part in parts.groups()) if parts else (0, 0, 0)
        born = date(year, month, day)
    except ValueError:
        raise ValueError(gettext("Write day, month and year, for example 27/3/1990.")) from None
    if not _EARLIEST <= born <= _today():
        raise ValueError(gettext("A date of birth lies in the past."))
    return born


def _today() -> date:
    moment: datetime = now()
    return local_date(moment)


def _address(text: str) -> str | None:
    return text or None


READERS: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "email": _email,
    "phone": _phone,
    "gender": _gender,
    "birth_date": _birth_date,
    "identity_number": _identity,
    "address": _address,
}
