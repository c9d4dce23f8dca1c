"""Clocks that ring: warnings, lateness, the chain of the unit, and the order of an inbox."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.domain.inbox.due import URGENT
from app.domain.inbox.model import InboxItem
from app.foundation.db import db
from tests.stories.test_apologies import Letters
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
        "reception_escalated",
        "step_escalated",
    ]
    (first, second) = [e.payload for e in story.entries() if e.event.value == "step_escalated"]
    assert (first["role"], first["unit"], first["level"]) == ("division_head", "H27.30", 1)
    assert second["asked"] == "director"
    assert (second["role"], second["unit"]) == ("committee_chair", "H27"), "who heads a committee"
    story.wait(days=30)
    story.tick()
    assert alarms(story)[-1] == "reception_escalated", "the second superior, by another thirty days"
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
        counter, online = db.session().scalars(wanted)
        assert counter == URGENT < online


def test_a_step_that_opens_while_the_term_runs_out_is_urgent_at_once(any_app: Flask) -> None:
    story = Letters(any_app).received()
    with any_app.app_context():
        assert story.item("appraisal").rank > URGENT
    story.on("06/11 15:30").tick()
    assert "term_warned" in story.events()
    with any_app.app_context():
        assert story.item("appraisal").rank == URGENT
    story.complete("appraisal", "nam.camxuyen")
    with any_app.app_context():
        item = story.item("approval")
        assert (item.stage, item.rank) == (0, URGENT)


def test_a_new_date_lets_work_stand_where_it_belongs_again(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("05/11 10:00").complete("appraisal", "nam.camxuyen")
    story.on("07/11 09:00").tick()
    with any_app.app_context():
        assert story.item("approval").rank == URGENT
    story.on("07/11 09:30").tick()
    story.approve(due="18/11 17:30")
    with any_app.app_context():
        item, dossier = story.item("approval"), story.dossier()
        assert dossier.clock_stage == 0
        assert (item.rank == URGENT) == (item.stage > 0)
    assert story.replayed().disagreements == ()


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
