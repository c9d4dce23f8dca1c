"""Decimal numbers as FEEL wants them: 34 digits, half-even, and null where there is no result."""

from collections.abc import Callable
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

#: IEEE 754-2008 decimal128, the number type that the standard names.
DECIMAL128 = Context(
    prec=34,
    Emin=-6143,
    Emax=6144,
    rounding=ROUND_HALF_EVEN,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

#: An int with no more bits than this is exact with 34 digits.
EXACT_BITS = 112

#: An int with more bits than this is far outside the range of numbers.
MAX_BITS = 25_000

#: Plain digits are shown up to this exponent, then the scientific form.
PLAIN_EXPONENT = 40


def number_from(raw: float | Decimal | str) -> Decimal | None:
    """Return a Python number or its text as a FEEL number, or None where it has no place there."""
    if isinstance(raw, int):
        bits = raw.bit_length()
        if bits <= EXACT_BITS:
            return Decimal(raw)
        if bits > MAX_BITS:
            return None
    try:
        value = DECIMAL128.create_decimal(repr(raw) if isinstance(raw, float) else str(raw))
    except (DecimalException, ValueError):
        return None
    return value if value.is_finite() else None


def _safely(
    operation: Callable[[Decimal, Decimal], Decimal], a: Decimal, b: Decimal
) -> Decimal | None:
    try:
        return operation(a, b)
    except DecimalException:
        return None


def add(a: Decimal, b: Decimal) -> Decimal | None:
    """Return a + b."""
    return _safely(DECIMAL128.add, a, b)


def subtract(a: Decimal, b: Decimal) -> Decimal | None:
    """Return a - b."""
    return _safely(DECIMAL128.subtract, a, b)


def multiply(a: Decimal, b: Decimal) -> Decimal | None:
    """Return a * b."""
    return _safely(DECIMAL128.multiply, a, b)


def divide(a: Decimal, b: Decimal) -> Decimal | None:
    """Return a / b; null for a division by zero."""
    return _safely(DECIMAL128.divide, a, b)


def power(a: Decimal, b: Decimal) -> Decimal | None:
    """Return a to the power of b; null where the result leaves the range of numbers."""
    return _safely(DECIMAL128.power, a, b)


def whole(value: Decimal) -> int | None:
    """Return a number as int if it is integral and small enough to count with."""
    if value.adjusted() > 18 or value != value.to_integral_value():
        return None
    return int(value)


def rounded(value: Decimal, scale: int, rounding: str) -> Decimal:
    """Return `value` with `scale` digits after the point (before it, if negative)."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -scale:
        return value
    return value.quantize(Decimal(1).scaleb(-scale), rounding, DECIMAL128)


def number_text(value: Decimal) -> str:
    """Return a number the way people write it: no exponent, no trailing zeros."""
    if not value:
        return "0"
    plain = value.normalize(DECIMAL128)
    return format(plain, "f") if abs(plain.adjusted()) <= PLAIN_EXPONENT else str(plain)
