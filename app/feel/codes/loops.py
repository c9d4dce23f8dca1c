"""Code of for, some, every, and filters; each turn pays for all the nodes of its body."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from app.feel import nodes
from app.feel.codes.base import Code, Place, make, makes
from app.feel.logic import both, either
from app.feel.numerics import whole
from app.feel.run import Local, Run
from app.feel.values import Range, Value

#: The name bound by one turn, the code of what it walks through, and what one turn costs.
Turn: TypeAlias = tuple[str, Code, int]


def _turns(node: nodes.Loop | nodes.Quantified, place: Place) -> tuple[list[Turn], Place]:
    turns: list[Turn] = []
    # A turn pays for what is evaluated in it: the next domain, or at last the body.
    paid = [*(iteration.domain for iteration in node.iterations[1:]), node.body]
    for iteration, inner in zip(node.iterations, paid, strict=True):
        turns.append((iteration.name, make(iteration.domain, place), nodes.effort(inner)))
        place = place.inside(iteration.name)
    return turns, place


def _walk(run: Run, local: Local, turns: Sequence[Turn]) -> Iterator[Local]:
    """Yield the names of every turn, the last iteration turning fastest; stops where it cannot."""
    name, domain, cost = turns[0]
    for item in _items(domain(run, local)):
        run.charge(cost)
        inside: Local = ({name: item}, local)
        if len(turns) == 1:
            yield inside
        else:
            yield from _walk(run, inside, turns[1:])


class _NoWayError(Exception):
    """There is nothing to walk through, so the whole loop is null."""


def _items(domain: Value) -> Iterable[Value]:
    if isinstance(domain, list):
        return domain
    if isinstance(domain, Range):
        return _stairs(domain.low, domain.high)
    if domain is None:
        raise _NoWayError
    return [domain]


def _stairs(low: Value, high: Value) -> Iterator[Value]:
    """Yield whole numbers or days from low to high, downwards if high is less."""
    if type(low) is date and type(high) is date:
        day = timedelta(days=1 if low <= high else -1)
        return (low + n * day for n in range(abs((high - low).days) + 1))
    start = whole(low) if isinstance(low, Decimal) else None
    end = whole(high) if isinstance(high, Decimal) else None
    if start is None or end is None:
        raise _NoWayError
    step = 1 if start <= end else -1
    return (Decimal(n) for n in range(start, end + step, step))


@makes(nodes.Steps)
def _steps(node: nodes.Steps, place: Place) -> Code:
    low, high = make(node.low, place), make(node.high, place)
    return lambda run, local: Range(low(run, local), high(run, local), low_in=True, high_in=True)


@makes(nodes.Loop)
def _loop(node: nodes.Loop, place: Place) -> Code:
    turns, inside = _turns(node, place)
    body = make(node.body, inside.inside("partial"))
    remembers = nodes.mentions(node.body, "partial")

    def code(run: Run, local: Local) -> Value:
        results: list[Value] = []
        try:
            for turn in _walk(run, local, turns):
                known = list(results) if remembers else results
                run.charge(len(known) if remembers else 0)
                results.append(body(run, ({"partial": known}, turn) if remembers else turn))
        except _NoWayError:
            return None
        return results

    return code


@makes(nodes.Quantified)
def _quantified(node: nodes.Quantified, place: Place) -> Code:
    turns, inside = _turns(node, place)
    body = make(node.body, inside)
    decide = both if node.every else either

    def code(run: Run, local: Local) -> Value:
        try:
            return decide(body(run, turn) for turn in _walk(run, local, turns))
        except _NoWayError:
            return None

    return code


@makes(nodes.Filter)
def _filter(node: nodes.Filter, place: Place) -> Code:
    base, condition = make(node.base, place), make(node.condition, place.inside("item"))
    outside = make(node.condition, place)
    cost = nodes.effort(node.condition)

    def code(run: Run, local: Local) -> Value:
        value = base(run, local)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        position = outside(run, local) if may_be_position else None
        if isinstance(position, Decimal):
            return _at(items, position)
        run.charge(cost * len(items))
        return [item for item in items if condition(run, _of_item(item, local)) is True]

    may_be_position = not isinstance(node.condition, _JUDGING)
    return code


#: Conditions that give true, false or null, never a position.
_JUDGING = (nodes.Compare, nodes.Both, nodes.Either, nodes.Member, nodes.Between, nodes.Quantified)


def _at(items: list[Value], position: Decimal) -> Value:
    place = whole(position)
    if not place or abs(place) > len(items):
        return None
    return items[place - 1 if place > 0 else place]


def _of_item(item: Value, local: Local) -> Local:
    named: Local = ({"item": item}, local)
    return (item, named) if isinstance(item, dict) else named
