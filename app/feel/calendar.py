"""Dates, times and durations of FEEL as text and back (ISO 8601 with `@Zone`, XML Schema rules)."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.feel.distant import Day, DistantDate, day_of, join, split
from app.feel.values import Value, YearsMonths

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(r"-?\d+-\d+-\d+T", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w+/-]{0,60})?",
    re.ASCII,
)
_DAYS_TIME = re.compile(
    r"(-)?P(?=.)(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d{0,9}))?S)?)?",
    re.ASCII,
)
_YEARS_MONTHS = re.compile(r"(-)?P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,10})M)?", re.ASCII)

#: No place on earth is further from Greenwich; Java's limit, which the conformance cases expect.
_MAX_OFFSET = timedelta(hours=18)


@lru_cache(maxsize=64)
def _named_zone(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


def fixed_zone(offset: timedelta) -> timezone | None:
    """Return the zone that is always `offset` away from UTC, or None if there is no such zone."""
    if abs(offset) > _MAX_OFFSET:
        return None
    return timezone(offset) if offset else UTC


def _zone(text: str) -> tzinfo | None:
    if text == "Z":
        return UTC
    if text[0] == "@":
        return _named_zone(text[1:])
    hours, minutes, seconds = ([int(part) for part in text[1:].split(":")] + [0])[:3]
    if minutes > 59 or seconds > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return fixed_zone(-offset if text[0] == "-" else offset)


def parse_date(text: str) -> date | DistantDate | None:
    """Read `2024-01-31`; years may have a minus and up to nine digits."""
    found = _DATE.fullmatch(text)
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None


def parse_time(text: str) -> time | None:
    """Read `13:20:00`, with a fraction, an offset or a zone; below a microsecond is cut."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    zone = _zone(found[5]) if found[5] else None
    if found[5] and zone is None:
        return None
    micro = int((found[4] or "0").ljust(6, "0")[:6])
    try:
        return time(int(found[1]), int(found[2]), int(found[3]), micro, zone)
    except ValueError:
        return None


def parse_moment(text: str) -> Day | None:
    """Read a date and time; a date alone means its first second, 24:00:00 the next day's."""
    day_text, mark, time_text = text.partition("T")
    day = parse_date(day_text)
    late = time_text.startswith("24:00:00")
    clock = parse_time("00" + time_text[2:] if late else time_text) if mark else time()
    if day is None or clock is None:
        return None
    cycles, near = split(day)
    return join(cycles, datetime.combine(near, clock) + timedelta(days=1 if late else 0))


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """Read `P1DT8H` or `P1Y6M`."""
    if found := _YEARS_MONTHS.fullmatch(text):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsMonths(-months if found[1] else months)
    if not (found := _DAYS_TIME.fullmatch(text)):
        return None
    days, hours, minutes, seconds = (int(found[place] or 0) for place in (2, 3, 4, 5))
    micro = int((found[6] or "0").ljust(6, "0")[:6])
    try:
        span = timedelta(days, seconds, micro, 0, minutes, hours)
        return -span if found[1] else span
    except OverflowError:
        return None


def parse_literal(text: str) -> Value | None:
    """Read what stands between the quotes of `@"..."`; None if it is none of the four kinds."""
    if "P" in text[:2]:
        return parse_duration(text)
    if _MOMENT.match(text):
        return parse_moment(text)
    return parse_time(text) if ":" in text else parse_date(text)


def zone_text(zone: tzinfo | None, offset: timedelta | None) -> str:
    """Return the end of a time: nothing, `Z`, `+07:00` or `@Asia/Ho_Chi_Minh`."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    if not offset:
        return "Z"
    return time(tzinfo=timezone(offset)).isoformat()[8:]


def time_text(value: time | datetime) -> str:
    """Return the time of day as FEEL writes it, without trailing zeros of the fraction."""
    fraction = f".{value.microsecond:06d}".rstrip("0").rstrip(".")
    clock = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}"
    return clock + zone_text(value.tzinfo, value.utcoffset())


def duration_text(value: timedelta | YearsMonths) -> str:
    """Return a duration in its shortest form; `PT0S` and `P0M` when there is nothing."""
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-P" if value.months < 0 else "P") + (parts or "0M")
    span = abs(value)
    minutes, seconds = divmod(span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact = (Decimal(seconds) + Decimal(span.microseconds).scaleb(-6)).normalize()
    clock = "".join(f"{part:f}{unit}" for part, unit in _parts(hours, minutes, exact) if part)
    text = (f"{span.days}D" if span.days else "") + (f"T{clock}" if clock else "")
    return ("-P" if value < timedelta() else "P") + (text or "T0S")


def _parts(hours: int, minutes: int, seconds: Decimal) -> tuple[tuple[Decimal, str], ...]:
    return (Decimal(hours), "H"), (Decimal(minutes), "M"), (seconds, "S")
