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


def _months_back(_run: Run, day: Day, span: YearsMonths) -> Value:
    return shifting.plus_months(day, YearsMonths(-span.months))


_SPANS = (timedelta, YearsMonths)
_DAYS = (date, datetime, DistantDate, DistantMoment)

_PLUS: Table = {
    (Decimal, Decimal): lambda _run, a, b: numerics.add(a, b),
    (str, str): lambda run, a, b: run.text(a + b),
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
    _PLUS[_day, timedelta] = lambda _run, a, b: shifting.plus_span(a, b)
    _PLUS[timedelta, _day] = lambda _run, a, b: shifting.plus_span(b, a)
    _PLUS[_day, YearsMonths] = lambda _run, a, b: shifting.plus_months(a, b)
    _PLUS[YearsMonths, _day] = lambda _run, a, b: shifting.plus_months(b, a)
    _MINUS[_day, timedelta] = lambda _run, a, b: shifting.plus_span(a, negative(b))
    _MINUS[_day, YearsMonths] = _months_back
    for _other in _DAYS:
        _MINUS[_day, _other] = lambda _run, a, b: shifting.difference(a, b)

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
