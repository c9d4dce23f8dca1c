"""What a request costs the database, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.foundation.db import db
from tests.doors.api.support import BIRTH, RECEPTION, Caller


class Counted:
    """Statements and commits of one block."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0


@contextmanager
def counting(app: Flask) -> Iterator[Counted]:
    counted = Counted()

    def on_statement(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.statements.append(statement)

    def on_commit(_connection: Any) -> None:
        counted.commits += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
        event.remove(engine, "commit", on_commit)
    counted.statements = [s for s in counted.statements if not s.startswith("BEGIN")]


def test_completing_a_task_takes_ten_statements_and_one_commit(
    any_app: Flask, every_caller: Callable[[str], Caller]
) -> None:
    citizen, desk = every_caller("congdan1"), every_caller(RECEPTION)
    task = desk.open_task(citizen.submit(BIRTH).json["code"])
    answers = {"data": desk.answers(task)}
    with counting(any_app) as counted:
        assert desk.post(f"/inbox/{task}/complete", answers, key="once").status_code == 200
    assert counted.commits == 1
    assert len(counted.statements) <= 10, counted.statements
    with counting(any_app) as counted:
        assert desk.post(f"/inbox/{task}/complete", answers, key="once").status_code == 200
    assert len(counted.statements) <= 4, counted.statements


def test_reading_costs_little(any_app: Flask, every_caller: Callable[[str], Caller]) -> None:
    citizen, desk = every_caller("congdan1"), every_caller(RECEPTION)
    code = citizen.submit(BIRTH).json["code"]
    task = desk.open_task(code)
    for path, most in (
        ("/inbox", 2),
        (f"/inbox/{task}", 4),
        (f"/dossiers/{code}", 7),
        (f"/dossiers/{code}/journal", 4),
        ("/procedures", 1),
        (f"/procedures/{BIRTH}", 3),
        ("/health", 1),
    ):
        desk.get(path)  # what is kept in memory is read once
        with counting(any_app) as counted:
            assert desk.get(path).status_code == 200
        assert len(counted.statements) <= most, (path, counted.statements)
        assert counted.commits == 0
