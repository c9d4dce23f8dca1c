"""Days decided above reach the calendars below, unless these have a word of their own on them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.calendars.editing import with_day, without_day
from app.domain.calendars.inheritance import inherited
from app.domain.calendars.model import Calendar
from app.domain.calendars.queries import sound_hash
from app.domain.calendars.reading import working_calendar
from app.domain.people.queries import unit_by_code
from app.foundation.db import db, transaction
from app.worktime import DayException, ExceptionKind, WorkingCalendar, preset
from tests.integration.calendars.changing import (
    NEXT_MONDAY,
    Change,
    day_off,
    editions,
    preview,
    save,
    settle,
)
from tests.support.apps import MONDAY
from tests.support.story import Story

BIRTH = "dang-ky-khai-sinh"
LATER = MONDAY + timedelta(hours=1)
TUESDAY = NEXT_MONDAY + timedelta(days=1)


def own_day(day: date, name: str = "Lễ hội") -> Change:
    """A day with hours that only this calendar has."""

    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        told = DayException(
            day=day,
            kind=ExceptionKind.SPECIAL,
            name=name,
            source="CV 2",
            intervals=calendar.intervals(date(2024, 11, 4))[:1],
        )
        return with_day(calendar, told, day)

    return change


def days(app: Flask, key: str) -> dict[date, str]:
    """What the newest edition says of the days of next week."""
    with app.app_context():
        newest = editions(db.session(), key)[-1]
        found = working_calendar(newest.content).exceptions
    return {one.day: one.name for one in found if NEXT_MONDAY <= one.day <= TUESDAY}


def test_a_new_holiday_reaches_the_unit_below_with_its_reason(any_app: Flask) -> None:
    told = preview(any_app, day_off(NEXT_MONDAY), LATER)
    save(any_app, day_off(NEXT_MONDAY), at=LATER)
    assert days(any_app, "cam-binh") == {NEXT_MONDAY: "Bão lụt"}
    with any_app.app_context():
        session = db.session()
        above, below = editions(session)[-1], editions(session, "cam-binh")[-1]
        assert (below.number, below.created_at) == (2, above.created_at)
        assert below.legal_document == above.legal_document
        assert below.reason.endswith("lần ban hành 2: Nghỉ bão")
        assert below.decided_by_id is None
        assert sound_hash(session, below.id) == below.hash
        own = select(Calendar.name).where(Calendar.key == "cam-binh")
        assert told.followers == (session.scalar(own),)


def test_a_day_of_its_own_stays_and_another_one_follows(any_app: Flask) -> None:
    save(any_app, own_day(NEXT_MONDAY), by="quantri.cambinh", key="cam-binh")
    save(any_app, day_off(NEXT_MONDAY, TUESDAY), at=LATER)
    assert days(any_app, "cam-binh") == {NEXT_MONDAY: "Lễ hội", TUESDAY: "Bão lụt"}


def test_where_every_day_is_its_own_nothing_follows(any_app: Flask) -> None:
    save(any_app, own_day(NEXT_MONDAY), by="quantri.cambinh", key="cam-binh")
    assert preview(any_app, day_off(NEXT_MONDAY), LATER).followers == ()
    save(any_app, day_off(NEXT_MONDAY), at=LATER)
    with any_app.app_context():
        assert len(editions(db.session(), "cam-binh")) == 2


def test_a_day_that_is_taken_back_goes_below_too(any_app: Flask) -> None:
    save(any_app, day_off(NEXT_MONDAY), at=LATER)
    gone: Change = lambda calendar: without_day(calendar, NEXT_MONDAY)  # noqa: E731 - one word
    save(any_app, gone, at=LATER + timedelta(hours=1))
    assert days(any_app, "cam-binh") == {}


def test_it_reaches_those_further_below(any_app: Flask) -> None:
    with any_app.app_context(), transaction() as session:
        unit_by_code(session, "H27.02").parent_id = unit_by_code(session, "H27.30.01").id
        lowest = Calendar(key="lowest", name="lowest", unit_id=unit_by_code(session, "H27.02").id)
        session.add(lowest)
        session.flush()
        first = editions(session, "cam-binh")[0]
        made = type(first)(
            calendar_id=lowest.id,
            number=1,
            content=first.content,
            reason="x",
            legal_document="",
            decided_by="x",
            created_at=MONDAY,
            hash=bytes(32),
        )
        session.add(made)
    save(any_app, day_off(NEXT_MONDAY), at=LATER)
    assert days(any_app, "lowest") == {NEXT_MONDAY: "Bão lụt"}


def test_its_dossiers_are_dated_again_as_the_preview_says(any_app: Flask) -> None:
    story = Story(any_app)
    story.at = LATER
    story.submit(BIRTH)
    change = day_off(*(MONDAY.date() + timedelta(days=n) for n in range(1, 9)))
    told = preview(any_app, change, story.at)
    save(any_app, change, at=story.at)
    story.wait(seconds=1)
    settle(story)
    with any_app.app_context():
        moved: datetime = story.dossier().due_at_current
        edition = story.dossier().calendar_version_id
        assert edition == editions(db.session(), "cam-binh")[-1].id
    assert [(one.code, one.after) for one in told.examples] == [(story.code, moved)]
    (entry,) = [one for one in story.entries() if one.event.value == "due_dates_moved"]
    assert "Nghỉ bão" in (entry.payload or {})["reason"]
    assert story.replayed().identical


OFFICE = preset("HT-8H")


def named(name: str, *, confirmed: bool = True) -> DayException:
    kind = ExceptionKind.HOLIDAY
    return DayException(day=NEXT_MONDAY, kind=kind, name=name, source="s", confirmed=confirmed)


@pytest.mark.parametrize(
    ("own", "before", "after", "expected"),
    [
        (None, None, "a", "a"),
        ("a", "a", "b", "b"),
        ("a", "a", None, None),
        ("own", None, "a", "own"),
        ("own", "a", "b", "own"),
        ("own", "a", None, "own"),
        # The unit has taken the day away, so that it works on it as ever.
        (None, "a", "b", None),
        (None, "a", None, None),
        # Nothing changed above.
        (None, "a", "a", None),
    ],
)
def test_a_day_follows_where_both_said_the_same(
    own: str | None, before: str | None, after: str | None, expected: str | None
) -> None:
    def calendar(name: str | None) -> WorkingCalendar:
        return replace(OFFICE, exceptions=(named(name),) if name else ())

    found = inherited(calendar(own), calendar(before), calendar(after)).exceptions
    assert [one.name for one in found] == ([expected] if expected else [])
