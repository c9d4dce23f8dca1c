"""From the rules that apply to the value of a table, one function for each hit policy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app import feel
from app.engine.decisions.model import Aggregator, Policy, Table


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A rule that applies, with its outputs worked out."""

    rule: int
    outputs: tuple[object, ...]


class Contradiction(Exception):
    """Rules that exclude each other all apply."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.rules = tuple(hit.rule for hit in hits)
        super().__init__(self.rules)


def settled(table: Table, hits: Sequence[Hit]) -> object:
    """The value of a table where at least one rule applies.

    One output gives its value, several give a context by their names; a policy that lets several
    rules apply gives a list of these. Raises Contradiction, ValueError for what cannot be
    aggregated, and FeelError for values too large to compare.
    """
    return _SETTLE[table.policy](table, hits)


def shaped(table: Table, outputs: Sequence[object]) -> object:
    """The outputs of one rule: a value, or a context of several."""
    if len(table.outputs) == 1:
        return outputs[0]
    return {column.name: value for column, value in zip(table.outputs, outputs, strict=True)}


def alike(a: object, b: object) -> bool:
    """Whether two values are equal as FEEL has it: `1` is `1.0`, but not `true`."""
    return feel.compile("a = b").evaluate({"a": a, "b": b}) is True


def _unique(table: Table, hits: Sequence[Hit]) -> object:
    if len(hits) > 1:
        raise Contradiction(hits)
    return _first(table, hits)


def _any(table: Table, hits: Sequence[Hit]) -> object:
    for hit in hits[1:]:
        if not all(map(alike, hits[0].outputs, hit.outputs)):
            raise Contradiction(hits)
    return _first(table, hits)


def _first(table: Table, hits: Sequence[Hit]) -> object:
    return shaped(table, hits[0].outputs)


def _priority(table: Table, hits: Sequence[Hit]) -> object:
    return _first(table, _ranked(table, hits))


def _rule_order(table: Table, hits: Sequence[Hit]) -> object:
    return [shaped(table, hit.outputs) for hit in hits]


def _output_order(table: Table, hits: Sequence[Hit]) -> object:
    return _rule_order(table, _ranked(table, hits))


def _collect(table: Table, hits: Sequence[Hit]) -> object:
    if table.aggregator is None:
        return _rule_order(table, hits)
    if table.aggregator is Aggregator.COUNT:
        return len(hits)
    values = [hit.outputs[0] for hit in hits]
    total = feel.compile(_AGGREGATE[table.aggregator]).evaluate({"values": values})
    if total is None:
        raise ValueError(table.aggregator.value)
    return total


def _ranked(table: Table, hits: Sequence[Hit]) -> list[Hit]:
    """The most important first; equals stay in the order of the table."""
    return sorted(hits, key=lambda hit: _rank(table, hit))


def _rank(table: Table, hit: Hit) -> tuple[int, ...]:
    """Places in the lists of output values, the first column deciding before the second."""
    return tuple(
        next(place for place, known in enumerate(column.ranking) if alike(known, value))
        for column, value in zip(table.outputs, hit.outputs, strict=True)
        if column.ranking
    )


_AGGREGATE = {
    Aggregator.SUM: "sum(values)",
    Aggregator.MIN: "min(values)",
    Aggregator.MAX: "max(values)",
}

_SETTLE: Mapping[Policy, Callable[[Table, Sequence[Hit]], object]] = {
    Policy.UNIQUE: _unique,
    Policy.ANY: _any,
    Policy.FIRST: _first,
    Policy.PRIORITY: _priority,
    Policy.RULE_ORDER: _rule_order,
    Policy.OUTPUT_ORDER: _output_order,
    Policy.COLLECT: _collect,
}
