"""Services wait for their handler, scripts compute, expressions that fail stop the run."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from app import engine
from tests.support.bpmn import Bpmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def begin(definition: engine.Definition, **variables: object) -> engine.Outcome:
    return engine.start(definition, variables, now=NOW, seed="s")


def scripted(expression: str, variable: str = "result") -> engine.Definition:
    bpmn = Bpmn().start().script("compute", variable, expression).xor("gate", default="gate_end")
    bpmn.end().end("yes").path("start", "compute", "gate", "end").flow(
        "gate", "yes", f"={variable} = 3"
    )
    return engine.read(bpmn.xml())


def assigned(**how: Any) -> engine.Definition:
    return engine.read(Bpmn().start().user("work", **how).end().path("start", "work", "end").xml())


def test_a_service_waits_until_it_is_finished() -> None:
    bpmn = Bpmn().start().service("notify").xor("gate", default="gate_end").end().end("failed")
    bpmn.path("start", "notify", "gate", "end").flow("gate", "failed", "=sent = false")
    definition = engine.read(bpmn.xml())
    outcome = begin(definition)
    (call,) = outcome.services
    assert (call.step, call.type, call.name) == ("notify", "send_mail", "notify")
    assert outcome.incident is None
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(definition, outcome.snapshot, call.task_id, {}, now=NOW)
    after = engine.finish_service(
        definition, outcome.snapshot, call.task_id, {"sent": False}, now=NOW
    )
    assert after.ended == ("failed",)
    assert after.closed == (call.task_id,)
    with pytest.raises(engine.TaskNotOpen):
        engine.finish_service(definition, after.snapshot, call.task_id, {}, now=NOW)


def test_a_script_gives_a_variable_its_value() -> None:
    outcome = begin(scripted("=1 + 2"))
    assert outcome.ended == ("yes",)
    assert dict(outcome.variables) == {"result": 3}


@pytest.mark.parametrize("expression", ["={a: 1}", "=[[1]]"])
def test_a_script_must_give_a_flat_value(expression: str) -> None:
    with pytest.raises(engine.EngineFailure) as caught:
        begin(scripted(expression))
    assert (caught.value.reason, caught.value.step) == ("script", "compute")


def test_a_condition_without_its_variable_counts_as_no() -> None:
    bpmn = Bpmn().start().xor("gate", default="gate_end").end().end("many")
    bpmn.path("start", "gate", "end").flow("gate", "many", "=amount > 5")
    definition = engine.read(bpmn.xml())
    assert begin(definition).ended == ("end",)
    assert begin(definition, amount=6).ended == ("many",)


def test_a_condition_that_is_no_truth_value_stops_the_run() -> None:
    bpmn = Bpmn().start().xor("gate", default="gate_end").end().end("many")
    bpmn.path("start", "gate", "end").flow("gate", "many", "=amount + 1")
    with pytest.raises(engine.EngineFailure) as caught:
        begin(engine.read(bpmn.xml()), amount=1)
    assert (caught.value.reason, caught.value.step) == ("expression", "gate")
    assert "gate" in str(caught.value)


def test_an_expression_that_takes_too_long_stops_the_run() -> None:
    endless = "=count(for a in 1..900, b in 1..900 return a * b)"
    with pytest.raises(engine.EngineFailure) as caught:
        begin(scripted(endless))
    assert (caught.value.reason, caught.value.step) == ("expression", "compute")


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (" officer ", ("officer",)),
        ('=if channel = "online" then "portal" else "counter"', ("counter",)),
        ('=["a", "b"]', ("a", "b")),
        ('="a, b"', ("a", "b")),
    ],
)
def test_roles_are_a_key_or_an_expression(roles: str, expected: tuple[str, ...]) -> None:
    assert begin(assigned(roles=roles)).open[0].roles == expected


def test_hours_unit_and_assignee_may_depend_on_the_case() -> None:
    definition = assigned(
        workingHours='=if channel = "online" then 4 else 8', unit="=unit", assignee="=officer"
    )
    (task,) = begin(definition, channel="online", unit="H56.14", officer="lan").open
    assert (task.working_hours, task.unit, task.assignee) == (Decimal(4), "H56.14", "lan")
    (task,) = begin(definition).open
    assert (task.working_hours, task.unit, task.assignee) == (Decimal(8), None, None)


@pytest.mark.parametrize(
    ("channel", "hours"), [("online", Decimal(2)), ("counter", Decimal(8)), (None, Decimal(8))]
)
def test_a_step_may_have_other_hours_for_dossiers_sent_online(
    channel: str | None, hours: Decimal
) -> None:
    definition = assigned(workingHours="8", workingHoursOnline="=base / 2")
    assert definition.variables == {"base", "channel"}, "the channel is asked for unseen"
    (task,) = begin(definition, channel=channel, base=4).open
    assert task.working_hours == hours


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, None),
        ({"escalation": "none"}, ()),
        ({"escalation": " division_head,director "}, ("division_head", "director")),
    ],
)
def test_a_step_may_say_who_is_told_when_it_is_late(
    written: dict[str, str], told: tuple[str, ...] | None
) -> None:
    assert assigned(**written).steps["work"].escalation == told


@pytest.mark.parametrize(
    "how",
    [
        {"roles": "=missing"},
        {"roles": "=[]"},
        {"roles": "=[1]"},
        {"workingHours": "=0"},
        {"workingHours": '="many"'},
        {"priority": "=101"},
        {"priority": "=1.5"},
        {"unit": "=12"},
        {"assignee": "=[]"},
    ],
)
def test_a_task_that_nobody_could_do_stops_the_run(how: dict[str, str]) -> None:
    with pytest.raises(engine.EngineFailure) as caught:
        begin(assigned(**how))
    assert (caught.value.reason, caught.value.step) == ("assignment", "work")


def test_hours_that_make_no_sense_stop_the_run_of_the_channel_they_are_for() -> None:
    definition = assigned(workingHours="8", workingHoursOnline="=0")
    assert begin(definition, channel="counter").open
    with pytest.raises(engine.EngineFailure):
        begin(definition, channel="online")


def test_a_loop_of_timers_that_are_always_due_is_stopped() -> None:
    bpmn = Bpmn().start().xor("again").timer("now", "2020-01-01", "timeDate")
    bpmn.xor("gate", default="gate_again").end().path("start", "again", "now", "gate", "again")
    definition = engine.read(bpmn.flow("gate", "end", "=leave").xml())
    with pytest.raises(engine.EngineFailure) as caught:
        begin(definition)
    assert caught.value.reason == "too-many-steps"
    assert begin(definition, leave=True).finished


@pytest.mark.parametrize(
    ("slip", "decision", "issued"),
    [
        (None, None, None),
        ("02", None, "02"),
        ('=if decision = "refuse" then "03" else null', "refuse", "03"),
        ('=if decision = "refuse" then "03" else null', "accept", None),
    ],
)
def test_a_completed_step_issues_the_slip_of_its_decision(
    slip: str | None, decision: str | None, issued: str | None
) -> None:
    definition = assigned(**({"slip": slip} if slip else {}))
    assert engine.slip_after(definition, "work", {"decision": decision}) == issued
