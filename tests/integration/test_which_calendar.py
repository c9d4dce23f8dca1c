"""A unit keeps its own calendar, otherwise its parent's, in the end the province's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.queries import NoCalendar, calendar_for
from app.domain.calendars.rules import FIRST, hash_of
from app.domain.people.queries import unit_by_code
from app.foundation.clock import LOCAL_ZONE
from app.foundation.db import db, transaction
from tests.support.apps import MONDAY
from tests.support.story import Story

LATER = MONDAY + timedelta(days=10)
CONFERENCE = "hoi-nghi-quoc-te"


def weekdays(opens: str, closes: str) -> dict[str, Any]:
    return {day: [[opens, closes]] for day in ("mon", "tue", "wed", "thu", "fri")}


WEEK = weekdays("07:30", "17:30")


def content(weekly: dict[str, Any]) -> dict[str, Any]:
    return {"hours": [{"valid_from": "2020-01-01", "weekly": weekly}]}


def keep(
    session: Session, key: str, unit: str, *, at: datetime = MONDAY, weekly: dict[str, Any] = WEEK
) -> CalendarEdition:
    """A calendar of the unit, one edition more if it has one."""
    unit_id = unit_by_code(session, unit).id if unit else None
    calendar = session.scalar(select(Calendar).where(Calendar.unit_id == unit_id))
    if calendar is None:
        calendar = Calendar(key=key, name=key, unit_id=unit_id)
        session.add(calendar)
        session.flush()
    number = len(
        session.scalars(
            select(CalendarEdition.id).where(CalendarEdition.calendar_id == calendar.id)
        ).all()
    )
    edition = CalendarEdition(
        calendar_id=calendar.id,
        number=number + 1,
        content=content(weekly),
        reason="x",
        legal_document="",
        decided_by="x",
        created_at=at,
    )
    edition.hash = hash_of(edition, FIRST)
    session.add(edition)
    session.flush()
    return edition


def key_for(unit: str | None, at: datetime) -> str:
    session = db.session()
    unit_id = unit_by_code(session, unit).id if unit else None
    edition = calendar_for(session, unit_id, at)
    calendar = session.get_one(Calendar, edition.calendar_id)
    return f"{calendar.key} {edition.number}"


@pytest.mark.parametrize(
    ("unit", "days", "expected"),
    [
        (None, 0, "ha-tinh 1"),
        ("H27", 0, "ha-tinh 1"),
        ("H27.01", 0, "ha-tinh 1"),
        ("H27.30", 0, "district 1"),
        ("H27.02", 0, "district 1"),
        # The unit below begins a calendar of its own after ten days, the district changes its own.
        ("H27.30", 9, "district 1"),
        ("H27.30", 10, "district 2"),
        ("H27.02", 9, "district 1"),
        ("H27.02", 10, "below 1"),
        ("H27.01", 10, "ha-tinh 1"),
    ],
)
def test_the_nearest_calendar_above_counts(
    any_app: Flask, unit: str | None, days: int, expected: str
) -> None:
    with any_app.app_context():
        with transaction() as session:
            unit_by_code(session, "H27.02").parent_id = unit_by_code(session, "H27.30").id
            keep(session, "district", "H27.30")
            keep(session, "district", "H27.30", at=LATER)
            keep(session, "below", "H27.02", at=LATER)
        assert key_for(unit, MONDAY + timedelta(days=days)) == expected


def test_before_the_first_edition_there_is_no_calendar(any_app: Flask) -> None:
    with any_app.app_context(), pytest.raises(NoCalendar):
        calendar_for(db.session(), None, MONDAY - timedelta(seconds=1))


def test_units_that_name_each_other_as_parents_keep_the_provinces_calendar(any_app: Flask) -> None:
    with any_app.app_context():
        with transaction() as session:
            unit_by_code(session, "H27").parent_id = unit_by_code(session, "H27.30").id
        assert key_for("H27.30", MONDAY) == "ha-tinh 1"


def test_a_dossier_is_dated_with_the_calendar_of_its_handling_unit(any_app: Flask) -> None:
    story = Story(any_app)
    short = weekdays("07:30", "11:30")
    with any_app.app_context(), transaction() as session:
        edition = keep(session, "district", "H27.30", weekly=short)
        number = edition.id
    story.submit("thanh-lap-ho-kinh-doanh")
    with any_app.app_context():
        dossier, item = story.dossier(), story.item("reception")
        assert (dossier.calendar_version_id, item.calendar_version_id) == (number, number)
        # Two hours from 09:00. With half of the days' usual hours, two days to receive it and six
        # for the term after that, which leads over a weekend.
        assert (item.hours, item.due_at) == (2, MONDAY + timedelta(hours=2))
        assert dossier.reception_due_at == MONDAY + timedelta(days=2)
        assert dossier.due_at_current == MONDAY + timedelta(days=10)


def test_a_step_in_another_unit_is_dated_with_that_units_calendar(any_app: Flask) -> None:
    story = Story(any_app)
    nights = weekdays("22:00", "23:00")
    with any_app.app_context(), transaction() as session:
        police = keep(session, "police", "H27.03", weekly=nights).id
    story.submit(CONFERENCE, case="lay-y-kien")
    for step, who in (
        ("reception", "lan.sngv"),
        ("assignment", "hoa.sngv"),
        ("appraisal", "minh.sngv"),
    ):
        story.complete(step, who)
    with any_app.app_context():
        item = story.item("consult_police")
        assert item.calendar_version_id == police
        assert item.due_at.astimezone(LOCAL_ZONE).hour == 23
        assert story.item("consult_department").calendar_version_id != police
    assert story.replayed().identical
