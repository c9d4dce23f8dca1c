"""Answers as a browser posts them: dotted names, dates in three parts, files as uploads."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Flask

from app.domain.procedures.queries import procedure_by_key
from app.foundation.db import db
from app.queries.definitions import current_version
from tests.doors.web.page_client import PDF, Form
from tests.support.filler import fill

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?")


def answers(
    app: Flask, procedure: str, form_name: str, form: Form, **choose: Any
) -> dict[str, Any]:
    """The happy path through a form of the procedure, as far as the page asks for it."""
    with app.app_context():
        version = current_version(db.session(), procedure_by_key(db.session(), procedure))
        source = orjson.loads(version.form_source(form_name))
        files = version.form(form_name).file_keys
    told = dict(posted(fill(source, choose)))
    told |= {path: (f"{path}.pdf", PDF) for path in files if path in form.names}
    return {name: value for name, value in told.items() if name in form.names}


def posted(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested answers under the names of inputs."""
    for key, value in data.items():
        name = prefix + key
        if isinstance(value, Mapping):
            yield from posted(value, f"{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for place, row in enumerate(value):
                yield from posted(row, f"{name}[{place}].")
        else:
            yield from _one(name, value)


def _one(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    date = _DATE.fullmatch(value[:16]) if isinstance(value, str) else None
    if date:
        year, month, day, time = date.groups()
        yield from [(f"{name}-day", day), (f"{name}-month", month), (f"{name}-year", year)]
        if time:
            yield f"{name}-time", time
    else:
        yield name, "true" if value is True else value if isinstance(value, list) else str(value)
