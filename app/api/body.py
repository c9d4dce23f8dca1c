"""Reading a JSON body: whatever is refused later by storage is refused here, with its place."""

from typing import Any

import orjson
from flask import Request, abort
from webargs import core
from webargs.flaskparser import FlaskParser

from app.foundation.errors import Invalid
from app.foundation.text import LazyString, lazy_gettext

#: Largest JSON body in bytes; papers travel through `/files`.
MAX_BYTES = 1024 * 1024
#: Forms nest lists in groups, hardly more than four deep.
MAX_DEPTH = 24
#: Values in one body, those inside lists and objects included.
MAX_VALUES = 20_000

TOO_DEEP = lazy_gettext("This is nested too deeply.")
TOO_MANY = lazy_gettext("There are too many values.")
#: PostgreSQL cannot store U+0000 in a text.
NUL = lazy_gettext("Texts must not contain the character U+0000.")


class SafeParser(FlaskParser):
    """Takes the body by `read_json`; the rest is as the library does it."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body, or nothing at all."""
        del schema
        return read_json(req)


def read_json(request: Request) -> Any:
    """The parsed body; `missing` without one.

    Aborts with 415 for another content type, 413 for too many bytes, 400 for what is not JSON;
    raises Invalid for what no form or storage could take.
    """
    request.max_content_length = MAX_BYTES
    raw = request.get_data()
    if not raw:
        return core.missing
    if not core.is_json(request.mimetype):
        abort(415)
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        abort(400)
    ensure_storable(value)
    return value


def ensure_storable(value: Any) -> None:
    """Walk without recursion; raises Invalid at the first value that cannot be taken."""
    waiting: list[tuple[str, Any, int]] = [("", value, 0)]
    count = 0
    while waiting:
        path, here, depth = waiting.pop()
        count += 1
        if count > MAX_VALUES:
            _refuse("", TOO_MANY)
        if isinstance(here, str):
            _ensure_text(path, here)
        elif isinstance(here, dict | list):
            if depth >= MAX_DEPTH:
                _refuse(path, TOO_DEEP)
            waiting += _inside(path, here, depth + 1)


def _inside(path: str, here: Any, depth: int) -> list[tuple[str, Any, int]]:
    if isinstance(here, list):
        return [(f"{path}[{index}]", part, depth) for index, part in enumerate(here)]
    for key in here:
        _ensure_text(path, key)
    return [(f"{path}.{key}" if path else key, part, depth) for key, part in here.items()]


def _ensure_text(path: str, text: str) -> None:
    if "\0" in text:
        _refuse(path, NUL)


def _refuse(path: str, why: LazyString) -> None:
    raise Invalid(errors={path[:200] or "body": [str(why)]})
