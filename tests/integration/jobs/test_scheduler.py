"""The scheduler starts with the server's process and ends with it."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.domain.inbox.model import InboxItem
from app.foundation.clock import now
from app.foundation.db import db
from app.jobs import Scheduler
from app.jobs.lease import lease_for
from app.jobs.worklist import Work
from tests.integration.jobs.made_up import Rows, overdue
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def test_it_does_what_is_due_by_itself_and_leaves_nothing_running(app: Flask) -> None:
    story = Story(app)
    story.submit(P6)  # in 2024, so that its first step is late today
    before = set(threading.enumerate())
    app.config["TICK_SECONDS"] = 0.05
    scheduler = Scheduler(app)
    scheduler.start()
    _until(lambda: "step_overdue" in story.events())
    scheduler.stop()
    assert story.events().count("step_overdue") == 1
    assert {thread for thread in set(threading.enumerate()) - before if thread.is_alive()} == set()


def test_stopping_lets_another_process_lead_at_once(app: Flask) -> None:
    first = Scheduler(app)
    first.start()
    first.stop()
    with app.app_context():
        second = lease_for(db.engine)
    assert second.take() is not None
    second.give_up()


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_jumps_neither_stops_it_nor_makes_it_do_anything_twice(
    app: Flask, hours: int
) -> None:
    app.config["TICK_SECONDS"] = 0.05
    scheduler = Scheduler(app)
    story = Story(app)
    story.wait(days=1)
    with time_machine.travel(story.at, tick=True) as clock:
        scheduler.start()
        story.submit(P6)
        time.sleep(0.3)
        assert "step_overdue" not in story.events()
        clock.shift(timedelta(hours=hours))
        time.sleep(0.3)
        _store_elsewhere(app, due_at=now() + timedelta(seconds=0.2))
        _until(lambda: "step_overdue" in story.events())
        clock.shift(timedelta(hours=-hours))
        time.sleep(0.3)
        clock.shift(timedelta(hours=hours))
        time.sleep(0.3)
    scheduler.stop()
    assert story.events().count("step_overdue") == 1


def test_stopping_waits_for_the_row_at_hand_and_takes_up_no_other(app: Flask) -> None:
    rows, reached, goes_on = Rows(overdue(range(3))), threading.Event(), threading.Event()

    def act(session: Session, row: int, *, at: datetime) -> bool:
        reached.set()
        goes_on.wait(timeout=30)
        return rows.act(session, row, at=at)

    scheduler = Scheduler(app, worklist=(Work(name="made up", rows=rows, act=act),))
    scheduler.start()
    assert reached.wait(timeout=30)
    stopping = threading.Thread(target=scheduler.stop)
    stopping.start()
    stopping.join(timeout=0.2)
    assert stopping.is_alive(), "it waits"
    goes_on.set()
    stopping.join(timeout=30)
    assert not stopping.is_alive()
    assert rows.tried == [0]


def _store_elsewhere(app: Flask, *, due_at: datetime) -> None:
    """As another process would, so that only a pulse can notice it."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as connection:
        connection.execute(InboxItem.__table__.update().values(due_at=due_at, alarm_at=due_at))
    engine.dispose()


def _until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 30
    while not true():
        assert time.monotonic() < give_up, "it does not happen"
        time.sleep(0.02)


def test_making_an_application_starts_no_thread(app: Flask) -> None:
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if "APScheduler" in name]
