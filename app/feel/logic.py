"""Comparing values: the answer is true, false, or null where the question makes no sense."""

import operator
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from app.feel import limits
from app.feel.distant import DistantDate, DistantMoment
from app.feel.run import Run
from app.feel.values import ORDERED, Function, Range, Value, YearsMonths

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SORTABLE = ORDERED | {YearsMonths, DistantDate, DistantMoment}

#: Kinds whose zones have to be asked before they can be compared.
_ZONED = frozenset({time, datetime, DistantDate, DistantMoment})

#: Kinds that only the distance keeps apart.
_SAME_KIND = {
    (date, DistantDate),
    (DistantDate, date),
    (datetime, DistantMoment),
    (DistantMoment, datetime),
}


def equal(run: Run, a: Value, b: Value) -> bool | None:
    """Return whether two values are the same; null for values of different kinds."""
    if a is None or b is None:
        return a is b
    kind = type(a)
    if kind in _ZONED:
        run.charge(limits.STEPS_OF_DAY)
    if kind is not type(b):
        return a == b if (kind, type(b)) in _SAME_KIND else None
    if (deep := _DEEP.get(kind)) is not None:
        return deep(run, a, b)
    return a == b


def _equal_lists(run: Run, a: list[Value], b: list[Value]) -> bool:
    run.charge(len(a))
    return len(a) == len(b) and all(equal(run, x, y) is True for x, y in zip(a, b, strict=True))


def _equal_contexts(run: Run, a: dict[str, Value], b: dict[str, Value]) -> bool:
    run.charge(len(a))
    return a.keys() == b.keys() and all(equal(run, x, b[key]) is True for key, x in a.items())


def _equal_ranges(run: Run, a: Range, b: Range) -> bool:
    run.charge(1)
    same_form = (a.operator, a.low_in, a.high_in) == (b.operator, b.low_in, b.high_in)
    return same_form and bool(equal(run, a.low, b.low)) and bool(equal(run, a.high, b.high))


def _same_function(_run: Run, a: Function, b: Function) -> bool:
    return a is b


_DEEP: dict[type, Callable[..., bool]] = {
    list: _equal_lists,
    dict: _equal_contexts,
    Range: _equal_ranges,
    Function: _same_function,
}


def ordered(sign: str, a: Value, b: Value) -> bool | None:
    """Return whether `a < b` (or another order); null unless both are of one kind with an order."""
    kind = type(a)
    if kind not in _SORTABLE or (kind is not type(b) and (kind, type(b)) not in _SAME_KIND):
        return None
    try:
        return _ORDERS[sign](a, b)
    except TypeError:  # a time with a zone and one without
        return None


def compare(run: Run, sign: str, a: Value, b: Value) -> bool | None:
    """Return the answer of one of the six comparisons."""
    if sign == "=":
        return equal(run, a, b)
    if sign == "!=":
        same = equal(run, a, b)
        return None if same is None else not same
    if type(a) in _ZONED:
        run.charge(limits.STEPS_OF_DAY)
    return ordered(sign, a, b)


def both(answers: Iterable[Value]) -> bool | None:
    """Three-valued AND: one false decides, otherwise anything but true makes it null."""
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is not True:
            result = None
    return result


def either(answers: Iterable[Value]) -> bool | None:
    """Three-valued OR: one true decides, otherwise anything but false makes it null."""
    result: bool | None = False
    for answer in answers:
        if answer is True:
            return True
        if answer is not False:
            result = None
    return result


def within(run: Run, value: Value, span: Range) -> bool | None:
    """Return whether a value lies in a range; null if it cannot be compared with an end."""
    if span.operator:
        bound = span.high if span.low is None else span.low
        return compare(run, span.operator, value, bound)
    above = ordered(">=" if span.low_in else ">", value, span.low)
    below = ordered("<=" if span.high_in else "<", value, span.high)
    return None if above is None or below is None else above and below


def satisfies(run: Run, value: Value, test: Value) -> bool | None:
    """Return whether `value in test` holds: in the range, in the list, or equal."""
    if isinstance(test, Range):
        return within(run, value, test)
    if isinstance(test, list):
        run.charge(len(test))
        return either(_fits(run, value, item) for item in test)
    return equal(run, value, test)


def _fits(run: Run, value: Value, item: Value) -> bool | None:
    if isinstance(item, Range):
        return within(run, value, item)
    return equal(run, value, item) is True
