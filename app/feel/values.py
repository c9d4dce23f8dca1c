"""The values of FEEL that Python does not have, and the way in and out for those it has.

Inside, a number is a `Decimal`, a date, time, date and time or days-and-time duration is Python's
own `date`, `time`, `datetime`, `timedelta` (microseconds; days outside the years 1 to 9999 are in
distant.py), a list is a `list` and
a context is a `dict`. Values are never changed after they are made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

#: Any value; the alias says that a FEEL value is meant.
Value: TypeAlias = object

#: The kinds whose values have an order among themselves.
ORDERED = frozenset({Decimal, str, date, datetime, time, timedelta})


class YearsMonths(NamedTuple):
    """A duration that no number of days can express."""

    months: int


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """All values between two ends; `operator` is kept where it was written as `> 5`."""

    low: Value
    high: Value
    low_in: bool
    high_in: bool
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be called; `parameters` is None where the function finds out itself."""

    call: Callable[[list[Value]], Value]
    parameters: tuple[str, ...] | None
