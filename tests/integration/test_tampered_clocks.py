"""Whoever moves an alarm, a due date or a place in a queue behind our back is found out."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.foundation.db import db
from app.queries.replay import verify_dossier
from tests.support.apps import MONDAY
from tests.support.bpmn import Bpmn
from tests.support.procedures import OFFICERS, publish, work
from tests.support.story import Story
from tests.support.tampering import tamper

FORGED = datetime(2025, 11, 1, 2, tzinfo=UTC)
#: Clocks and timers of the dossier below: one of each that is settled, one of each that runs.
DEADLINES = [
    "kind = 'reception'",
    "kind = 'timer' AND settled_at IS NOT NULL",
    "kind = 'term'",
    "kind = 'timer' AND settled_at IS NULL",
]


def diagram() -> Bpmn:
    """A reception that somebody is reminded of, then work with a timer of its own."""
    bpmn = work(Bpmn().start(), "receive", "reception_officer", status="1")
    bpmn.boundary("ring", "receive", "PT1H", "timeDuration", interrupting=False)
    work(bpmn, "remind", status="1", workingHours="20").end("reminded")
    work(bpmn, "work", status="2", workingHours="10")
    bpmn.boundary("later", "work", "P3D", "timeDuration", interrupting=False)
    work(bpmn, "urge").end("urged").end("end", status="10")
    bpmn.path("start", "receive", "work", "end").path("ring", "remind", "reminded")
    return bpmn.path("later", "urge", "urged")


@pytest.fixture
def story(any_app: Flask) -> Story:
    """A dossier that was received late, and rang; its term runs and so does a timer."""
    story = Story(any_app)
    story.submit(publish(any_app, diagram()))
    for minutes in (60, 90, 150):
        story.at = MONDAY + timedelta(minutes=minutes)
        story.tick()
    story.complete("receive", OFFICERS["reception_officer"])
    assert findings(story) == []
    return story


def findings(story: Story) -> list[str]:
    """What `audit verify` finds, and a replay as well."""
    with story.app.app_context():
        verdict = verify_dossier(db.session(), story.dossier())
        assert verdict.chain is None
    found = [f"{one.what}: {one.detail}" for one in verdict.disagreements]
    assert bool(found) == bool(story.replayed().disagreements)
    return found


@pytest.mark.parametrize("which", DEADLINES)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_at", FORGED),
        ("alarm_at", FORGED),
        ("stage", 50),
        ("settled_at", FORGED),
        ("task_id", "0" * 32),
        ("step", "other"),
    ],
)
def test_a_forged_deadline_is_found(story: Story, which: str, column: str, value: object) -> None:
    tamper(story, f"UPDATE deadlines SET {column} = :value WHERE {which}", value=value)  # noqa: S608 - from above
    assert findings(story)[0].startswith(("alarms: ", "timers: "))


@pytest.mark.parametrize(("column", "value"), [("hours", "99"), ("hours", None)])
@pytest.mark.parametrize("kind", ["reception", "term"])
def test_forged_hours_of_a_clock_are_found(
    story: Story, kind: str, column: str, value: object
) -> None:
    tamper(story, f"UPDATE deadlines SET {column} = :value WHERE kind = '{kind}'", value=value)  # noqa: S608 - from above
    assert findings(story) == [f"alarms: {column} of {kind}"]


@pytest.mark.parametrize("value", [None, FORGED])
def test_a_term_that_nobody_looks_at_for_a_letter_is_found(story: Story, value: object) -> None:
    tamper(story, "UPDATE deadlines SET apology_at = :value WHERE kind = 'term'", value=value)
    assert findings(story) == ["alarms: apology_at of term"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM deadlines WHERE kind = 'reception'",
        "DELETE FROM deadlines WHERE kind = 'term'",
        "DELETE FROM deadlines WHERE kind = 'timer' AND settled_at IS NULL",
        "DELETE FROM deadlines WHERE kind = 'timer' AND settled_at IS NOT NULL",
        "UPDATE deadlines SET settled_at = NULL WHERE kind = 'reception'",
        "UPDATE deadlines SET settled_at = NULL WHERE kind = 'timer'",
        "UPDATE deadlines SET alarm_at = NULL WHERE kind = 'term'",
        "UPDATE deadlines SET alarm_at = NULL WHERE kind = 'timer' AND settled_at IS NULL",
        "UPDATE deadlines SET kind = 'timer' WHERE kind = 'term'",
        """INSERT INTO deadlines (id, dossier_id, kind, due_at, alarm_at, stage, settled_at)
           SELECT 999, dossier_id, kind, due_at, alarm_at, stage, due_at FROM deadlines
           WHERE kind = 'term'""",
    ],
)
def test_a_clock_that_is_gone_stopped_or_doubled_is_found(story: Story, statement: str) -> None:
    tamper(story, statement)
    assert findings(story)[0].startswith(("alarms: ", "timers: "))


@pytest.mark.parametrize("step", ["work", "remind"])
def test_a_forged_place_in_the_queue_is_found(story: Story, step: str) -> None:
    """Of open work: where work stood that is done decides nothing any more."""
    tamper(story, "UPDATE inbox_items SET rank = 7 WHERE step = :step", step=step)
    assert findings(story)[0].startswith("alarms: rank")


@pytest.mark.parametrize(
    "change", ["clock_stage = 75", "is_escalated = true"], ids=["urgency", "superiors"]
)
def test_a_forged_state_of_the_dossier_is_found(story: Story, change: str) -> None:
    tamper(story, f"UPDATE dossiers SET {change} WHERE id = :id")  # noqa: S608 - from above
    assert findings(story)[0].startswith(("alarms: clock_stage", "escalations: is_escalated"))


@pytest.mark.parametrize("step", ["receive", "work", "remind"])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage", 50),
        ("alarm_at", FORGED),
        ("overdue_at", FORGED),
        ("opened_at", FORGED),
        ("hours", "99"),
        ("hours", None),
        ("due_at", FORGED),
        ("calendar_version_id", 99),
    ],
)
def test_a_forged_step_is_found(story: Story, step: str, column: str, value: object) -> None:
    tamper(story, f"UPDATE inbox_items SET {column} = :value WHERE step = '{step}'", value=value)  # noqa: S608 - from above
    assert findings(story)[0].startswith(("alarms: ", "due dates: "))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("clock", "paused"),
        ("due_at_original", FORGED),
        ("due_at_original", None),
        ("due_at_current", FORGED),
        ("reception_started_at", FORGED),
        ("reception_due_at", FORGED),
        ("reception_met_at", FORGED),
        ("paused_at", FORGED),
        ("paused_for", "payment"),
        ("term_amount", "99"),
        ("term_unit", "calendar_days"),
        ("supplement_clock", "RESTART"),
    ],
)
def test_a_forged_promise_is_found(story: Story, column: str, value: object) -> None:
    tamper(story, f"UPDATE dossiers SET {column} = :value", value=value)  # noqa: S608 - from above
    assert findings(story)[0].startswith(("application: ", "clocks: "))


def test_a_state_whose_digest_is_not_the_recorded_one_is_found(story: Story) -> None:
    tamper(story, "UPDATE processes SET snapshot = :value WHERE dossier_id = :id", value=b"{}")
    assert "process: snapshot" in findings(story)
