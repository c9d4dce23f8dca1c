"""Clocks that ring: warnings, lateness, the chain of the unit, and the order of an inbox."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.domain.inbox.model import InboxItem
from app.foundation.db import db
from tests.support.apps import MONDAY
from tests.support.procedures import publish_changed
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
HOURS = 'name="workingHours" value="2" />'


def alarms(story: Story) -> list[str]:
    """What has rung, in order."""
    kinds = ("_warned", "_overdue", "_escalated")
    return [event for event in story.events() if event.endswith(kinds)]


def test_a_step_warns_is_late_and_climbs_the_chain(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)  # a reception of two hours, from 09:00
    for minutes, rung in (
        (89, []),
        (1, ["step_warned"]),
        (29, []),
        (1, ["step_overdue", "step_escalated"]),
    ):
        before = len(alarms(story))
        story.wait(minutes=minutes)
        story.tick()
        assert alarms(story)[before:] == rung
    story.wait(days=1)
    story.tick()
    assert alarms(story)[4 - 1 :] == [
        "reception_overdue",
        "step_escalated",
    ]
    (first, second) = [e.payload for e in story.entries() if e.event.value == "step_escalated"]
    assert (first["role"], first["unit"], first["level"]) == ("division_head", "H27.30", 1)
    assert (second["role"], second["unit"]) == ("director", None), "nobody holds it up to the top"
    story.wait(days=30)
    assert story.tick() == 0, "nothing is told twice"
    story.complete("reception", "linh.camxuyen")
    assert story.replayed().identical


def test_what_is_urgent_stands_before_what_was_sent_online(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6, by="linh.camxuyen")
    story.wait(minutes=95)
    story.tick()
    story.submit(P6)
    with any_app.app_context():
        wanted = select(InboxItem.rank).order_by(InboxItem.id)
        assert list(db.session().scalars(wanted)) == [0, 1]


def test_a_step_may_have_other_hours_online(any_app: Flask) -> None:
    other = 'name="workingHours" value="2" /><zeebe:property name="workingHoursOnline" value="1" />'
    publish_changed(any_app, {"bpmn/process.bpmn": {HOURS: other}})
    for by, hours in (("congdan1", 1), ("linh.camxuyen", 2)):
        story = Story(any_app)
        story.submit(P6, by=by)
        with any_app.app_context():
            assert story.item("reception").due_at == MONDAY + timedelta(hours=hours)


def test_a_hand_over_is_due_the_same_day_or_at_the_next_opening(any_app: Flask) -> None:
    handover = 'name="workingHours" value="2" /><zeebe:property name="deadline" value="handover" />'
    publish_changed(any_app, {"bpmn/process.bpmn": {HOURS: handover}})
    for waited, due in ((0, "17:30 04"), (7, "07:30 05")):
        story = Story(any_app)
        story.wait(hours=waited)
        story.submit(P6)
        with any_app.app_context():
            local = story.item("reception").due_at + timedelta(hours=7)
        assert f"{local:%H:%M %d}" == due
