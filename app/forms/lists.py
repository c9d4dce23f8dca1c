"""Adds and removes rows of a list without JavaScript: two submit buttons, `_add` and `_remove`."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from app.forms.model import Field, FormDefinition, Kind, Scope
from app.forms.paths import look_up, put
from app.forms.posting import Post, row_numbers
from app.forms.rules import MAX_ITEMS

_STEP = re.compile(r"(?P<name>\w+(?:\.\w+)*)(?:\[(?P<row>[0-9]{1,3})\])?", re.ASCII)


def apply_list_action(
    form: FormDefinition, data: Mapping[str, Any], multidict: Post
) -> dict[str, Any] | None:
    """`data` with a row more or less if such a button was pressed, else None: go on and validate.

    `data` is what `from_html` made of the same post. `_add` holds the path of a list (`members`),
    `_remove` the path of a row (`members[1]`), numbered as in the page. A path that the form does
    not allow changes nothing.
    """
    for action in ("_add", "_remove"):
        for target in multidict.getlist(action)[:1]:
            changed = deepcopy(dict(data))
            _apply(form, changed, multidict, target, adds=action == "_add")
            return changed
    return None


def initial(form: FormDefinition) -> dict[str, Any]:
    """The answers a form begins with: default values, and the first rows of its lists."""
    return _initial(form)


def _initial(scope: Scope) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for item in scope.inputs:
        if item.kind is Kind.LIST:
            count = max(item.repetitions, item.rules.min_items)
            put(data, item.path, [_initial(item) for _ in range(count)])
        elif item.default is not None and not item.disabled:
            put(data, item.path, deepcopy(item.default))
    return data


def _apply(scope: Scope, data: dict[str, Any], post: Post, target: str, *, adds: bool) -> None:
    """Walk `target` down to its list, row by row, and change the list there."""
    posted = ""
    steps = list(_STEP.finditer(target))
    if "".join(f".{step.group()}" for step in steps) != f".{target}":
        return
    for step in steps:
        item = next((item for item in scope.inputs if item.name == step["name"]), None)
        if item is None or item.kind is not Kind.LIST:
            return
        rows = look_up(data, item.path) or []
        place = _place(post, posted + item.name, step["row"], len(rows))
        if step is steps[-1]:
            put(data, item.path, _changed(item, rows, step["row"], place, adds=adds))
        elif place is None:
            return
        else:
            scope, data, posted = item, rows[place], f"{posted}{step.group()}."


def _place(post: Post, name: str, row: str | None, count: int) -> int | None:
    """Where the row that the page numbered `row` stands in the decoded list."""
    posted = row_numbers(post, name)
    if row is None or int(row) not in posted or posted.index(int(row)) >= count:
        return None
    return posted.index(int(row))


def _changed(
    item: Field, rows: list[Any], row: str | None, place: int | None, *, adds: bool
) -> list[Any]:
    """The rows with one more or one less, where the form and the button agree on it."""
    if adds and row is None and item.growable and len(rows) < (item.rules.max_items or MAX_ITEMS):
        return [*rows, _initial(item)]
    if not adds and place is not None and item.growable:
        return rows[:place] + rows[place + 1 :]
    return rows
