"""Between two known instants nothing is asked of the database; whoever stores another wakes it."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from app import create_app
from app.domain.inbox.model import InboxItem
from app.foundation import clock
from app.foundation.appointments import comes_due, listen, stop_listening
from app.foundation.db import db, transaction
from app.jobs.alarm import Alarm
from app.jobs.lease import Lease, lease_for
from app.jobs.ticking import Ticker
from tests.support import apps
from tests.support.apps import MONDAY
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
Make = Callable[..., Ticker]
SECOND = timedelta(seconds=1)


@pytest.fixture
def asked(lease: Lease) -> Iterator[list[str]]:
    """What the leader has asked the database for."""
    looking = lease.take()
    assert looking is not None
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(looking.engine, "before_cursor_execute", note)
    yield statements
    event.remove(looking.engine, "before_cursor_execute", note)


@pytest.fixture
def elsewhere(any_app: Flask, tmp_path: object) -> Iterator[Flask]:
    """Another process on the same database, as far as anybody can tell."""
    address = any_app.config["SQLALCHEMY_DATABASE_URI"]
    with apps.closing(create_app(apps.test_config(address, tmp_path))) as app:
        yield app


def first_due(app: Flask) -> object:
    with app.app_context():
        return db.session().scalar(select(InboxItem.alarm_at).order_by(InboxItem.alarm_at).limit(1))


def test_it_sleeps_until_the_next_instant_and_is_there_on_time(
    any_app: Flask, ticker: Make, asked: list[str]
) -> None:
    story = Story(any_app)
    story.submit(P6)
    due, one = first_due(any_app), ticker()
    with clock.at(MONDAY):
        one.pulse()
        assert one.next_pulse(MONDAY, timedelta(days=30)) == due
    asked.clear()
    for before in range(20, 0, -1):
        with clock.at(due - before * SECOND):
            assert one.pulse() == 0
    assert asked == []
    with clock.at(due):
        assert one.pulse() == 1
    assert story.events().count("step_warned") == 1


def test_a_pulse_is_never_further_away_than_the_pause(any_app: Flask, ticker: Make) -> None:
    one = ticker()
    with clock.at(MONDAY):
        one.pulse()
        assert one.next_pulse(MONDAY, SECOND) == MONDAY + SECOND
        one.hear(MONDAY - SECOND)
        assert one.next_pulse(MONDAY, SECOND) == MONDAY


def test_whoever_stores_something_in_this_process_wakes_it(
    any_app: Flask, ticker: Make, asked: list[str]
) -> None:
    one = ticker()
    with any_app.app_context():
        listen(db.engine, one.hear)
    with clock.at(MONDAY):
        one.pulse()
        Story(any_app).submit(P6)
        assert one.next_pulse(MONDAY, timedelta(days=30)) == first_due(any_app)
    with any_app.app_context():
        stop_listening(db.engine, one.hear)


def _store_in_vain() -> None:
    with transaction() as session:
        comes_due(session, MONDAY)
        raise ZeroDivisionError


def test_what_was_rolled_back_wakes_nobody(any_app: Flask) -> None:
    heard = []
    with any_app.app_context():
        listen(db.engine, heard.append)
        with pytest.raises(ZeroDivisionError):
            _store_in_vain()
        assert heard == []
        with transaction() as session:
            comes_due(session)
        assert heard == []
        with transaction() as session:
            comes_due(session, MONDAY + SECOND, MONDAY)
            comes_due(session, MONDAY + 2 * SECOND)
        stop_listening(db.engine, heard.append)
    assert heard == [MONDAY]


def test_whoever_stores_something_in_another_process_wakes_it(
    any_app: Flask, elsewhere: Flask, ticker: Make, asked: list[str]
) -> None:
    one = ticker()
    with elsewhere.app_context():
        engine = db.engine
    follower = Ticker(elsewhere, lease_for(engine))
    listen(engine, follower.hear)
    with clock.at(MONDAY):
        one.pulse()
        follower.pulse()
        one.pulse()
        asked.clear()
        one.pulse()
        assert asked == []
        Story(elsewhere).submit(P6)
        with any_app.app_context(), transaction() as session:
            session.execute(
                # Behind its back.
                InboxItem.__table__.update().values(
                    due_at=MONDAY - SECOND, alarm_at=MONDAY - SECOND
                )
            )
        with elsewhere.app_context(), transaction() as session:
            comes_due(session, MONDAY - SECOND)
        follower.pulse()
        give_up = time.monotonic() + 10
        while (settled := one.pulse()) == 0 and time.monotonic() < give_up:
            time.sleep(0.01)
        assert settled == 1
    stop_listening(engine, follower.hear)
    follower._lease.give_up()


def test_a_follower_keeps_to_itself_what_the_leader_finds_in_time(any_app: Flask) -> None:
    told = []

    class Following:
        def take(self) -> None:
            return None

        def tell(self) -> None:
            told.append("look")

    one = Ticker(any_app, Following())
    with clock.at(MONDAY):
        one.pulse()
        assert told == ["look"], "its process may have died with news and been started again"
        one.hear(MONDAY + timedelta(hours=1))
        one.pulse()
        assert told == ["look"]
        assert not one.hear(MONDAY + SECOND), "the next pulse is soon enough"
        one.pulse()
        one.pulse()
    assert told == ["look", "look"]


def test_it_looks_by_itself_when_nobody_has_said_anything(
    any_app: Flask, ticker: Make, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ticker()
    with clock.at(MONDAY):
        one.pulse()
        asked.clear()
        monkeypatch.setitem(vars(one), "_between_looks", timedelta(0))
        one.pulse()
    assert len(asked) >= 6


def test_after_trouble_it_looks_at_once(any_app: Flask, ticker: Make, asked: list[str]) -> None:
    one = ticker()
    with clock.at(MONDAY):
        one.pulse()
        one._step_back(OSError("the network"))
        assert one.next_pulse(MONDAY, SECOND) == MONDAY + SECOND, "but not in a hurry"
        asked.clear()
        one.pulse()
    assert len(asked) >= 6


def test_a_clock_set_forward_brings_what_it_has_passed(any_app: Flask, ticker: Make) -> None:
    story = Story(any_app)
    story.submit(P6)
    one = ticker()
    with clock.at(MONDAY):
        one.pulse()
    with clock.at(MONDAY + timedelta(days=30)):
        assert one.pulse() == 2, "the step, and the reception it is"
    with clock.at(MONDAY):
        assert one.pulse() == 0, "and setting it back does nothing twice"
        assert one.tick() == 0
    with clock.at(MONDAY + timedelta(days=30)):
        assert one.tick() == 0
    assert story.events().count("step_overdue") == 1


def test_an_alarm_rings_at_the_earliest_instant_named() -> None:
    alarm = Alarm()
    assert alarm.rings(MONDAY), "a new one at once"
    alarm.clear()
    assert not alarm.rings(MONDAY)
    assert not alarm.precedes(MONDAY)
    assert alarm.set_by(MONDAY + SECOND)
    assert not alarm.set_by(MONDAY + 2 * SECOND)
    assert not alarm.rings(MONDAY)
    assert alarm.rings(MONDAY + SECOND)
    assert not alarm.precedes(MONDAY + SECOND)
    assert alarm.precedes(MONDAY + 2 * SECOND)
