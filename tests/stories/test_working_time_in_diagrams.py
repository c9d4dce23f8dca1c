"""Expressions that count working time while a dossier runs, on the calendar pinned then."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.rules import hash_of
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.foundation.clock import LOCAL_ZONE
from app.foundation.db import db, transaction
from tests.support.bpmn import Bpmn
from tests.support.procedures import publish, work
from tests.support.story import Story

FROM_NOW = "=working hours from(now(), 8)"


def reminded() -> Bpmn:
    """Whoever has not checked after eight working hours is passed over."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    work(bpmn, "check", status="4", workingHours='=if channel = "online" then 4 else 6')
    bpmn.boundary("late", "check", FROM_NOW, "timeDate").xor("merge")
    work(bpmn, "approve", "director").end(status="10").path("late", "merge")
    return bpmn.path("start", "reception", "check", "merge", "approve", "end")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE).astimezone(UTC)


def due(story: Story) -> list[datetime]:
    with story.app.app_context():
        return list(
            db.session.scalars(
                select(Deadline.due_at)
                .where(Deadline.kind == DeadlineKind.TIMER)
                .order_by(Deadline.id)
            )
        )


def fridays_off(app: Flask, at: datetime) -> None:
    """A new edition of the province's calendar: closed on Fridays, from now on."""
    with app.app_context(), transaction() as session:
        calendar = session.scalars(select(Calendar).where(Calendar.unit_id.is_(None))).one()
        before = session.scalars(
            select(CalendarEdition).where(CalendarEdition.calendar_id == calendar.id)
        ).one()
        weekly = {day: [["08:00", "16:00"]] for day in ("mon", "tue", "wed", "thu")}
        edition = CalendarEdition(
            calendar_id=calendar.id,
            number=2,
            content={"hours": [{"valid_from": "2020-01-01", "weekly": weekly}]},
            reason="x",
            legal_document="",
            decided_by="x",
            created_at=at,
        )
        edition.hash = hash_of(edition, before.hash)
        session.add(edition)


@pytest.fixture
def story(any_app: Flask) -> Story:
    story = Story(any_app)
    story.submit(publish(any_app, reminded()))
    return story


def test_a_timer_falls_due_in_working_time(story: Story) -> None:
    story.at = local("2024-11-08T15:30")  # a Friday
    story.complete("reception", "linh.camxuyen")
    assert due(story) == [local("2024-11-11T15:30")]
    story.at = local("2024-11-11T15:29")
    story.tick()
    assert story.open_steps() == ["check"]
    story.at = local("2024-11-11T15:30")
    story.tick()
    assert story.open_steps() == ["approve"]
    assert story.replayed().identical


def test_a_replay_counts_with_the_calendar_of_that_time(story: Story) -> None:
    story.at = local("2024-11-07T15:30")  # a Thursday
    story.complete("reception", "linh.camxuyen")
    assert due(story) == [local("2024-11-08T15:30")]
    fridays_off(story.app, story.at + timedelta(minutes=5))
    assert story.replayed().identical
    story.at = local("2024-11-08T15:31")
    story.tick()
    assert story.open_steps() == ["approve"]
    assert story.replayed().identical


def test_what_begins_later_counts_with_the_new_calendar(story: Story) -> None:
    fridays_off(story.app, story.at + timedelta(minutes=5))
    story.at = local("2024-11-07T15:30")
    story.complete("reception", "linh.camxuyen")
    assert due(story) == [local("2024-11-11T15:30")]
    assert story.replayed().identical
