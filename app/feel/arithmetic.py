"""The operators `+ - * / **` on every kind of value; null where they make no sense."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from app.feel import limits, numerics, shifting
from app.feel.distant import Day, DistantDate, DistantMoment
from app.feel.run import Run
from app.feel.values import Value, YearsMonths

Operation: TypeAlias = Callable[[Run, Any, Any], Value]
Table: TypeAlias = dict[tuple[type, type], Operation]


def _power(run: Run, a: Decimal, b: Decimal) -> Value:
    run.charge(5 if numerics.whole(b) is not None else limits.STEPS_OF_POWER)
    return numerics.power(a, b)


def _months_back(day: Day, span: YearsMonths) -> Value:
    return shifting.plus_months(day, YearsMonths(-span.months))


def _paid(reckon: Callable[[Any, Any], Value]) -> Operation:
    def operation(run: Run, a: Any, b: Any) -> Value:
        run.charge(limits.STEPS_OF_DAY)
        return reckon(a, b)

    return operation


_SPANS = (timedelta, YearsMonths)
_DAYS = (date, datetime, DistantDate, DistantMoment)

_PLUS: Table = {
    (Decimal, Decimal): lambda _run, a, b: numerics.add(a, b),
    (str, str): lambda run, a, b: run.joined(a, b),
    (time, timedelta): lambda _run, a, b: shifting.turn_clock(a, b),
    (timedelta, time): lambda _run, a, b: shifting.turn_clock(b, a),
}
_MINUS: Table = {
    (Decimal, Decimal): lambda _run, a, b: numerics.subtract(a, b),
    (time, timedelta): lambda _run, a, b: shifting.turn_clock(a, -(b % timedelta(days=1))),
    (time, time): lambda _run, a, b: shifting.clock_difference(a, b),
}
_TIMES: Table = {(Decimal, Decimal): lambda _run, a, b: numerics.multiply(a, b)}
_OVER: Table = {(Decimal, Decimal): lambda _run, a, b: numerics.divide(a, b)}

for _span in _SPANS:
    _PLUS[_span, _span] = lambda _run, a, b: shifting.join_spans(a, b)
    _MINUS[_span, _span] = lambda _run, a, b: shifting.join_spans(a, negative(b))
    _TIMES[_span, Decimal] = lambda _run, a, b: shifting.stretch(a, b)
    _TIMES[Decimal, _span] = lambda _run, a, b: shifting.stretch(b, a)
    _OVER[_span, Decimal] = lambda _run, a, b: shifting.shrink(a, b)
    _OVER[_span, _span] = lambda _run, a, b: shifting.ratio(a, b)
for _day in _DAYS:
    _PLUS[_day, timedelta] = _paid(shifting.plus_span)
    _PLUS[timedelta, _day] = _paid(lambda span, day: shifting.plus_span(day, span))
    _PLUS[_day, YearsMonths] = _paid(shifting.plus_months)
    _PLUS[YearsMonths, _day] = _paid(lambda span, day: shifting.plus_months(day, span))
    _MINUS[_day, timedelta] = _paid(lambda day, span: shifting.plus_span(day, negative(span)))
    _MINUS[_day, YearsMonths] = _paid(_months_back)
    for _other in _DAYS:
        _MINUS[_day, _other] = _paid(shifting.difference)

#: For each operator, what it does to a pair of kinds; a pair that is missing gives null.
OPERATIONS: dict[str, Table] = {
    "+": _PLUS,
    "-": _MINUS,
    "*": _TIMES,
    "/": _OVER,
    "**": {(Decimal, Decimal): _power},
}


def negative(value: Value) -> Value:
    """Return `-value` of a number or duration."""
    if isinstance(value, Decimal):
        return numerics.subtract(Decimal(0), value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    return -value if isinstance(value, timedelta) and abs(value.days) < 999_999_999 else None
