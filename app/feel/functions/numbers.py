"""Built-ins on numbers."""

from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from app.feel import limits, numerics
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value, YearsMonths

#: Digits after (or, negative, before) the point that decimal128 can keep.
_SCALES = range(-6111, 6177)

_ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}


def _rounder(rounding: str) -> Callable[..., Value]:
    def body(_run: Run, n: Decimal, scale: Decimal = Decimal(0)) -> Value:
        if abs(scale) >= 10_000 or int(scale) not in _SCALES:
            return None
        return numerics.rounded(n, int(scale), rounding)

    return body


for _name, _rounding in _ROUNDINGS.items():
    if _name in {"floor", "ceiling"}:
        builtin(_name, "n: number")(_rounder(_rounding))
    builtin(_name, "n: number", "scale: number")(_rounder(_rounding))


@builtin("abs", "n: number|duration")
def _abs(_run: Run, n: Decimal | timedelta | YearsMonths) -> Value:
    if isinstance(n, Decimal):
        return n.copy_abs()
    return YearsMonths(abs(n.months)) if isinstance(n, YearsMonths) else abs(n)


@builtin("modulo", "dividend: number", "divisor: number")
def _modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    quotient = numerics.divide(dividend, divisor)
    if quotient is None:
        return None
    floor = quotient.to_integral_value(ROUND_FLOOR)
    back = numerics.multiply(divisor, floor)
    return None if back is None else numerics.subtract(dividend, back)


def _costly(operation: Callable[[Decimal], Decimal], steps: int) -> Callable[..., Value]:
    def body(run: Run, number: Decimal) -> Value:
        run.charge(steps)
        try:
            result = operation(number)
        except DecimalException:
            return None
        return result if result.is_finite() else None

    return body


builtin("sqrt", "number: number")(_costly(numerics.DECIMAL128.sqrt, 5))
builtin("log", "number: number")(_costly(numerics.DECIMAL128.ln, limits.STEPS_OF_POWER))
builtin("exp", "number: number")(_costly(numerics.DECIMAL128.exp, limits.STEPS_OF_POWER))


def _parity(remainder: int) -> Callable[..., Value]:
    def body(_run: Run, number: Decimal) -> Value:
        whole = numerics.whole(number)
        return None if whole is None else whole % 2 == remainder

    return body


builtin("even", "number: number")(_parity(0))
builtin("odd", "number: number")(_parity(1))


@builtin("number", "from: string|number")
def _number(_run: Run, text: str | Decimal) -> Value:
    return _parsed(text) if isinstance(text, str) else text


@builtin(
    "number", "from: string", "grouping separator: string|null", "decimal separator: string|null"
)
def _grouped_number(_run: Run, text: str, grouping: str | None, point: str | None) -> Value:
    if grouping not in {" ", ",", ".", None} or point not in {",", ".", None} or grouping == point:
        return None if grouping is not None or point is not None else _parsed(text)
    plain = text.replace(grouping, "") if grouping else text
    if point and point != "." and "." in plain:
        return None
    return _parsed(plain.replace(point, ".") if point else plain)


def _parsed(text: str) -> Value:
    shape = text.strip()
    if not shape.isascii() or "_" in shape or len(shape) > 200:
        return None
    return numerics.number_from(shape)
