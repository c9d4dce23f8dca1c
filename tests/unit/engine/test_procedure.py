"""The test procedure from reception to result, with the loops that break bare engines."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from app import engine
from tests.support.bpmn import Bpmn, procedure, straight

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PROCEDURE = engine.read(procedure().xml())


def begin(definition: engine.Definition = PROCEDURE, **variables: object) -> engine.Outcome:
    return engine.start(definition, variables, now=NOW, seed="case-1")


def done(
    outcome: engine.Outcome, step: str, definition: engine.Definition = PROCEDURE, **data: object
) -> engine.Outcome:
    (task_id,) = [task.task_id for task in outcome.open if task.step == step]
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def steps(outcome: engine.Outcome) -> list[str]:
    return [task.step for task in outcome.open]


def test_a_dossier_goes_from_reception_to_result() -> None:
    outcome = begin()
    for step in ("reception", "check", "process", "opinion_b", "opinion_a", "approval"):
        outcome = done(outcome, step)
    assert steps(outcome) == ["result"]
    assert not outcome.finished
    outcome = done(outcome, "result")
    assert outcome.finished
    assert outcome.ended == ("done",)
    assert outcome.final_status == 10
    assert (outcome.open, outcome.timers, outcome.incident) == ((), (), None)


def test_an_open_task_tells_everything_about_itself() -> None:
    (task,) = begin().open
    assert task.roles == ("reception_officer",)
    assert task.form == "form"
    assert task.working_hours == Decimal(8)
    assert (task.status, task.clock, task.slip) == (2, "run", "01")
    assert (task.assignee, task.unit, task.priority) == (None, None, 50)
    assert len(task.task_id) == 32


def test_a_refused_dossier_ends_with_its_status() -> None:
    outcome = done(done(begin(), "reception"), "check", decision="refuse")
    assert (outcome.finished, outcome.ended, outcome.final_status) == (True, ("refused",), 3)


def test_expressions_are_settled_when_the_task_opens() -> None:
    outcome = done(begin(assigned_officer="lan"), "reception")
    outcome = done(outcome, "check", urgent=True)
    (task,) = outcome.open
    assert (task.roles, task.assignee, task.priority) == (("specialist",), "lan", 90)
    later = engine.look(PROCEDURE, outcome.snapshot, now=NOW + timedelta(days=9))
    assert later.open == outcome.open
    assert later.snapshot == outcome.snapshot
    assert (later.opened, later.closed, later.trail) == ((), (), ())


@pytest.mark.parametrize("orders", list(permutations((("a", "b"), ("b", "a"), ("a", "b")))))
def test_a_join_in_a_loop_waits_for_every_opinion_each_time(
    orders: tuple[tuple[str, str], ...],
) -> None:
    outcome = done(done(begin(), "reception"), "check")
    for first, second in orders:
        outcome = done(outcome, "process")
        outcome = done(outcome, f"opinion_{first}")
        assert steps(outcome) == [f"opinion_{second}"]
        outcome = done(outcome, f"opinion_{second}")
        assert steps(outcome) == ["approval"]
        outcome = done(outcome, "approval", approval="redo")


def test_hundreds_of_supplement_loops_neither_stall_nor_grow() -> None:
    outcome = done(begin(), "reception")
    sizes = set()
    for _ in range(450):
        outcome = done(outcome, "check", decision="supplement")
        outcome = done(outcome, "supplement")
        sizes.add(len(outcome.snapshot))
    assert max(sizes) - min(sizes) <= 4
    outcome = done(outcome, "check", decision="refuse")
    assert outcome.finished


def test_the_trail_lists_what_was_passed_in_order() -> None:
    outcome = done(done(begin(), "reception"), "check")
    trail = [(passed.step, passed.state) for passed in outcome.trail]
    assert trail == [("check", "completed"), ("verdict", "completed"), ("assign", "completed")]


def test_opened_and_closed_name_what_changed() -> None:
    first = begin()
    second = done(first, "reception")
    assert set(first.opened) == {first.open[0].task_id, first.timers[0].task_id}
    assert set(second.closed) == set(first.opened)
    assert second.opened == (second.open[0].task_id,)


def test_a_task_can_be_completed_once() -> None:
    first = begin()
    second = done(first, "reception")
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(PROCEDURE, second.snapshot, first.open[0].task_id, {}, now=NOW)


@pytest.mark.parametrize("task_id", ["", "0" * 32, "not an id"])
def test_an_unknown_task_is_not_open(task_id: str) -> None:
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(PROCEDURE, begin().snapshot, task_id, {}, now=NOW)


def test_a_timer_is_no_task_to_complete() -> None:
    outcome = begin()
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(PROCEDURE, outcome.snapshot, outcome.timers[0].task_id, {}, now=NOW)


def test_only_flat_values_that_an_expression_reads_come_in() -> None:
    data = {
        "decision": "accept",
        "approval": ["a", 1, 2.5, True, None],
        "urgent": {"nested": 1},
        "assigned": "written by a script",
        "owner_name": "not asked for",
    }
    assert PROCEDURE.variables == {"decision", "approval", "urgent", "assigned_officer"}
    kept = engine.routing(PROCEDURE, data)
    assert kept == {"decision": "accept", "approval": ["a", 1, 2.5, True, None]}
    assert kept["approval"] is not data["approval"]
    assert engine.start(PROCEDURE, data, now=NOW, seed="s").variables == kept


@pytest.mark.parametrize(
    "value", [2**63, -(2**63) - 1, float("nan"), float("inf"), "\ud800", [[1]], object(), b"x"]
)
def test_values_that_json_cannot_hold_stay_outside(value: object) -> None:
    assert engine.routing(PROCEDURE, {"decision": value}) == {}


def test_branches_do_not_overwrite_each_other_with_stale_copies() -> None:
    bpmn = Bpmn().start().parallel("split").user("a").user("b").parallel("join")
    bpmn.xor("gate", default="gate_yes").end("yes").end("no").path("start", "split", "a", "join")
    bpmn.path("split", "b", "join", "gate").flow("gate", "no", '=opinion = "no"').flow(
        "gate", "yes"
    )
    definition = engine.read(bpmn.xml())
    outcome = begin(definition, opinion="none")
    outcome = done(outcome, "a", definition, opinion="no")
    assert done(outcome, "b", definition).ended == ("no",)


def test_a_dead_join_is_an_incident() -> None:
    bpmn = Bpmn().start().user("a").xor("x", default="x_join").parallel("join").end()
    bpmn.user("b").path("start", "a", "x", "join", "end").flow("x", "b", "=way = 1")
    definition = engine.read(bpmn.path("b", "join").xml())
    outcome = done(begin(definition), "a", definition)
    assert outcome.incident == engine.Incident(code="nothing-open", step="join", detail="join")
    assert not outcome.finished


def test_terminate_cancels_everything_else() -> None:
    bpmn = Bpmn().start().parallel("split").user("a").user("b").end("stop", terminate=True).end()
    definition = engine.read(
        bpmn.path("start", "split", "a", "stop").path("split", "b", "end").xml()
    )
    outcome = done(begin(definition), "a", definition)
    assert outcome.finished
    assert ("b", "cancelled") in [(passed.step, passed.state) for passed in outcome.trail]


def test_terminate_in_a_sub_process_ends_only_that() -> None:
    bpmn = Bpmn().start().open("sub").start("in").parallel("split").user("a").user("b")
    bpmn.end("stop", terminate=True).end("out").path("in", "split", "a", "stop")
    bpmn.path("split", "b", "out").close().user("after").end()
    definition = engine.read(bpmn.path("start", "sub", "after", "end").xml())
    outcome = done(begin(definition), "a", definition)
    assert steps(outcome) == ["after"]
    assert outcome.ended == ("stop",)


def test_two_flows_into_a_task_open_it_twice_as_bpmn_says() -> None:
    bpmn = Bpmn().start().parallel("split").user("a").end().path("start", "split", "a", "end")
    definition = engine.read(bpmn.flow("split", "a", id_="second").xml())
    assert steps(begin(definition)) == ["a", "a"]


def test_a_long_line_of_tasks_runs_to_its_end() -> None:
    definition = engine.read(straight(*[f"t{i}" for i in range(398)]).xml())
    outcome = begin(definition)
    while outcome.open:
        outcome = done(outcome, outcome.open[0].step, definition)
    assert outcome.finished


def test_a_long_automatic_line_is_within_the_limit() -> None:
    bpmn = Bpmn().start().end()
    names = [f"s{i}" for i in range(390)]
    for name in names:
        bpmn.script(name, "n", "=1 + 1")
    definition = engine.read(bpmn.path("start", *names, "end").xml())
    assert begin(definition).finished


def test_a_definition_describes_its_steps() -> None:
    step = PROCEDURE.steps["process"]
    assert (step.kind, step.roles, step.form) == ("user", "=assigned", "form")
    assert PROCEDURE.steps["verdict"].kind == "exclusive"
    assert PROCEDURE.steps["late"].kind == "timer"
    assert (PROCEDURE.process_id, PROCEDURE.name) == ("permit", "Permit")
    assert PROCEDURE.forms == {"form"}
    assert [flow.target for flow in PROCEDURE.diagram.outgoing(PROCEDURE.diagram.nodes[0])]


def test_a_lane_names_the_tasks_in_it_also_inside_a_sub_process() -> None:
    bpmn = Bpmn().raw(
        '<bpmn:laneSet id="lanes"><bpmn:lane id="l" name="Front office">'
        "<bpmn:flowNodeRef>sub</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    bpmn.start().open("sub").start("in").user("a").end("out").path("in", "a", "out").close().end()
    definition = engine.read(bpmn.path("start", "sub", "end").xml())
    assert begin(definition).open[0].lane == "Front office"
