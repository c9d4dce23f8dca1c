"""Which components are hidden, by `conditional.hide` and by the groups they stand in.

A hidden question counts as unanswered, which may hide or show others; so conditions are worked out
again until nothing changes, or, where they chase each other, a fixed number of times.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.forms.model import Condition, Field, Kind, Scope
from app.forms.sheet import Rows, Sheet, context, kept
from app.foundation import clock
from app.foundation.errors import HouseError

MAX_ROUNDS = 50


def settle(scope: Scope, sheet: Sheet) -> None:
    """Write into `sheet`, and the sheets of its rows, the ids of the components that are hidden."""
    for _ in range(MAX_ROUNDS):
        data = context(scope, sheet)
        if not _hide(scope, sheet, data, {"this": data, "parent": None, "i": [], "data": data}):
            return


def _hide(scope: Scope, sheet: Sheet, mine: Mapping[str, Any], around: Mapping[str, Any]) -> bool:
    hidden = frozenset(_hidden(scope.components, _names(around), inherited=False))
    changed = hidden != sheet.hidden
    sheet.hidden = hidden
    for item in scope.inputs:
        if isinstance(rows := sheet.values.get(item.name), Rows):
            changed |= _hide_in_rows(item, rows, mine, around)
    return changed


def _hide_in_rows(
    item: Field, rows: Rows, outside: Mapping[str, Any], around: Mapping[str, Any]
) -> bool:
    counted = {place for place, _ in kept(item, rows)}
    number, changed = 1, False
    for place, row in enumerate(rows):
        mine = context(item, row)
        inside = {**around, "this": mine, "parent": outside, "i": [*around["i"], number]}
        changed |= _hide(item, row, mine, inside)
        number += place in counted
    return changed


def _hidden(
    components: tuple[Field, ...], names: Mapping[str, Any], *, inherited: bool
) -> Iterator[str]:
    for item in components:
        hidden = inherited or (item.hide is not None and _holds(item.hide, names))
        if hidden:
            yield item.id
        if item.kind is Kind.GROUP:
            yield from _hidden(item.components, names, inherited=hidden)


def _names(around: Mapping[str, Any]) -> dict[str, Any]:
    """As form-js does it: the answers of the whole form, the row as `this`, and what is around."""
    special = {"this": around["this"], "parent": around["parent"], "i": around["i"]}
    underscored = {f"_{name}_": value for name, value in special.items()}
    return {**special, **around["data"], **underscored}


def _holds(condition: Condition, names: Mapping[str, Any]) -> bool:
    """A condition that cannot be worked out hides nothing: people rather see too much."""
    try:
        return condition.compiled.evaluate(names, now=clock.now()) is True
    except HouseError:
        return False
