"""What was sent, sorted by question and tidied, before anything is judged.

A sheet is one scope's worth: the form, or one row of a list. Values keep their type, right or
wrong; only emptiness is made uniform: nothing, `null`, `""` and blank texts are absent, an unticked
box is False, and nothing chosen is an empty list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.forms import numbers, texts
from app.forms.errors import Errors
from app.forms.model import MANY, Field, Kind, Scope, Tree
from app.forms.paths import look_up, put, readable
from app.forms.rules import MAX_ITEMS
from app.forms.words import say

ABSENT = object()


@dataclass(kw_only=True)
class Sheet:
    """The answers of one scope by dotted name; `hidden` holds ids of components that are hidden."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


class Rows(tuple[Sheet, ...]):
    """The rows of a list."""

    __slots__ = ()


def gather(scope: Scope, data: Mapping[str, Any], *, ours: bool = True) -> Sheet:
    """Sort `data` by the questions of `scope`; what is no question becomes an error.

    `ours` says that the house holds the data: then even what people cannot change is believed.
    """
    sheet = Sheet(errors=dict(_strangers(scope.tree, data, "")))
    for item in scope.inputs:
        value = tidy(item, look_up(data, item.path), ours=ours)
        if value is not ABSENT:
            sheet.values[item.name] = value
    return sheet


def tidy(item: Field, value: Any, *, ours: bool = True) -> Any:
    """`value` with emptiness made uniform; ABSENT when there is no answer."""
    if item.fixed:
        return _tidy_fixed(item, value if ours else None)
    if isinstance(value, str) and item.kind is not Kind.LIST:
        value = texts.tidy(item, value)
    if value is None or value == "":
        return _empty(item)
    if item.kind is Kind.LIST and isinstance(value, list):
        # A row more than allowed is kept, so that the excess is noticed.
        counted = enumerate(value[: MAX_ITEMS + 1], start=1)
        return Rows(_row(item, row, number, ours=ours) for number, row in counted)
    return value


def context(scope: Scope, sheet: Sheet) -> dict[str, Any]:
    """The answers as expressions see them: every question has a value, None for no answer."""
    found: dict[str, Any] = {}
    for item in scope.inputs:
        value = None if item.id in sheet.hidden else sheet.values.get(item.name)
        if isinstance(value, Rows):
            value = [context(item, row) for _, row in kept(item, value)]
        elif not _has_shape(item, value):
            value = None
        put(found, item.path, value)
    return found


def kept(item: Field, rows: Rows) -> list[tuple[int, Sheet]]:
    """The rows that count, with their place: the needed ones, and all that hold an answer."""
    needed = item.rules.min_items
    return [(at, row) for at, row in enumerate(rows) if at < needed or not _blank(item, row)]


def _blank(scope: Scope, sheet: Sheet) -> bool:
    """Whether nothing visible was answered and nothing is wrong: the row is as good as absent."""
    asked = (item for item in scope.inputs if not item.fixed and item.id not in sheet.hidden)
    return not sheet.errors and not any(filled(item, sheet.values.get(item.name)) for item in asked)


def filled(item: Field, value: Any) -> bool:
    """Whether somebody has answered; an unticked box is no answer yet."""
    if isinstance(value, Rows):
        return bool(kept(item, value))
    return value is not None and value is not False and value != []


def _has_shape(item: Field, value: Any) -> bool:
    """Whether an expression may look at `value`; what is of a wrong type is as good as absent."""
    if item.kind is Kind.NUMBER:
        return numbers.is_number(value)
    if item.kind in MANY:
        return isinstance(value, list)
    return isinstance(value, bool if item.kind is Kind.CHECKBOX else str)


def _tidy_fixed(item: Field, value: Any) -> Any:
    """What the house holds, else the default; a disabled question has no answer of its own."""
    if value is None or value == "":
        value = None if item.disabled else item.default
    return ABSENT if value is None else value


def _empty(item: Field) -> Any:
    if item.kind is Kind.LIST:
        return Rows()
    if item.kind in MANY:
        return []
    return False if item.kind is Kind.CHECKBOX else ABSENT


def _row(item: Field, row: Any, number: int, *, ours: bool) -> Sheet:
    if isinstance(row, Mapping):
        return gather(item, row, ours=ours)
    return Sheet(errors={"": [say("not_object", f"{item.label} {number}")]})


def _strangers(tree: Tree, data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in data.items():
        place = tree.get(key)
        name = prefix + readable(key)
        if place is None:
            yield name, [say("unknown", name)]
        elif isinstance(place, dict) and isinstance(value, Mapping):
            yield from _strangers(place, value, f"{name}.")
        elif isinstance(place, dict) and value is not None:
            yield name, [say("not_object", name)]
