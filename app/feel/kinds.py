"""The types of FEEL, as `instance of` asks for them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.feel.distant import DistantDate, DistantMoment
from app.feel.nodes import TypeOf
from app.feel.run import Run
from app.feel.values import Function, Range, Value, YearsMonths

_SIMPLE: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": date,
    "time": time,
    "date and time": datetime,
    "years and months duration": YearsMonths,
    "days and time duration": timedelta,
    "list": list,
    "context": dict,
    "range": Range,
    "function": Function,
}
#: Distance makes no difference to the type.
_NEAR: dict[type, type] = {DistantDate: date, DistantMoment: datetime}


def is_a(run: Run, value: Value, kind: TypeOf) -> bool:
    """Return whether a value is of a type; null is of no type but Null."""
    if kind.name in {"Any", "Null"}:
        return (value is None) == (kind.name == "Null")
    if _NEAR.get(type(value), type(value)) is not _SIMPLE[kind.name]:
        return False
    inner = _INNER.get(kind.name)
    return not kind.members or inner is None or inner(run, value, kind)


def _list(run: Run, value: list[Value], kind: TypeOf) -> bool:
    run.charge(len(value))
    wanted = kind.members[0][1]
    return wanted.name == "Any" or all(is_a(run, item, wanted) for item in value)


def _context(run: Run, value: dict[str, Value], kind: TypeOf) -> bool:
    run.charge(len(kind.members))
    return all(
        name in value and (wanted.name == "Any" or is_a(run, value[name], wanted))
        for name, wanted in kind.members
    )


def _range(run: Run, value: Range, kind: TypeOf) -> bool:
    wanted = kind.members[0][1]
    return all(end is None or is_a(run, end, wanted) for end in (value.low, value.high))


_INNER: dict[str, Callable[[Run, Any, TypeOf], bool]] = {
    "list": _list,
    "context": _context,
    "range": _range,
}
