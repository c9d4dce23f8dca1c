"""Values on their way out: as JSON, and as FEEL text for `string()`."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from app.feel import limits
from app.feel.calendar import duration_text, time_text
from app.feel.distant import Distant, DistantDate, DistantMoment, year_text
from app.feel.errors import FeelStopped
from app.feel.numerics import number_text
from app.feel.run import Run
from app.feel.values import Function, Range, Value, YearsMonths
from app.foundation.text import lazy_gettext

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def _range_text(span: Range) -> str:
    if span.operator:
        return f"({span.operator} {quoted(span.high if span.low is None else span.low)})"
    low, high = "[" if span.low_in else "(", "]" if span.high_in else ")"
    return f"{low}{quoted(span.low)}..{quoted(span.high)}{high}"


def _boolean_text(value: bool) -> str:  # noqa: FBT001 - the value itself, not a switch
    return "true" if value else "false"


def _distant_moment_text(value: DistantMoment) -> str:
    day = value.near.date().isoformat()[4:]
    return f"{year_text(value.year)}{day}T{time_text(value.near)}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: _boolean_text,
    Decimal: number_text,
    date: date.isoformat,
    time: time_text,
    datetime: lambda value: f"{value.date().isoformat()}T{time_text(value)}",
    DistantDate: DistantDate.isoformat,
    DistantMoment: _distant_moment_text,
    timedelta: duration_text,
    YearsMonths: duration_text,
    Range: _range_text,
    Function: lambda value: f"function({', '.join(value.parameters or ())})",
}


def text_of(value: Value) -> str | None:
    """Return a value that is neither list nor context as FEEL text; text stays as it is."""
    if value is None or isinstance(value, str):
        return value
    show = _TEXTS.get(type(value))
    return show(value) if show else None


def quoted(value: Value) -> str:
    """Return a value as it may be written in FEEL."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value) or "null"


def written(run: Run, value: Value) -> str:
    """Return any value as FEEL text, lists and contexts too; every piece is paid for."""
    pieces: list[str] = []
    size = 0

    def put(piece: str) -> None:
        nonlocal size
        size += len(piece)
        if size > limits.MAX_TEXT:
            raise run.too_long()
        pieces.append(piece)

    _write(run, value, put)
    return run.text("".join(pieces))


def _write(run: Run, value: Value, put: Callable[[str], None]) -> None:
    run.charge(3)
    if isinstance(value, list):
        for place, item in enumerate(value):
            put(", " if place else "[")
            _write(run, item, put)
        put("]" if value else "[]")
    elif isinstance(value, dict):
        for place, (key, item) in enumerate(value.items()):
            put(f"{', ' if place else '{'}{key}: ")
            _write(run, item, put)
        put("}" if value else "{}")
    else:
        put(quoted(value))


class _JsonWriter:
    """Turns one value into JSON and stops where shared parts would blow it up."""

    def __init__(self) -> None:
        self._left = limits.MAX_STEPS

    def write(self, value: Value) -> Json:
        self._left -= 1
        if self._left < 0:
            raise FeelStopped(expression="", hint=lazy_gettext("The result is too large."))
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, Decimal):
            return _json_number(value)
        if isinstance(value, list):
            return [self.write(item) for item in value]
        if isinstance(value, dict):
            return {key: self.write(item) for key, item in value.items()}
        return _json_text(value)


def _json_number(value: Decimal) -> Json:
    if value.adjusted() < 18 and value == value.to_integral_value():
        return int(value)
    return float(value) if value.adjusted() < 308 else number_text(value)


def _json_text(value: Value) -> str | None:
    if isinstance(value, date | time | Distant):
        return value.isoformat()
    return text_of(value)


def to_json(value: Value) -> Json:
    """Return a value of FEEL as JSON has it.

    Numbers become int if they are integral, else float (text above 1E+308, which JSON lacks);
    dates, times and durations ISO 8601 text with an offset, never a zone's name; ranges and
    functions FEEL text. Raises FeelStopped for a result that is too large or nested too deep.
    """
    try:
        return _JsonWriter().write(value)
    except RecursionError:
        hint = lazy_gettext("The result is nested too deep.")
        raise FeelStopped(expression="", hint=hint) from None
