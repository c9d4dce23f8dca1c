"""What stands behind the point: the parts of dates, times, durations and ranges."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.feel.distant import DistantDate, DistantMoment
from app.feel.run import Run
from app.feel.values import Range, Value, YearsMonths

_Parts = dict[str, Callable[[Any], Value]]


def _zone_key(moment: Any) -> Value:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def _signed(total: int, unit: int, wrap: int | None = None) -> Decimal:
    size = abs(total) // unit
    size = size % wrap if wrap else size
    return Decimal(-size if total < 0 else size)


def _seconds(span: timedelta) -> int:
    whole = abs(span) // timedelta(seconds=1)
    return -whole if span < timedelta() else whole


_DAY: _Parts = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_CLOCK: _Parts = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
    "time offset": lambda value: value.utcoffset(),
    "timezone": _zone_key,
}


def _distant(parts: _Parts) -> _Parts:
    """Return parts that are those of the ordinary day, but for the year."""

    def of_near(part: Callable[[Any], Value]) -> Callable[[Any], Value]:
        return lambda value: part(value.near)

    near = {name: of_near(part) for name, part in parts.items()}
    return near | {"year": lambda value: Decimal(value.year)}


_PARTS: dict[type, _Parts] = {
    DistantDate: _distant(_DAY),
    DistantMoment: _distant(_DAY | _CLOCK),
    date: _DAY,
    time: _CLOCK,
    datetime: _DAY | _CLOCK,
    timedelta: {
        "days": lambda value: _signed(_seconds(value), 86_400),
        "hours": lambda value: _signed(_seconds(value), 3_600, 24),
        "minutes": lambda value: _signed(_seconds(value), 60, 60),
        "seconds": lambda value: _signed(_seconds(value), 1, 60),
    },
    YearsMonths: {
        "years": lambda value: _signed(value.months, 12),
        "months": lambda value: _signed(value.months, 1, 12),
    },
    Range: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_in,
        "end included": lambda value: value.high_in,
    },
}


def part_of(run: Run, value: Value, name: str) -> Value:
    """Return `value.name`: an entry of a context, of each item of a list, or a part of a moment."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        run.charge(len(value))
        return [part_of(run, item, name) for item in value]
    part = _PARTS.get(type(value), {}).get(name)
    return part(value) if part else None
