"""Decodes what a browser posts for a form into the same shape that JSON clients send.

The name of an input is the path of its question: `owner.name`, `members[0].name`. A date is posted
as `birth-day`, `birth-month`, `birth-year`, and `birth-time` when it has a time; ticked boxes by
repeating the name, files to take away as `papers-remove`. Names the form does not have are left
alone: a page has its own (the CSRF token, buttons). What people cannot change is never read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any, Protocol

from app.forms import numbers, times
from app.forms.model import Field, FormDefinition, Kind, Moment, Scope
from app.forms.paths import look_up, put
from app.forms.rules import MAX_ITEMS

#: A path into a row of a list: the list, the number of the row, the path inside the row.
_ROW_OF = re.compile(r"(?P<list>[^\[\]]+)\[(?P<row>[0-9]{1,3})\]\.(?P<rest>.+)")

Files = Mapping[str, list[str]]
Given = str | int | float | bool | list[Any] | None


class Post(Protocol):
    """A multidict, as werkzeug's `request.form` is one."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value posted under `key`."""

    def keys(self) -> Iterable[str]:
        """Every name posted."""


def from_html(form: FormDefinition, multidict: Post, files: Files | None = None) -> dict[str, Any]:
    """The posted answers, nested and unchecked; give them to `validate`.

    `files` holds the ids of stored files by path: those stored earlier (`stored_files`), then those
    that came with this post. Blank answers are absent; blank rows stay, so that places match.
    """
    return _decode(form, multidict, files or {}, "")


def stored_files(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids of stored files in `data` by path, as `from_html` takes them."""
    return _files(form, data, "")


def file_ids(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, str]:
    """The path of each stored file in `data` by its id."""
    return {file: path for path, files in stored_files(form, data).items() for file in files}


def place_files(form: FormDefinition, data: Mapping[str, Any], files: Files) -> dict[str, Any]:
    """A copy of the answers that names these files, by path; rows that are missing are added."""
    placed = deepcopy(dict(data))
    for path, ids in files.items():
        _place(form, placed, path, list(ids))
    return placed


def _place(scope: Scope, data: dict[str, Any], path: str, ids: list[str]) -> None:
    row_of = _ROW_OF.match(path)
    head, row, rest = row_of.groups() if row_of else (path, None, "")
    item = next((one for one in scope.inputs if one.name == head), None)
    if item is None:
        return
    if row is None:
        put(data, item.path, ids if item.multiple else ids[-1:])
    elif int(row) < MAX_ITEMS:
        rows = look_up(data, item.path) or []
        rows += [{} for _ in range(int(row) + 1 - len(rows))]
        put(data, item.path, rows)
        _place(item, rows[int(row)], rest, ids)


def row_numbers(post: Post, name: str) -> list[int]:
    """The places of the rows posted for the list `name`, as the page had numbered them."""
    pattern = re.compile(re.escape(name) + r"\[([0-9]{1,3})\]")
    names = iter(post.keys())
    found = {int(match[1]) for name in names if (match := pattern.match(name))}
    return sorted(found)[: MAX_ITEMS + 1]


def _decode(scope: Scope, post: Post, files: Files, prefix: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for item in scope.inputs:
        if item.fixed:
            continue
        value = _value(item, post, files, prefix + item.name)
        if value not in (None, "", []):
            put(data, item.path, value)
    return data


def _value(item: Field, post: Post, files: Files, name: str) -> Given:
    if item.kind is Kind.LIST:
        return [_decode(item, post, files, f"{name}[{at}].") for at in row_numbers(post, name)]
    if item.kind is Kind.FILES:
        taken_away = set(post.getlist(f"{name}-remove"))
        stored = [file for file in files.get(name, []) if file not in taken_away]
        return stored if item.multiple else stored[-1:]
    return DECODERS.get(item.kind, _text)(item, post, name)


def _text(_item: Field, post: Post, name: str) -> Given:
    return next(iter(post.getlist(name)), "").strip()


def _number(item: Field, post: Post, name: str) -> Given:
    text = str(_text(item, post, name))
    return numbers.parse(text) if text else None


def _moment(item: Field, post: Post, name: str) -> Given:
    parts = {part: str(_text(item, post, f"{name}-{part}")) for part in times.PARTS}
    time = name if item.moment is Moment.TIME else f"{name}-time"
    return times.parse(item, {**parts, "time": str(_text(item, post, time))})


def _boolean(_item: Field, post: Post, name: str) -> Given:
    return True if post.getlist(name) else None


def _many(_item: Field, post: Post, name: str) -> Given:
    return list(dict.fromkeys(post.getlist(name)))


#: How each kind of question is posted; the rest is plain text.
DECODERS: dict[Kind, Callable[[Field, Post, str], Given]] = {
    Kind.NUMBER: _number,
    Kind.DATETIME: _moment,
    Kind.CHECKBOX: _boolean,
    Kind.CHECKLIST: _many,
    Kind.TAGLIST: _many,
}


def _files(scope: Scope, data: Any, prefix: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in scope.inputs:
        value = look_up(data, item.path)
        if not isinstance(value, list):
            continue
        if item.kind is Kind.FILES:
            found[prefix + item.name] = [file for file in value if isinstance(file, str)]
        elif item.kind is Kind.LIST:
            for place, row in enumerate(value):
                found |= _files(item, row, f"{prefix}{item.name}[{place}].")
    return found
