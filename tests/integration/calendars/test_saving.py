"""A new edition is checked, kept for ever, and never saved over somebody else's."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from app.actions.save_edition import save_edition
from app.domain.calendars.model import CalendarEdition
from app.domain.calendars.queries import calendar_for, newest_edition, sound_hash
from app.domain.calendars.rules import CalendarChanged, NothingChanged, NotTheAdministrator
from app.domain.people.queries import unit_by_code
from app.foundation.db import db, transaction
from app.foundation.errors import HouseError, Invalid
from app.queries.calendar_pages import NoSuchCalendar, calendar_by_key
from app.worktime import CalendarInvalid, Hours, NoWorkingTime, WorkingCalendar
from tests.integration.calendars.changing import (
    NEXT_MONDAY,
    Change,
    day_off,
    editions,
    save,
    somebody,
)
from tests.support.apps import MONDAY


def test_an_edition_is_in_force_from_the_moment_it_is_saved(any_app: Flask) -> None:
    later = MONDAY + timedelta(hours=5)
    number = save(any_app, day_off(NEXT_MONDAY), at=later)
    with any_app.app_context():
        session = db.session()
        before = calendar_for(session, None, later - timedelta(microseconds=1))
        after = calendar_for(session, None, later)
        assert (before.number, after.number, after.id) == (1, 2, number)
        assert before.calendar.intervals(NEXT_MONDAY) != ()
        assert after.calendar.intervals(NEXT_MONDAY) == ()
        edition = session.get_one(CalendarEdition, number)
        assert (edition.decided_by, edition.reason) == ("Phạm Minh Tuấn", "Nghỉ bão")
        assert sound_hash(session, number) == edition.hash


def test_two_editions_of_the_same_moment_follow_each_other(any_app: Flask) -> None:
    for day in range(11, 14):
        save(any_app, day_off(date(2024, 11, day)), at=MONDAY)
    with any_app.app_context():
        made = [one.created_at for one in editions(db.session())]
    assert made == [MONDAY + timedelta(microseconds=n) for n in range(4)]


def test_a_unit_saves_its_own_calendar_and_no_other_unit_is_touched(any_app: Flask) -> None:
    number = save(any_app, day_off(NEXT_MONDAY), by="quantri.cambinh", key="cam-binh")
    with any_app.app_context():
        session, later = db.session(), MONDAY + timedelta(days=1)
        commune = unit_by_code(session, "H27.30.01").id
        assert calendar_for(session, commune, later).id == number
        assert calendar_for(session, unit_by_code(session, "H27.30").id, later).number == 1


@pytest.mark.parametrize(
    ("username", "key", "allowed"),
    [
        ("quantri", "ha-tinh", True),
        ("quantri", "cam-binh", True),
        ("quantri.cambinh", "cam-binh", True),
        ("quantri.cambinh", "ha-tinh", False),
        ("kiemtra", "ha-tinh", False),
        ("phantich", "ha-tinh", False),
        ("quyen.cambinh", "cam-binh", False),
        ("congdan1", "cam-binh", False),
    ],
)
def test_only_the_administrator_saves(app: Flask, username: str, key: str, allowed: bool) -> None:
    if allowed:
        save(app, day_off(NEXT_MONDAY), by=username, key=key)
        return
    with pytest.raises(NotTheAdministrator):
        save(app, day_off(NEXT_MONDAY), by=username, key=key)


def _ending(calendar: WorkingCalendar) -> WorkingCalendar:
    return replace(
        calendar,
        hours=tuple(replace(one, valid_to=date(2030, 1, 1)) for one in calendar.hours),
    )


def _not_begun(calendar: WorkingCalendar) -> WorkingCalendar:
    return replace(
        calendar,
        hours=tuple(replace(one, valid_from=date(2025, 1, 1)) for one in calendar.hours),
    )


@pytest.mark.parametrize(
    ("change", "field"), [(_ending, "hours"), (_not_begun, "hours")], ids=["ends", "not begun"]
)
def test_a_calendar_whose_time_runs_out_is_refused(app: Flask, change: Change, field: str) -> None:
    with pytest.raises(CalendarInvalid) as refusal:
        save(app, change)
    assert list(refusal.value.errors) == [field]


def _no_time(calendar: WorkingCalendar) -> WorkingCalendar:
    return replace(calendar, hours=(Hours(weekly=((),) * 7),))


def test_a_calendar_without_working_time_is_refused(app: Flask) -> None:
    with pytest.raises(NoWorkingTime) as refusal:
        save(app, _no_time)
    with app.test_request_context():
        assert str(refusal.value) == "Lịch làm việc không có giờ làm việc nào."
    with app.app_context():
        assert len(editions(db.session())) == 1


def test_saving_the_same_again_is_refused(app: Flask) -> None:
    with pytest.raises(NothingChanged):
        save(app, lambda calendar: calendar)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"legal_document": "x" * 301}, "legal_document"),
        ({"content": []}, "content"),
        ({"content": {"hours": "x"}}, "hours"),
        (
            {"content": {"hours": [{"valid_from": "2020-01-01", "weekly": {"mon": [["8", "9"]]}}]}},
            "hours.0.weekly.mon.0.0",
        ),
        (
            {
                "content": {
                    "hours": [{"valid_from": "2020-01-01", "weekly": {"mon": [["17:00", "08:00"]]}}]
                }
            },
            "hours.0.weekly.mon.0",
        ),
    ],
)
def test_bad_input_is_named_and_nothing_is_stored(
    app: Flask, told: dict[str, Any], field: str
) -> None:
    with app.app_context():
        calendar = calendar_by_key(db.session(), "ha-tinh")
        newest = newest_edition(db.session(), calendar.id)
        assert newest is not None
        given = {
            "content": {**newest.content, "exceptions": []},
            "reason": "x",
            "legal_document": "",
            "base_id": newest.id,
            "actor": somebody("quantri"),
            "at": MONDAY,
        }
        given |= told
        content = given.pop("content")
        db.session().rollback()
        with pytest.raises(Invalid) as refusal, transaction() as session:
            save_edition(session, calendar.id, content, **given)
        assert field in refusal.value.errors
        assert len(editions(db.session())) == 1


def test_an_unknown_calendar_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoSuchCalendar), transaction() as session:
        save_edition(
            session,
            99,
            {},
            reason="x",
            legal_document="",
            base_id=None,
            actor=somebody("quantri"),
            at=MONDAY,
        )


def test_the_second_of_two_administrators_at_once_gets_a_conflict(any_app: Flask) -> None:
    together = Barrier(2)
    told: list[object] = []

    def decide(day: int) -> None:
        with any_app.app_context():
            session = db.session()
            calendar = calendar_by_key(session, "ha-tinh")
            newest = newest_edition(session, calendar.id)
            assert newest is not None
            content = {**newest.content, "exceptions": newest.content["exceptions"][:day]}
            who, base = somebody("quantri"), newest.id
            session.rollback()
            together.wait()
            try:
                with transaction() as writing:
                    save_edition(
                        writing,
                        calendar.id,
                        content,
                        reason="x",
                        legal_document="",
                        base_id=base,
                        actor=who,
                        at=MONDAY,
                    )
                told.append("saved")
            except HouseError as error:
                told.append(error)

    threads = [Thread(target=decide, args=(day,)) for day in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (conflict,) = (one for one in told if one != "saved")
    assert isinstance(conflict, CalendarChanged)
    assert conflict.facts == {"who": "Phạm Minh Tuấn", "number": 2}
    with any_app.app_context():
        assert len(editions(db.session())) == 2
