"""A tick does what is due, once, and nothing stops it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.inbox.model import InboxItem
from app.foundation import clock
from app.foundation.db import db
from app.foundation.due import Due
from app.jobs.agenda import BATCH
from app.jobs.lease import Lease
from app.jobs.ticking import Ticker
from app.jobs.worklist import DEADLINES, WORKLIST, Work
from tests.integration.jobs.made_up import Rows, overdue
from tests.support.apps import MONDAY
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
Make = Callable[..., Ticker]


def test_a_service_is_performed_and_the_dossier_moves_on(any_app: Flask, ticker: Make) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen")
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    with clock.at(story.at):
        assert ticker().tick() == 1
    assert story.open_steps() == ["stamping"]
    assert story.replayed().identical


def test_a_late_step_is_flagged_once(any_app: Flask, ticker: Make) -> None:
    story = Story(any_app)
    story.submit(P6)
    with clock.at(MONDAY + timedelta(days=30)):
        assert ticker().tick() == 2, "the step, and the reception it is"
        assert ticker().tick() == 0
    assert story.events().count("step_overdue") == 1
    with any_app.app_context():
        assert db.session().scalar(select(InboxItem.overdue_at)) is not None


def test_what_is_not_due_is_left_alone(any_app: Flask, ticker: Make) -> None:
    story = Story(any_app)
    story.submit(P6)
    with clock.at(MONDAY):
        assert ticker().tick() == 0
    assert "step_overdue" not in story.events()


def test_a_tick_with_nothing_due_asks_what_is_due_and_what_is_next_and_writes_nothing(
    any_app: Flask, ticker: Make, lease: Lease
) -> None:
    looking = lease.take()
    assert looking is not None
    statements: list[str] = []

    @event.listens_for(looking.engine, "before_cursor_execute")
    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    with clock.at(MONDAY):
        assert ticker().tick() == 0
    kinds = [statement.split()[0] for statement in statements]
    assert [kind for kind in kinds if kind != "BEGIN"] == ["SELECT", "SELECT"] * len(WORKLIST)


def test_a_follower_does_nothing(any_app: Flask, ticker: Make) -> None:
    class Taken:
        def take(self) -> None:
            return None

        def tell(self) -> None:
            told.append("look")

        def heard(self) -> bool:
            raise AssertionError("only the leader hears")

        def give_up(self) -> None:
            raise AssertionError("a follower has nothing to give up")

    told: list[str] = []

    story = Story(any_app)
    story.submit(P6)
    with clock.at(MONDAY + timedelta(days=30)):
        assert Ticker(any_app, Taken()).tick() == 0
    assert "step_overdue" not in story.events()


def test_a_failing_row_does_not_stop_the_others(ticker: Make) -> None:
    rows = Rows(overdue(range(5)), fails=range(1))
    assert ticker(rows.work()).tick() == 4
    assert list(rows.waiting) == [0]


def test_more_failing_rows_than_a_look_takes_hide_nothing(ticker: Make) -> None:
    rows = Rows(overdue(range(3 * BATCH)), fails=range(2 * BATCH))
    one = ticker(rows.work())
    for _ in range(4):
        one.tick()
    assert list(rows.waiting) == list(range(2 * BATCH))


def test_a_failing_row_is_tried_again_later_and_not_at_once(ticker: Make) -> None:
    rows = Rows(overdue(range(1)), fails=range(1))
    one = ticker(rows.work())
    for seconds in (0, 1, 2, 3, 5, 6):
        with clock.at(MONDAY + timedelta(seconds=seconds)):
            one.tick()
    assert len(rows.tried) == 3, "at 0, 2 and 6 seconds"


def test_a_row_somebody_else_works_on_is_tried_at_the_next_tick(ticker: Make) -> None:
    rows = Rows(overdue(range(2)), busy=range(1))
    one = ticker(rows.work())
    with clock.at(MONDAY):
        assert one.tick() == 1
    rows.busy.clear()
    with clock.at(MONDAY + timedelta(seconds=1)):
        assert one.tick() == 1
    assert rows.waiting == {}


def test_a_failed_row_can_note_its_failure(ticker: Make) -> None:
    noted = []
    rows = Rows(overdue(range(1)), fails=range(1))

    def postpone(_session: Session, row: int, reason: str, *, at: datetime) -> None:
        noted.append((row, reason))

    ticker(Work(name="made up", rows=rows, act=rows.act, postpone=postpone)).tick()
    assert noted == [(0, "RuntimeError: row 0 is poisoned")]


def test_even_a_failure_that_cannot_be_noted_does_not_end_the_tick(ticker: Make) -> None:
    rows = Rows(overdue(range(2)), fails=range(1))

    def postpone(*_: object, **__: object) -> None:
        raise RuntimeError("no room for notes")

    one = ticker(Work(name="made up", rows=rows, act=rows.act, postpone=postpone))
    assert one.tick() == 1


def test_a_stopped_ticker_takes_up_no_further_row(ticker: Make) -> None:
    rows = Rows(overdue(range(3)))
    one = ticker(rows.work())
    one.stop()
    assert one.tick() == 0
    assert rows.tried == []


def test_the_lead_is_given_up_when_the_look_fails(
    any_app: Flask, ticker: Make, lease: Lease
) -> None:
    one = ticker(Work(name="broken", rows=NoDatabase(), act=DEADLINES.act))
    with capture_logs() as logs:
        assert [one.tick(), one.tick()] == [0, 0]
    assert [entry["event"] for entry in logs] == ["leads", "tick_failed"], "told once"
    assert lease.take() is not None, "it may lead again"


class NoDatabase:
    def due(self, *_: object) -> list[Due]:
        raise OSError("no database")

    def next(self, *_: object) -> datetime | None:
        raise AssertionError("there was no look")


@pytest.mark.parametrize("rounds", [1, 3])
def test_many_late_steps_are_worked_off_in_one_tick(
    any_app: Flask, ticker: Make, rounds: int
) -> None:
    story = Story(any_app)
    for _ in range(rounds):
        story.submit(P6)
    with clock.at(MONDAY + timedelta(days=30)):
        assert ticker().tick() == 2 * rounds, "the steps, and their receptions"
    with any_app.app_context():
        waiting = select(Deadline.kind).where(Deadline.settled_at.is_(None))
        assert set(db.session().scalars(waiting)) == {DeadlineKind.RECEPTION}


def test_a_backlog_is_told_of_and_a_few_rows_are_not(ticker: Make) -> None:
    one = ticker(Rows(overdue(range(150))).work())
    with capture_logs() as logs:
        one.tick()
        ticker(Rows(overdue(range(3))).work()).tick()
    told = [entry for entry in logs if entry["event"] == "backlog_worked_off"]
    assert [entry["rows"] for entry in told] == [150]


def test_only_where_one_may_write_at_a_time_others_are_let_in(any_app: Flask, lease: Lease) -> None:
    with any_app.app_context():
        alone = db.engine.dialect.name == "sqlite"
    assert [lease.breather(0.001), lease.breather(1)] == ([0.001, 0.005] if alone else [0, 0])
