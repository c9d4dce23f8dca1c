"""One task or sub-process for each item of a list: side by side or in turn, with its own item."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from app import engine
from app.engine import settling
from tests.support.bpmn import Bpmn, loop

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
UNITS = ["tax", "land", "police"]
CONSULT: dict[str, Any] = {
    "inputCollection": "=units",
    "inputElement": "unit",
    "outputCollection": "opinions",
    "outputElement": "=opinion",
}


def consulting(*, sequential: bool = False, until: str | None = None) -> engine.Definition:
    """Ask each unit in a list for its opinion, then go by whether one said no."""
    bpmn = Bpmn().start()
    bpmn.user(
        "consult",
        roles='="head of " + unit',
        assignee='="boss_" + string(loopCounter)',
        unit="=unit",
        workingHours='=if unit = "land" then 16 else 8',
        inner=loop(sequential=sequential, until=until, **CONSULT),
    )
    bpmn.xor("gate", "gate_yes").end("yes").end("no").path("start", "consult", "gate")
    bpmn.flow("gate", "yes").flow("gate", "no", '=list contains(opinions, "no")')
    return engine.read(bpmn.xml())


def visiting() -> Bpmn:
    """For each unit a sub-process: visit, decide at a gateway, perhaps write a report."""
    bpmn = Bpmn().start().open("visit", inner=loop(**CONSULT)).start("in")
    bpmn.user("look", unit="=unit").xor("gate", "gate_out").user("report", unit="=unit").end("out")
    bpmn.path("in", "look", "gate", "out").flow("gate", "report", '=opinion = "no"')
    return bpmn.path("report", "out").close().user("after").end()


def begin(definition: engine.Definition, **variables: object) -> engine.Outcome:
    return engine.start(definition, {"units": UNITS} | variables, now=NOW, seed="s")


def done(
    definition: engine.Definition, outcome: engine.Outcome, unit: str, /, **data: object
) -> engine.Outcome:
    (task_id,) = [task.task_id for task in outcome.open if task.unit == unit]
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def units(outcome: engine.Outcome) -> list[str | None]:
    return [task.unit for task in outcome.open]


def test_each_unit_gets_a_task_of_its_own() -> None:
    outcome = begin(consulting())
    assert [task.roles for task in outcome.open] == [(f"head of {unit}",) for unit in UNITS]
    assert [task.assignee for task in outcome.open] == ["boss_1", "boss_2", "boss_3"]
    assert [task.working_hours for task in outcome.open] == [Decimal(8), Decimal(16), Decimal(8)]
    assert [dict(task.items) for task in outcome.open][1] == {"unit": "land", "loopCounter": 2}
    assert set(outcome.opened) == {task.task_id for task in outcome.open}
    assert {task.step for task in outcome.open} == {"consult"}


@pytest.mark.parametrize("order", list(permutations(UNITS)))
def test_results_are_kept_in_the_order_of_the_list(order: tuple[str, ...]) -> None:
    definition = consulting()
    outcome = begin(definition)
    for unit in order:
        assert not outcome.ended
        outcome = done(definition, outcome, unit, opinion=f"{unit} agrees")
    assert outcome.variables["opinions"] == [f"{unit} agrees" for unit in UNITS]
    assert outcome.ended == ("yes",)
    assert "opinion" not in outcome.variables


def test_in_turn_each_unit_is_asked_after_the_one_before() -> None:
    definition = consulting(sequential=True)
    outcome = begin(definition)
    for at, unit in enumerate(UNITS):
        assert units(outcome) == [unit]
        outcome = done(definition, outcome, unit, opinion=("yes", "no", "yes")[at])
    assert outcome.variables["opinions"] == ["yes", "no", "yes"]
    assert outcome.ended == ("no",)


def test_enough_answers_close_the_other_tasks() -> None:
    definition = consulting(until="=numberOfCompletedInstances >= 2")
    outcome = done(definition, begin(definition), "police", opinion="yes")
    before = outcome.open
    outcome = done(definition, outcome, "land", opinion="yes")
    assert outcome.finished
    assert outcome.variables["opinions"] == [None, "yes", "yes"]
    assert ("consult", before[0].task_id, "cancelled") in [
        (passed.step, passed.task_id, passed.state) for passed in outcome.trail
    ]


def test_the_condition_sees_the_answer_and_the_counts() -> None:
    until = '=opinion = "no" or numberOfActiveInstances + numberOfTerminatedInstances = 1'
    definition = consulting(until=until)
    assert done(definition, begin(definition), "tax", opinion="no").ended == ("no",)
    outcome = done(definition, begin(definition), "tax", opinion="yes")
    assert done(definition, outcome, "land", opinion="yes").ended == ("yes",)


def test_the_results_so_far_can_end_a_sequence() -> None:
    definition = consulting(sequential=True, until='=list contains(opinions, "no")')
    outcome = done(definition, begin(definition), "tax", opinion="no")
    assert outcome.ended == ("no",)
    assert outcome.variables["opinions"] == ["no", None, None]


@pytest.mark.parametrize("sequential", [True, False])
def test_an_empty_list_is_passed_at_once(sequential: bool) -> None:
    outcome = begin(consulting(sequential=sequential), units=[])
    assert outcome.ended == ("yes",)
    assert outcome.variables["opinions"] == []
    assert [passed.step for passed in outcome.trail] == ["start", "consult", "gate", "yes"]


@pytest.mark.parametrize(
    "items", [None, "tax", 3, [None] * 201], ids=["nothing", "text", "number", "too many"]
)
def test_what_is_no_list_or_too_long_stops_the_run(items: object) -> None:
    with pytest.raises(engine.EngineFailure) as caught:
        begin(consulting(), units=items)
    assert (caught.value.reason, caught.value.step) == ("multi-instance", "consult")


def test_items_and_results_must_be_flat() -> None:
    def repeated(collection: str, result: str) -> engine.Definition:
        settings = CONSULT | {"inputCollection": collection, "outputElement": result}
        bpmn = Bpmn().start().user("x", inner=loop(**settings)).end().path("start", "x", "end")
        return engine.read(bpmn.xml())

    with pytest.raises(engine.EngineFailure):
        begin(repeated("=[{a: 1}]", "=1"))
    definition = repeated("=[1]", "=[1, 2]")
    outcome = begin(definition)
    with pytest.raises(engine.EngineFailure) as caught:
        engine.complete(definition, outcome.snapshot, outcome.open[0].task_id, {}, now=NOW)
    assert caught.value.reason == "multi-instance"


def test_a_condition_must_say_yes_or_no() -> None:
    definition = consulting(until='="perhaps"')
    with pytest.raises(engine.EngineFailure):
        done(definition, begin(definition), "tax")


def test_two_hundred_items_are_fine() -> None:
    names = [f"unit {number}" for number in range(200)]
    definition = consulting()
    outcome = begin(definition, units=names)
    assert units(outcome) == names
    outcome = done(definition, outcome, "unit 77", opinion="yes")
    assert len(outcome.open) == 199


def test_nobody_inside_can_change_the_item() -> None:
    definition = consulting(sequential=True)
    outcome = done(definition, begin(definition), "tax", unit="mine", loopCounter=9, units=["x"])
    assert dict(outcome.open[0].items) == {"unit": "land", "loopCounter": 2}


def test_instances_of_a_sub_process_do_not_read_each_others_answers() -> None:
    definition = engine.read(visiting().path("start", "visit", "after", "end").xml())
    outcome = begin(definition)
    outcome = done(definition, outcome, "tax", opinion="no")
    outcome = done(definition, outcome, "land", opinion="yes")
    assert sorted((task.step, task.unit) for task in outcome.open) == [
        ("look", "police"),
        ("report", "tax"),
    ]
    outcome = done(definition, done(definition, outcome, "police", opinion="yes"), "tax")
    assert [task.step for task in outcome.open] == ["after"]
    assert outcome.variables["opinions"] == ["no", "yes", "yes"]


def test_a_timer_watches_all_instances_together() -> None:
    bpmn = visiting().boundary("late", "visit", "PT1H").end("over").path("late", "over")
    definition = engine.read(bpmn.path("start", "visit", "after", "end").xml())
    outcome = done(definition, begin(definition), "tax", opinion="no")
    assert len(outcome.timers) == 1
    outcome = engine.tick(definition, outcome.snapshot, now=NOW + timedelta(hours=1))
    assert (outcome.finished, outcome.ended) == (True, ("over",))
    assert "opinions" not in outcome.variables


def test_repetitions_stand_in_each_other() -> None:
    bpmn = Bpmn().start()
    bpmn.open("outer", inner=loop(inputCollection="=units", inputElement="unit")).start("in")
    inner = loop(inputCollection="=[loopCounter, 10]", inputElement="part", sequential=True)
    bpmn.user("x", unit='=unit + " " + string(part)', inner=inner).end("out").path("in", "x", "out")
    definition = engine.read(bpmn.close().end().path("start", "outer", "end").xml())
    outcome = begin(definition, units=["a", "b"])
    seen = []
    while outcome.open:
        seen += [task.unit for task in outcome.open]
        task = outcome.open[-1]
        assert set(task.items) == {"unit", "part", "loopCounter"}
        outcome = engine.complete(definition, outcome.snapshot, task.task_id, {}, now=NOW)
    assert outcome.finished
    assert seen == ["a 1", "b 2", "a 1", "b 10", "a 1", "a 10"]


def test_scripts_and_services_repeat_too() -> None:
    each = loop(inputCollection="=[1, 2, 3]", inputElement="n")
    script = '<zeebe:script expression="=total + n" resultVariable="total"/>'
    bpmn = (
        Bpmn()
        .start()
        .script("zero", "total", "=0")
        .node("scriptTask", "add", inner=each, ext=script)
    )
    send = '<zeebe:taskDefinition type="send_mail"/>'
    bpmn.node("serviceTask", "mail", inner=each, ext=send).end()
    definition = engine.read(bpmn.path("start", "zero", "add", "mail", "end").xml())
    outcome = begin(definition)
    assert (outcome.variables["total"], len(outcome.services)) == (6, 3)
    for call in outcome.services:
        outcome = engine.finish_service(definition, outcome.snapshot, call.task_id, {}, now=NOW)
    assert outcome.finished


def test_hundreds_of_rounds_neither_stall_nor_grow() -> None:
    bpmn = visiting().xor("again", "again_end").path("start", "visit", "after", "again")
    definition = engine.read(bpmn.flow("again", "end").flow("again", "visit", "=more").xml())
    outcome = begin(definition, units=["tax", "land"], more=True)
    sizes = set()
    for _ in range(300):
        for unit in ("land", "tax"):
            outcome = done(definition, outcome, unit, opinion="yes")
        (task,) = outcome.open
        sizes.add(len(outcome.snapshot))
        outcome = engine.complete(
            definition, outcome.snapshot, task.task_id, {"more": True}, now=NOW
        )
    assert max(sizes) - min(sizes) <= 4


def test_more_instances_than_a_process_may_have_stop_the_run() -> None:
    bpmn = Bpmn().start()
    bpmn.open("outer", inner=loop(inputCollection="=units", inputElement="a")).start("in")
    bpmn.user("x", inner=loop(inputCollection="=units", inputElement="b")).end("out")
    bpmn.path("in", "x", "out").close().end().path("start", "outer", "end")
    with pytest.raises(engine.EngineFailure):
        begin(engine.read(bpmn.xml()), units=[str(number) for number in range(150)])


def test_a_process_with_too_many_tokens_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "MOST_TOKENS", 3)
    with pytest.raises(engine.EngineFailure) as caught:
        begin(consulting())
    assert caught.value.reason == "too-many-tokens"


def test_a_called_process_cannot_overwrite_the_results_around_it() -> None:
    called = Bpmn("inner").start().script("set", "opinions", "=1").end().path("start", "set", "end")
    top = (
        Bpmn().start().call("ask", "inner", inner=loop(**CONSULT)).end().path("start", "ask", "end")
    )
    files = {"top": top.xml(), "inner": called.xml()}
    definition = engine.read_all(files)["top"]
    with pytest.raises(engine.EngineFailure) as caught:
        begin(definition)
    assert (caught.value.reason, caught.value.step) == ("multi-instance", "inner/set")
