"""Number answers: `1.500.000` and `1,5` as Vietnamese people write them, int or float inside."""

import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from app.forms.model import Field
from app.forms.words import say

#: Fifteen digits are what a float keeps exactly.
LARGEST = 10**15 - 1
IMMENSE = 10**20
#: More than people type, and than a form may ask for.
MOST_DECIMALS = 10

_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,15})?")
_PLAIN = re.compile(r"-?[0-9]{1,20}([.,][0-9]{1,15})?")


def parse(text: str) -> int | float | str:
    """What a person typed as a number; the text itself when it is none, so that it can be shown."""
    compact = re.sub(r"\s", "", text).replace("−", "-")
    if _GROUPED.fullmatch(compact):
        compact = compact.replace(".", "")
    elif not _PLAIN.fullmatch(compact):
        return text.strip()
    return _simple(Decimal(compact.replace(",", ".")))


def typed(value: Any) -> str:
    """`value` as it stands in an input: no thousands, a decimal comma."""
    return plain(value).replace(".", ",") if is_number(value) else str(value)


def display(value: float) -> str:
    """`value` for reading: `1.500.000,5`."""
    whole, _, rest = plain(value).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return sign + grouped + ("," + rest if rest else "")


def plain(value: float) -> str:
    """All digits of `value`, without an exponent."""
    return f"{Decimal(repr(_simple(Decimal(repr(value))))):f}"


def is_number(value: Any) -> bool:
    """Whether `value` is a number that can be worked with: finite, not immense, and no boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < IMMENSE


def check(item: Field, value: Any) -> int | float:
    """The number, `int` when it is whole, or ValidationError with what to do."""
    if not is_number(value):
        raise ValidationError(say("not_number", item.label))
    low = -LARGEST if item.rules.minimum is None else item.rules.minimum
    high = LARGEST if item.rules.maximum is None else item.rules.maximum
    if value < low:
        raise ValidationError(say("too_small", item.label, limit=display(low)))
    if value > high:
        raise ValidationError(say("too_big", item.label, limit=display(high)))
    exact = Decimal(repr(value))
    _ensure_digits(item, exact)
    step = item.rules.increment
    if step is not None and exact % Decimal(repr(step)) != 0:
        raise ValidationError(say("increment", item.label, limit=display(step)))
    return _simple(exact)


def _ensure_digits(item: Field, exact: Decimal) -> None:
    limit = MOST_DECIMALS if item.rules.decimals is None else item.rules.decimals
    if exact == round(exact, limit):
        return
    if limit == 0:
        raise ValidationError(say("whole", item.label))
    raise ValidationError(say("decimals", item.label, limit=limit))


def _simple(exact: Decimal) -> int | float:
    return int(exact) if exact == exact.to_integral_value() else float(exact)
