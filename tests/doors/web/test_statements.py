"""No page asks the database more than a dozen questions."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from app.foundation.db import db
from tests.doors.web.applying import applied
from tests.doors.web.page_client import Reader
from tests.support.pages import CITIZEN, CITIZEN_PAGES, scenes

MOST = 12


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements of a block, those that open and close a transaction left out."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            told.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_pages_ask_a_dozen_questions_at_most(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    citizen, officer, auditor = (logged_in(one) for one in ("congdan1", "linh.camxuyen", "kiemtra"))
    code = applied(app, citizen)
    begun = citizen.open("/thu-tuc/thanh-lap-ho-kinh-doanh").form("case").send()
    task = officer.open("/viec").link("Tiếp nhận")
    visits = (
        (reader, "/"),
        (reader, "/thu-tuc?q=kinh+doanh"),
        (reader, "/thu-tuc/hoi-nghi-quoc-te"),
        (citizen, begun.path),
        (citizen, "/ho-so-cua-toi"),
        (citizen, f"/ho-so/{code}"),
        (citizen, f"/ho-so/{code}/da-gui"),
        (officer, "/viec?view=due"),
        (officer, task.path),
        (auditor, "/kiem-tra?person=a"),
        (auditor, f"/kiem-tra/{code}"),
        (auditor, f"/kiem-tra/{code}?checked=1"),
    )
    for who, address in visits:
        with counted(app) as told:
            who.open(address)
        assert len(told) <= MOST, (address, told)


@pytest.fixture
def places(app: Flask) -> Mapping[str, str]:
    return scenes(app)


@pytest.mark.parametrize("person", ["", CITIZEN], ids=["visitor", "citizen"])
def test_no_page_of_citizens_asks_more(
    app: Flask,
    reader: Reader,
    logged_in: Callable[[str], Reader],
    places: Mapping[str, str],
    person: str,
) -> None:
    who = logged_in(person) if person else reader
    asked = {}
    for path in CITIZEN_PAGES[person]:
        with counted(app) as told:
            who.open(path.format(**places))
        asked[path] = list(told)
    assert {path: told for path, told in asked.items() if len(told) > MOST} == {}
