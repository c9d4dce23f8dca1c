"""Timers of a diagram: each ring is told once, whoever made the token move."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.flag_overdue import flag_overdue
from app.actions.watch_deadlines import settle_deadline
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.journal.queries import entries_of
from app.foundation.db import db, transaction
from tests.support.apps import MONDAY
from tests.support.bpmn import Bpmn
from tests.support.procedures import OFFICERS, publish, work
from tests.support.story import Story

HOUR = timedelta(hours=1)


def reminded(text: str, kind: str) -> Bpmn:
    """Work that somebody is reminded of; reminders are steps of their own and end by themselves."""
    slow = {"workingHours": "10"}
    bpmn = work(Bpmn().start(), "work", "reception_officer", status="1", **slow)
    bpmn.boundary("ring", "work", text, kind, interrupting=False)
    work(bpmn, "remind", **slow).end("reminded").end("end", status="10")
    return bpmn.path("start", "work", "end").path("ring", "remind", "reminded")


@pytest.fixture
def story(any_app: Flask) -> Story:
    """A dossier whose step rings every hour."""
    story = Story(any_app)
    story.submit(publish(any_app, reminded("R/PT1H", "timeCycle")))
    return story


def rings(story: Story) -> list[Any]:
    """The journal's word on when the timer was due."""
    with story.app.app_context():
        told = [entry.payload for entry in entries_of(db.session(), story.dossier().id)]
    return [payload["due_at"] for payload in told if payload.get("step") == "ring"]


def waits_for(story: Story) -> list[Any]:
    with story.app.app_context():
        wanted = select(Deadline.due_at).where(
            Deadline.settled_at.is_(None), Deadline.kind == DeadlineKind.TIMER
        )
        return list(db.session().scalars(wanted))


def test_each_ring_is_told_and_the_next_is_waited_for(story: Story) -> None:
    for hour in (1, 2):
        story.at = MONDAY + hour * HOUR
        assert story.tick() == 1
        assert story.tick() == 0
    assert rings(story) == [(MONDAY + hour * HOUR).isoformat() for hour in (1, 2)]
    assert waits_for(story) == [MONDAY + 3 * HOUR]
    assert story.replayed().identical


def test_a_ring_that_an_officer_was_ahead_of_is_not_told_again(story: Story) -> None:
    story.at = MONDAY + HOUR
    story.tick()
    story.at = MONDAY + 2.5 * HOUR  # the scheduler was away
    story.complete("remind", OFFICERS["specialist"])
    before = story.events()
    assert story.open_steps() == ["remind", "work"], "the ring of eleven came with his work"
    assert waits_for(story) == [MONDAY + 3 * HOUR]
    assert story.tick() == 0
    assert story.events() == before
    assert story.replayed().identical


def test_a_clock_set_back_between_look_and_deed_lets_nothing_ring_too_early(story: Story) -> None:
    with story.app.app_context():
        number = db.session().scalar(select(Deadline.id).where(Deadline.kind == DeadlineKind.TIMER))
    with story.app.app_context(), transaction() as session:
        assert not settle_deadline(session, number, at=MONDAY + HOUR / 2)
    with story.app.app_context(), transaction() as session:
        item = story.item("work")
        assert not flag_overdue(session, item.id, at=item.opened_at)
    assert waits_for(story) == [MONDAY + HOUR]
    assert "timer_fired" not in story.events()
