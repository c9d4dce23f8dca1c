"""Built-ins that say how two points or ranges lie to each other (DMN 1.5, table 78).

An end of a range is a value and a nudge: an open end lies a nudge beside its value, and an end that
is missing lies beyond everything. A point is a range that begins and ends at the same place. With
that, each relation of the table is one line for points and ranges alike.
"""

from collections.abc import Callable
from typing import NamedTuple

from app.feel.functions.registry import builtin
from app.feel.logic import both, compare
from app.feel.run import Run
from app.feel.values import Range, Value

Answer = bool | None


class _End(NamedTuple):
    value: Value
    nudge: int
    #: -1 before everything, 1 behind everything, 0 at `value`.
    beyond: int = 0


class _Span(NamedTuple):
    start: _End
    end: _End


def _span(value: Value) -> _Span:
    if not isinstance(value, Range):
        return _Span(_End(value, 0), _End(value, 0))
    beyond = bool(value.operator)
    return _Span(
        _End(value.low, 0 if value.low_in else 1, -1 if beyond and value.low is None else 0),
        _End(value.high, 0 if value.high_in else -1, 1 if beyond and value.high is None else 0),
    )


def _less(run: Run, a: _End, b: _End) -> Answer:
    if a.beyond or b.beyond:
        return a.beyond < b.beyond
    same = compare(run, "=", a.value, b.value)
    return a.nudge < b.nudge if same else compare(run, "<", a.value, b.value)


def _same(run: Run, a: _End, b: _End) -> Answer:
    if a.beyond or b.beyond:
        return a.beyond == b.beyond
    same = compare(run, "=", a.value, b.value)
    return same and a.nudge == b.nudge


def _at_most(run: Run, a: _End, b: _End) -> Answer:
    more = _less(run, b, a)
    return None if more is None else not more


Relation = Callable[[Run, _Span, _Span], Answer]


def _before(run: Run, a: _Span, b: _Span) -> Answer:
    return _less(run, a.end, b.start)


def _meets(run: Run, a: _Span, b: _Span) -> Answer:
    return _same(run, a.end, b.start)


def _overlaps(run: Run, a: _Span, b: _Span) -> Answer:
    return both([_at_most(run, b.start, a.end), _at_most(run, a.start, b.end)])


def _overlaps_before(run: Run, a: _Span, b: _Span) -> Answer:
    begins_first = _less(run, a.start, b.start)
    return both([begins_first, _at_most(run, b.start, a.end), _at_most(run, a.end, b.end)])


def _finishes(run: Run, a: _Span, b: _Span) -> Answer:
    return both([_same(run, a.end, b.end), _at_most(run, b.start, a.start)])


def _includes(run: Run, a: _Span, b: _Span) -> Answer:
    return both([_at_most(run, a.start, b.start), _at_most(run, b.end, a.end)])


def _starts(run: Run, a: _Span, b: _Span) -> Answer:
    return both([_same(run, a.start, b.start), _at_most(run, a.end, b.end)])


def _coincides(run: Run, a: _Span, b: _Span) -> Answer:
    return both([_same(run, a.start, b.start), _same(run, a.end, b.end)])


def _relation(
    name: str, relation: Relation, *shapes: tuple[str, str], turned: bool = False
) -> None:
    """Register a relation for pairs of `point` and `range`; turned, it is that of the second."""

    def body(run: Run, first: Value, second: Value) -> Value:
        a, b = _span(first), _span(second)
        return relation(run, b, a) if turned else relation(run, a, b)

    for one, two in shapes:
        first, second = (f"{one}1", f"{two}2") if one == two else (one, two)
        builtin(name, f"{first}: {one}", f"{second}: {two}")(body)


_POINTS, _POINT_RANGE = ("point", "point"), ("point", "range")
_RANGE_POINT, _RANGES = ("range", "point"), ("range", "range")

_relation("before", _before, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
_relation("after", _before, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES, turned=True)
_relation("meets", _meets, _RANGES)
_relation("met by", _meets, _RANGES, turned=True)
_relation("overlaps", _overlaps, _RANGES)
_relation("overlaps before", _overlaps_before, _RANGES)
_relation("overlaps after", _overlaps_before, _RANGES, turned=True)
_relation("finishes", _finishes, _POINT_RANGE, _RANGES)
_relation("finished by", _finishes, _RANGE_POINT, _RANGES, turned=True)
_relation("includes", _includes, _RANGE_POINT, _RANGES)
_relation("during", _includes, _POINT_RANGE, _RANGES, turned=True)
_relation("starts", _starts, _POINT_RANGE, _RANGES)
_relation("started by", _starts, _RANGE_POINT, _RANGES, turned=True)
_relation("coincides", _coincides, _POINTS, _RANGES)
