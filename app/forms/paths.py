"""Paths of answers: `owner.name`, `members[0].name`; the same in errors, posts and links."""

import re
from collections.abc import Mapping, Sequence
from typing import Any


def look_up(data: Any, path: Sequence[str]) -> Any:
    """What stands at `path` in nested mappings, None when nothing does."""
    for segment in path:
        if not isinstance(data, Mapping):
            return None
        data = data.get(segment)
    return data


def put(data: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Set `value` at `path`, making the mappings on the way."""
    *folders, last = path
    for folder in folders:
        data = data.setdefault(folder, {})
    data[last] = value


def element_id(name: str) -> str:
    """The HTML id of the input called `name`; different names give different ids."""
    return "field-" + re.sub(r"\W+", "-", name).strip("-")


def readable(key: object) -> str:
    """A key that a stranger sent, made safe to show: short and without control characters."""
    text = str(key)[:100]
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "�" for letter in text)
