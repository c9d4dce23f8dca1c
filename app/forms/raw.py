"""Looks into the JSON of one component and notes everything that cannot be used."""

import math
from collections.abc import Mapping
from typing import Any

from app.foundation.text import LazyString, lazy_gettext

EXPRESSION = lazy_gettext(
    "“%(key)s” must be fixed: expressions are allowed in conditional.hide only."
)
NOT_TEXT = lazy_gettext("“%(key)s” must be a text of at most %(max)s characters.")
NOT_FLAG = lazy_gettext("“%(key)s” must be true or false.")
NOT_NUMBER = lazy_gettext("“%(key)s” must be a number.")
NOT_COUNT = lazy_gettext("“%(key)s” must be a whole number from 0 to %(max)s.")
NOT_OBJECT = lazy_gettext("“%(key)s” must be an object.")
NOT_LIST = lazy_gettext("“%(key)s” must be a list.")

MAX_TEXT = 5000


class Problems:
    """Everything found wrong so far, by component."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, where: str, message: LazyString, **facts: object) -> None:
        """Note `message` about the component called `where`."""
        self.found.setdefault(where, []).append(str(message) % facts if facts else str(message))


class Raw:
    """A JSON object of a form file whose values are asked for one by one, with their type."""

    def __init__(self, source: Mapping[str, Any], where: str, problems: Problems) -> None:
        self.source = source
        self.where = where
        self.problems = problems

    def refuse(self, message: LazyString, **facts: object) -> None:
        """Note a problem about this component."""
        self.problems.add(self.where, message, **facts)

    def text(self, key: str, limit: int = MAX_TEXT) -> str:
        """A fixed text; empty when absent."""
        value = self.source.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > limit:
            self.refuse(NOT_TEXT, key=key, max=limit)
            return ""
        if value.lstrip().startswith("=") or "{{" in value:
            self.refuse(EXPRESSION, key=key)
            return ""
        return value.strip()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.source.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.refuse(EXPRESSION if is_expression(value) else NOT_FLAG, key=key)
        return default

    def number(self, key: str) -> float | None:
        """A finite number, also when written as a text, as form-js does for `increment`."""
        value = self.source.get(key)
        if value is None or value == "":
            return None
        number = to_number(value)
        if number is None:
            self.refuse(EXPRESSION if is_expression(value) else NOT_NUMBER, key=key)
        return number

    def count(self, key: str, limit: int) -> int | None:
        """A whole number from 0 to `limit`."""
        value = self.source.get(key)
        if value is None or value == "":
            return None
        number = to_number(value)
        if number is None or number != int(number) or not 0 <= number <= limit:
            self.refuse(EXPRESSION if is_expression(value) else NOT_COUNT, key=key, max=limit)
            return None
        return int(number)

    def inner(self, key: str) -> "Raw":
        """The object at `key`, empty when absent."""
        value = self.source.get(key)
        if value is not None and not isinstance(value, Mapping):
            self.refuse(NOT_OBJECT, key=key)
        return Raw(value if isinstance(value, Mapping) else {}, self.where, self.problems)

    def items(self, key: str) -> list[Any]:
        """The list at `key`, empty when absent."""
        value = self.source.get(key)
        if value is not None and not isinstance(value, list):
            self.refuse(NOT_LIST, key=key)
        return value if isinstance(value, list) else []


def is_expression(value: object) -> bool:
    """Whether form-js would compute this value at run time."""
    return isinstance(value, str) and value.lstrip().startswith("=")


def to_number(value: object) -> float | None:
    """`value` as a finite number, None when it is none; whole numbers stay `int`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number) or abs(number) > 1e15:
        return None
    return int(number) if number == int(number) else number
