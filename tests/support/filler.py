"""Fills any form-js form in: first options, shortest answers, so that the happy path is taken."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.foundation.clock import local_date, now

#: Tried in turn where a pattern must be met.
CANDIDATES = (
    "0" * 12,
    "0912345678",
    "123",
    "2024",
    "0" * 10,
    "4201",
    "12/2024",
    "A1",
    "00001/2024",
)


def fill(form: Mapping[str, Any], choose: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Valid answers to `form`; `choose` fixes some by key, wherever they stand."""
    answers: dict[str, Any] = {}
    _fill(form["components"], choose or {}, answers)
    return answers


def _fill(components: list[Any], choose: Mapping[str, Any], into: dict[str, Any]) -> None:
    for part in components:
        kind = part["type"]
        if kind == "group":
            inner = into.setdefault(part["path"], {}) if part.get("path") else into
            _fill(part["components"], choose, inner)
        elif kind == "dynamiclist":
            row: dict[str, Any] = {}
            _fill(part["components"], choose, row)
            into[part["path"]] = [row]
        elif part.get("key") in choose:
            into[part["key"]] = choose[part["key"]]
        elif part.get("key") and kind in ANSWERS and not _untouchable(part):
            into[part["key"]] = ANSWERS[kind](part)


def _untouchable(part: Mapping[str, Any]) -> bool:
    return bool(part.get("readonly") or part.get("disabled"))


def _text(part: Mapping[str, Any]) -> str:
    rules = part.get("validate", {})
    if rules.get("validationType") == "email":
        return "nguoi.nop@example.vn"
    if rules.get("validationType") == "phone":
        return "0912345678"
    if pattern := rules.get("pattern"):
        return next(text for text in CANDIDATES if re.search(pattern, text))
    words = "Nội dung " * (1 + rules.get("minLength", 1) // 9)
    return words.strip()[: rules.get("maxLength", 2000)]


def _number(part: Mapping[str, Any]) -> int:
    return max(1, int(float(part.get("validate", {}).get("min", 1))))


def _moment(part: Mapping[str, Any]) -> str:
    day = local_date(now())
    if part.get("disallowPassedDates") or part.get("properties", {}).get("earliest"):
        day += timedelta(days=60)
    elif part.get("properties", {}).get("latest"):
        day -= timedelta(days=3)
    return {
        "date": day.isoformat(),
        "time": "09:00",
        "datetime": f"{day.isoformat()}T09:00+07:00",
    }[part.get("subtype", "date")]


def _first(part: Mapping[str, Any]) -> str:
    return str(part["values"][0]["value"])


#: Kinds of components left out take no answer, or none that is needed.
ANSWERS = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": _moment,
    "checkbox": lambda _part: True,
    "radio": _first,
    "select": _first,
    "checklist": lambda part: [_first(part)],
    "taglist": lambda part: [_first(part)],
}
