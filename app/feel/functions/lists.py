"""Built-ins on lists; a single value stands for a list of one, positions count from 1 or -1."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from app.feel import numerics
from app.feel.functions.registry import builtin
from app.feel.logic import compare, equal, ordered, satisfies
from app.feel.run import Run
from app.feel.values import Function, Value

Items = list[Value]


def _index(items: Items, position: Decimal) -> int | None:
    """Return the Python index of a FEEL position (its fraction falls off), None if outside."""
    if abs(position) > len(items) or not int(position):
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)


@builtin("list contains", "list: list", "element: any")
def _list_contains(run: Run, items: Items, element: Value) -> Value:
    return satisfies(run, element, items) is True


@builtin("count", "list: list")
def _count(_run: Run, items: Items) -> Value:
    return Decimal(len(items))


def _extreme(sign: str) -> Callable[..., Value]:
    def body(run: Run, items: Items) -> Value:
        if not items:
            return None
        best = items[0]
        for item in items:
            better = compare(run, sign, item, best)
            if better is None:
                return None
            best = item if better else best
        return best

    return body


for _name, _sign in (("min", "<"), ("max", ">")):
    _body = _extreme(_sign)
    builtin(_name, "list: list")(_body)
    builtin(_name, "c: any", many=True)(lambda run, *items, body=_body: body(run, list(items)))


@builtin("sublist", "list: list", "start position: number", "length: number?")
def _sublist(_run: Run, items: Items, start: Decimal, length: Decimal | None = None) -> Value:
    first = _index(items, start)
    size = len(items) if length is None else numerics.whole(length)
    if first is None or size is None or size < 0:
        return None
    return items[first : first + size]


@builtin("append", "list: list|null", "item: any", many=True)
def _append(_run: Run, items: Items | None, *more: Value) -> Value:
    return [*(items or []), *more]


@builtin("concatenate", "list: list", many=True)
def _concatenate(_run: Run, *lists: Items) -> Value:
    return [item for items in lists for item in items]


@builtin("insert before", "list: list", "position: number", "newItem: any")
def _insert(_run: Run, items: Items, position: Decimal, item: Value) -> Value:
    place = _index(items, position)
    return None if place is None else [*items[:place], item, *items[place:]]


@builtin("remove", "list: list", "position: number")
def _remove(_run: Run, items: Items, position: Decimal) -> Value:
    place = _index(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


@builtin("list replace", "list: list", "position: number", "newItem: any")
def _replace(_run: Run, items: Items, position: Decimal, item: Value) -> Value:
    place = _index(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


@builtin("list replace", "list: list", "match: function", "newItem: any")
def _replace_matching(_run: Run, items: Items, match: Function, new_item: Value) -> Value:
    answers = [match.call([item, new_item]) for item in items]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    return [new_item if answer else item for item, answer in zip(items, answers, strict=True)]


@builtin("reverse", "list: list")
def _reverse(_run: Run, items: Items) -> Value:
    return items[::-1]


@builtin("index of", "list: list", "match: any")
def _index_of(run: Run, items: Items, match: Value) -> Value:
    return [Decimal(n) for n, item in enumerate(items, 1) if equal(run, item, match) is True]


def distinct(run: Run, items: Items) -> Items:
    """Return the items without repetitions, the first of each kept."""
    kept: Items = []
    for item in items:
        run.charge(len(kept))
        if not any(equal(run, item, other) is True for other in kept):
            kept.append(item)
    return kept


@builtin("distinct values", "list: list")
def _distinct(run: Run, items: Items) -> Value:
    return distinct(run, items)


@builtin("union", "list: list", many=True)
def _union(run: Run, *lists: Items) -> Value:
    return distinct(run, [item for items in lists for item in items])


def _flat(run: Run, items: Items) -> Items:
    flat: Items = []
    for item in items:
        run.charge(1)
        flat.extend(_flat(run, item) if isinstance(item, list) else [item])
    return flat


@builtin("flatten", "list: list")
def _flatten(run: Run, items: Items) -> Value:
    return _flat(run, items)


@builtin("sort", "list: list", "precedes: function")
def _sort(run: Run, items: Items, precedes: Function) -> Value:
    def order(a: Value, b: Value) -> int:
        run.charge(3)
        if precedes.call([a, b]) is True:
            return -1
        return 1 if precedes.call([b, a]) is True else 0

    return sorted(items, key=cmp_to_key(order))


@builtin("sort", "list: list")
def _sort_plain(run: Run, items: Items) -> Value:
    def order(a: Value, b: Value) -> int:
        run.charge(1)
        return -1 if compare(run, "<", a, b) else int(compare(run, ">", a, b) or False)

    if any(ordered("<", item, items[0]) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(order))


@builtin("is empty", "list: list")
def _is_empty(_run: Run, items: Items) -> Value:
    return not items
