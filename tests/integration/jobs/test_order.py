"""All kinds of work are one list: whatever came due first is done first."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.foundation import clock
from app.foundation.db import db
from app.jobs import agenda
from app.jobs.ticking import Ticker
from app.jobs.worklist import WORKLIST, Work
from tests.integration.jobs.made_up import Rows
from tests.support.apps import MONDAY
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
Make = Callable[..., Ticker]
NINE, TEN = MONDAY, MONDAY + timedelta(hours=1)


def test_a_deadline_before_a_step_before_a_message(ticker: Make) -> None:
    steps = Rows([(1, TEN)], name="step")
    deadlines = Rows([(1, TEN), (2, NINE)], name="deadline")
    messages = Rows([(1, TEN - timedelta(minutes=1))], name="message")
    diary = steps.diary = deadlines.diary = messages.diary = []
    with clock.at(TEN):
        ticker(deadlines.work(), steps.work(), messages.work()).tick()
    assert diary == [("deadline", 2), ("message", 1), ("deadline", 1), ("step", 1)]


instants = st.integers(0, 20).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.lists(instants, max_size=12), min_size=1, max_size=4), failing=st.data())
def test_any_mixture_is_done_once_and_in_order(
    ticker: Make,
    monkeypatch: pytest.MonkeyPatch,
    kinds: list[list[datetime]],
    failing: st.DataObject,
) -> None:
    monkeypatch.setattr(agenda, "BATCH", failing.draw(st.integers(1, 5)))
    diary: list[tuple[str, int]] = []
    columns = [Rows(enumerate(due), name=str(kind)) for kind, due in enumerate(kinds)]
    for column, due in zip(columns, kinds, strict=True):
        column.diary = diary
        column.fails = failing.draw(st.sets(st.integers(0, max(len(due) - 1, 0)), max_size=4))
    with clock.at(MONDAY + timedelta(minutes=10)):
        ticker(*[column.work() for column in columns]).tick()
    done = [kinds[int(name)][row] for name, row in diary]
    assert done == sorted(done)
    assert len(set(diary)) == len(diary)
    for column, due in zip(columns, kinds, strict=True):
        ripe = {row for row, at in enumerate(due) if at <= MONDAY + timedelta(minutes=10)}
        assert set(column.waiting) == set(range(len(due))) - (ripe - column.fails)


def test_what_is_stored_meanwhile_and_due_earlier_goes_first(ticker: Make) -> None:
    rows = Rows([(1, NINE), (2, TEN)])

    def act(session: Session, row: int, *, at: datetime) -> bool:
        if row == 1:
            rows.waiting[3] = NINE + timedelta(minutes=30)
            one.hear(rows.waiting[3])
        return rows.act(session, row, at=at)

    one = ticker(Work(name="made up", rows=rows, act=act))
    with clock.at(TEN):
        assert one.tick() == 3
    assert rows.tried == [1, 3, 2]


def test_what_is_stored_meanwhile_and_due_later_does_not_disturb(ticker: Make) -> None:
    rows = Rows([(1, NINE), (2, NINE)])

    def act(session: Session, row: int, *, at: datetime) -> bool:
        one.hear(TEN)
        return rows.act(session, row, at=at)

    one = ticker(Work(name="made up", rows=rows, act=act))
    with clock.at(TEN):
        one.tick()
    assert rows.looks == 2, "one that finds both and one that finds nothing"


@pytest.mark.parametrize("work", WORKLIST, ids=lambda work: work.name)
@pytest.mark.parametrize("question", ["due", "next"])
def test_a_look_reads_index_entries_in_order_and_sorts_nothing(
    any_app: Flask, work: Work, question: str
) -> None:
    asked = []
    Story(any_app).submit(P6)
    with any_app.app_context():
        session = db.session()
        on_sqlite = session.get_bind().dialect.name == "sqlite"
        if not on_sqlite:
            # Of tables that were never analysed the planner only guesses the size.
            session.execute(text("SET enable_seqscan = off"))
            session.execute(text("SET enable_bitmapscan = off"))
        db.event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda _c, _cursor, statement, values, *_: asked.append((statement, values)),
        )
        getattr(work.rows, question)(session, MONDAY)
        statement, values = next(one for one in asked if one[0].startswith("SELECT"))
        explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
        plan = str(session.connection().exec_driver_sql(explain + statement, values).all())
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert "INDEX" in plan.upper()
    assert "SEQ" not in plan.upper()
