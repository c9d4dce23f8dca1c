"""The calendar that a run is given counts in every expression of the diagram."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from app.engine.decisions import gather
from app.worktime import PRESETS, Counting, WorkingCalendar, add_working_hours, preset
from tests.support.bpmn import Bpmn
from tests.support.dmn import Dmn
from tests.unit.worktime.times import calendars, moments

NOW = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)  # Monday 09:00 in Hà Tĩnh


@pytest.fixture
def office() -> Counting:
    """Usual office hours."""
    return Counting(calendar=preset(PRESETS[0]))


def timed() -> Bpmn:
    bpmn = Bpmn().start().user("work").end().end("late").path("start", "work", "end")
    return bpmn.boundary("bell", "work", "=working hours from(now(), hours)", "timeDate").path(
        "bell", "late"
    )


def asked(expression: str) -> Bpmn:
    bpmn = Bpmn().start().script("count", "counted", expression).user("stop").end()
    return bpmn.path("start", "count", "stop", "end")


@settings(max_examples=40, deadline=None)
@given(calendar=calendars(), now=moments(2024, 2025), hours=st.integers(1, 60))
def test_the_same_calendar_gives_the_same_moment_again(
    calendar: WorkingCalendar, now: datetime, hours: int
) -> None:
    definition = engine.read(timed().xml())
    counting = Counting(calendar=calendar)
    told = {"hours": hours}
    try:
        due = add_working_hours(counting.calendar, now, Decimal(hours))
    except ValueError:
        with pytest.raises(engine.EngineFailure):
            engine.start(definition, told, now=now, seed="s", calendar=counting)
        return
    first = engine.start(definition, told, now=now, seed="s", calendar=counting)
    assert first.timers[0].due_at == due
    assert engine.start(definition, told, now=now, seed="s", calendar=counting) == first
    later = engine.tick(definition, first.snapshot, now=due)
    assert later.ended == ("late",)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("=working hours between(now(), working hours from(now(), 6))", 6),
        ("=string(working days from(date(now()), 2))", "2024-11-06"),
    ],
)
def test_scripts_count_too(expression: str, value: object, office: Counting) -> None:
    definition = engine.read(asked(expression).xml())
    outcome = engine.start(definition, {}, now=NOW, seed="s", calendar=office)
    assert outcome.variables["counted"] == value


def test_a_decision_counts_too(office: Counting) -> None:
    decisions, _ = gather(
        {"a.dmn": Dmn().literal("late", "working hours between(now(), now())").xml()}
    )
    assert decisions is not None
    ask = '<zeebe:calledDecision decisionId="late" resultVariable="hours"/>'
    bpmn = Bpmn().start().node("businessRuleTask", "ask", ext=ask).user("stop").end()
    definition = engine.read(bpmn.path("start", "ask", "stop", "end").xml(), decisions=decisions)
    outcome = engine.start(definition, {}, now=NOW, seed="s", calendar=office)
    assert outcome.variables["hours"] == 0


def test_without_a_calendar_the_step_is_named() -> None:
    definition = engine.read(asked("=working hours from(now(), 1)").xml())
    with pytest.raises(engine.EngineFailure) as caught:
        engine.start(definition, {}, now=NOW, seed="s")
    assert (caught.value.reason, caught.value.step) == ("expression", "count")


def test_a_name_inside_a_filter_may_be_a_variable(office: Counting) -> None:
    definition = engine.read(asked("=count(units[item = mine])").xml())
    assert definition.variables == {"units", "mine"}
    told = {"units": ["a", "b", "a"], "mine": "a", "other": 1}
    outcome = engine.start(definition, told, now=NOW, seed="s", calendar=office)
    assert outcome.variables["counted"] == 2
