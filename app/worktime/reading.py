"""Reading values of stored or typed JSON: each wrong one is noted under its path."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from app.foundation.text import gettext
from app.worktime.errors import CalendarInvalid
from app.worktime.timeline import FIRST_DAY, LAST_DAY

Made = TypeVar("Made")
Kind = TypeVar("Kind", bound=Enum)

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MAX_TEXT = 300
#: More than a person ever enters; a file of millions is refused before it is read.
MAX_ENTRIES = 5000


class Reading:
    """What was wrong so far; every method answers None for a value it had to refuse."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def wrong(self, path: str, text: str) -> None:
        """Note a mistake."""
        self.errors.setdefault(path or "content", []).append(text)

    def ensure_right(self) -> None:
        """Raise CalendarInvalid if anything was wrong."""
        if self.errors:
            raise CalendarInvalid(errors=self.errors)

    def made(self, path: str, make: Callable[[], Made]) -> Made | None:
        """What `make` builds; its own complaints come under `path`."""
        try:
            return make()
        except CalendarInvalid as error:
            for where, texts in (error.errors or {"": [str(error)]}).items():
                for text in texts:
                    self.wrong(joined(path, where), text)
            return None

    def mapping(self, value: object, path: str, keys: Sequence[str]) -> Mapping[str, Any] | None:
        """A JSON object with no other keys than these."""
        if not isinstance(value, Mapping):
            self.wrong(path, gettext("This must be an object."))
            return None
        for key in value:
            if key not in keys:
                self.wrong(joined(path, str(key)[:40]), gettext("There is no such field."))
        return value

    def items(self, value: object, path: str, limit: int = MAX_ENTRIES) -> list[tuple[str, Any]]:
        """The entries of a list with their paths."""
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            self.wrong(path, gettext("This must be a list."))
            return []
        if len(value) > limit:
            self.wrong(path, gettext("These are more than %(limit)s entries.", limit=limit))
            return []
        return [(joined(path, str(number)), entry) for number, entry in enumerate(value)]

    def text(self, value: object, path: str) -> str:
        """A text that is not too long."""
        if isinstance(value, str) and len(value) <= MAX_TEXT:
            return value
        self.wrong(path, gettext("This must be a text of at most %(most)s letters.", most=MAX_TEXT))
        return ""

    def flag(self, value: object, path: str) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self.wrong(path, gettext("This must be true or false."))
        return value is True

    def day(self, value: object, path: str) -> date:
        """A date like 2024-11-04 that can be counted."""
        try:
            day = date.fromisoformat(
                value if isinstance(value, str) and _DAY.fullmatch(value) else ""
            )
        except ValueError:
            self.wrong(path, gettext("This must be a date like 2024-11-04."))
            return FIRST_DAY
        if not FIRST_DAY <= day <= LAST_DAY:
            self.wrong(path, gettext("This must be a date from 1990 to 2100."))
        return day

    def clock(self, value: object, path: str) -> time | None:
        """A time of day like 07:30."""
        if isinstance(value, str) and _CLOCK.fullmatch(value):
            return time.fromisoformat(value)
        self.wrong(path, gettext("This must be a time like 07:30."))
        return None

    def number(self, value: object, path: str) -> Decimal:
        """A decimal number, written as a JSON number or as a text."""
        number = value if isinstance(value, int | float | str) else None
        try:
            found = Decimal(
                "NaN" if number is None or isinstance(number, bool) else str(number)[:40]
            )
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            self.wrong(path, gettext("This must be a number."))
            return Decimal(1)
        return found

    def choice(self, value: object, path: str, choices: type[Kind]) -> Kind | None:
        """A member of an enum by its value."""
        for member in choices:
            if member.value == value:
                return member
        known = ", ".join(str(member.value) for member in choices)
        self.wrong(path, gettext("This must be one of %(known)s.", known=known))
        return None


def joined(*parts: str) -> str:
    """A path of what is not empty."""
    return ".".join(part for part in parts if part)


def clock_text(clock: time) -> str:
    """A time as it is stored: seconds only where there are some."""
    return clock.isoformat("seconds" if clock.second else "minutes")
