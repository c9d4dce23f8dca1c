"""Date and time answers: ISO inside, `27/3/2026 08:30` outside, three inputs for a date.

Times are local legal time (+07:00, no daylight saving), with the offset written out when the form
says `timeSerializingFormat: utc_offset`.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError

from app.forms.model import Field, Moment
from app.forms.words import say
from app.foundation import clock

OFFSET = "+07:00"
#: Nobody means a year outside these.
FIRST_YEAR, LAST_YEAR = 1850, 2200
PARTS = ("day", "month", "year")

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_TYPED_TIME = re.compile(r"([01]?[0-9]|2[0-3])\s*(?:[:hH.]|giờ)\s*([0-5][0-9])?")
_WRONG = {Moment.DATE: "not_date", Moment.TIME: "not_time", Moment.DATETIME: "not_datetime"}


def parse(item: Field, parts: Mapping[str, str]) -> str:
    """ISO text of what was typed into `day`, `month`, `year`, `time`; empty when nothing was.

    What is no date stays as typed (`31/2/2026`), so that it can be shown again and refused.
    """
    if not any(parts.values()):
        return ""
    day = _parse_date(*(parts.get(part, "") for part in PARTS))
    time = _parse_time(parts.get("time", ""), offset=item.offset)
    return {Moment.DATE: day, Moment.TIME: time, Moment.DATETIME: f"{day}T{time}"}[item.moment]


def split(item: Field, value: Any) -> dict[str, str]:
    """The four parts of a stored or mistyped value, as they stand in the inputs."""
    text = value if isinstance(value, str) else ""
    day, time = {
        Moment.DATE: (text, ""),
        Moment.TIME: ("", text),
        Moment.DATETIME: (text.rpartition("T")[0], text.rpartition("T")[2]),
    }[item.moment]
    if found := _DATE.fullmatch(day):
        typed = [str(int(found[3])), str(int(found[2])), found[1]]
    else:
        typed = [*day.split("/", 2), "", "", ""][:3]
    return {**dict(zip(PARTS, typed, strict=True)), "time": time.removesuffix(OFFSET)}


def display(item: Field, value: str) -> str:
    """`27/3/2026`, `08:30` or `27/3/2026 08:30`."""
    parts = split(item, value)
    day = "/".join(parts[part] for part in PARTS) if item.moment is not Moment.TIME else ""
    return f"{day} {parts['time']}".strip()


def check(item: Field, value: Any) -> str:
    """The ISO text in its one accepted form, or ValidationError with what to do."""
    if not isinstance(value, str) or len(value) > 100:
        raise ValidationError(say(_WRONG[item.moment], item.label))
    _ensure_complete(item, value)
    day, time = {
        Moment.DATE: (value, ""),
        Moment.TIME: ("", value),
        Moment.DATETIME: (value.rpartition("T")[0], value.rpartition("T")[2]),
    }[item.moment]
    if item.moment is not Moment.TIME:
        _ensure_allowed(item, _date(item, day))
    if item.moment is not Moment.DATE:
        # A value without an offset is local time as well: browsers and people send none.
        time = time.removesuffix(OFFSET)
        if not _TIME.fullmatch(time):
            raise ValidationError(say(_WRONG[item.moment], item.label))
        time += OFFSET if item.offset else ""
    return f"{day}T{time}" if item.moment is Moment.DATETIME else day or time


def _parse_date(day: str, month: str, year: str) -> str:
    typed = [part[:20] for part in (day, month, year)]
    if all(part.isascii() and part.isdigit() for part in typed) and len(typed[2]) == 4:
        try:
            return date(int(typed[2]), int(typed[1]), int(typed[0])).isoformat()
        except ValueError:
            pass
    return "/".join(typed) if any(typed) else ""


def _parse_time(text: str, *, offset: bool) -> str:
    found = _TYPED_TIME.fullmatch(text)
    if not found:
        return text[:20]
    return f"{int(found[1]):02d}:{found[2] or '00'}" + (OFFSET if offset else "")


def _ensure_complete(item: Field, value: str) -> None:
    """Say which part is missing when a date was typed by halves."""
    parts = split(item, value)
    wanted = () if item.moment is Moment.TIME else PARTS
    if item.moment is Moment.DATETIME:
        wanted = (*wanted, "time")
    gaps = [part for part in wanted if not parts[part].strip()]
    if gaps and len(gaps) < len(wanted) and ("/" in value or gaps == ["time"]):
        raise ValidationError([say(f"no_{part}", item.label) for part in gaps])


def _date(item: Field, day: str) -> date:
    try:
        found = date.fromisoformat(day) if _DATE.fullmatch(day) else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError(say(_WRONG[item.moment], item.label))
    return found


def _ensure_allowed(item: Field, day: date) -> None:
    today = clock.now().astimezone(clock.LOCAL_ZONE).date()
    for limit, late, words in (
        (item.rules.earliest, -1, "in_future"),
        (item.rules.latest, 1, "in_past"),
    ):
        bound = today if limit == "today" else date.fromisoformat(limit) if limit else day
        if (day - bound).days * late > 0:
            if limit == "today":
                raise ValidationError(say(words, item.label))
            key = "too_early" if late < 0 else "too_late"
            raise ValidationError(
                say(key, item.label, limit=f"{bound.day}/{bound.month}/{bound.year}")
            )
