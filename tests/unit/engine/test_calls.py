"""Call activities run another diagram of the same version, with the variables of the process."""

from datetime import UTC, datetime, timedelta

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop, straight

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def fees() -> Bpmn:
    """A process that others call: collect a fee, by way of a sub-process and a timer."""
    bpmn = Bpmn("fees").start().open("sub").start("in").user("collect", form="fee", unit="=unit")
    bpmn.boundary("late", "collect", "PT1H").end("out").end("lost").path("in", "collect", "out")
    bpmn.path("late", "lost").close().script("note", "noted", "=fee + 1").end(status="4")
    return bpmn.path("start", "sub", "note", "end")


def caller(process: str = "fees", name: str = "permit", inner: str = "") -> Bpmn:
    bpmn = Bpmn(name).start().user("check").call("pay", process, inner=inner).user("after").end()
    return bpmn.path("start", "check", "pay", "after", "end")


def together(**files: Bpmn) -> dict[str, engine.Definition]:
    return engine.read_all({name: bpmn.xml() for name, bpmn in files.items()})


def done(
    definition: engine.Definition, outcome: engine.Outcome, step: str, **data: object
) -> engine.Outcome:
    task_id = next(task.task_id for task in outcome.open if task.step == step)
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def paying(definition: engine.Definition, **variables: object) -> engine.Outcome:
    outcome = engine.start(definition, variables, now=NOW, seed="s")
    return done(definition, outcome, "check")


def test_the_called_process_runs_and_returns() -> None:
    definition = together(top=caller(), fees=fees())["top"]
    outcome = paying(definition, unit="H1")
    (task,) = outcome.open
    assert (task.step, task.name, task.form, task.unit) == ("fees/collect", "collect", "fee", "H1")
    assert outcome.timers[0].step == "fees/late"
    assert outcome.timers[0].attached_to == "fees/collect"
    outcome = done(definition, outcome, "fees/collect", fee=20)
    assert [one.step for one in outcome.open] == ["after"]
    assert outcome.variables["noted"] == 21
    assert [passed.step for passed in outcome.trail] == [
        *("fees/collect", "fees/late", "fees/out", "fees/sub", "fees/note", "fees/end", "pay"),
    ]
    assert (outcome.ended, outcome.final_status) == (("fees/out", "fees/end"), 4)
    assert engine.tick(definition, paying(definition).snapshot, now=NOW + timedelta(hours=1)).ended


def test_a_definition_knows_what_it_calls() -> None:
    read = together(top=caller(), fees=fees())
    definition = read["top"]
    assert dict(definition.called) == {"fees": read["fees"]}
    assert definition.steps["fees/collect"].form == "fee"
    assert definition.forms == {"form", "fee"}
    assert definition.variables == {"unit", "fee"}
    assert [node.id for node in definition.diagram.nodes] == [
        "start",
        "check",
        "pay",
        "after",
        "end",
    ]
    given = engine.read(caller().xml(), calls={"fees": read["fees"]})
    assert paying(given).snapshot == paying(definition).snapshot


def test_one_process_is_called_from_several_places_and_levels() -> None:
    middle = caller(name="middle")
    top = caller("middle").call("again", "fees").user("x").path("x", "again", "end")
    top.parallel("fork").path("fork", "x")
    text = top.text().replace(
        'sourceRef="start" targetRef="check"', 'sourceRef="start" targetRef="fork"'
    )
    text = text.replace(
        "</bpmn:process>",
        '<bpmn:sequenceFlow id="f" sourceRef="fork" targetRef="check"/></bpmn:process>',
    )
    files = {"top": text.encode(), "middle": middle.xml(), "fees": fees().xml()}
    definition = engine.read_all(files)["top"]
    assert set(definition.called) == {"middle", "fees"}
    outcome = engine.start(definition, {}, now=NOW, seed="s")
    for step in ("x", "check", "middle/check"):
        outcome = done(definition, outcome, step)
    assert [task.step for task in outcome.open] == ["fees/collect", "fees/collect"]
    for step in ("fees/collect", "fees/collect", "middle/after", "after"):
        outcome = done(definition, outcome, step, fee=1)
    assert outcome.finished


def test_a_called_process_can_be_repeated_and_watched() -> None:
    top = caller(inner=loop(inputCollection="=units", inputElement="unit"))
    top.boundary("stop", "pay", "PT30M").end("over").path("stop", "over")
    definition = together(top=top, fees=fees())["top"]
    outcome = paying(definition, units=["a", "b"])
    assert [(task.step, task.unit) for task in outcome.open] == [
        ("fees/collect", "a"),
        ("fees/collect", "b"),
    ]
    outcome = engine.tick(definition, outcome.snapshot, now=NOW + timedelta(minutes=30))
    assert (outcome.finished, outcome.ended) == (True, ("over",))


def test_a_terminate_end_ends_the_called_process_only() -> None:
    called = Bpmn("fees").start().user("a").end(terminate=True).path("start", "a", "end")
    definition = together(top=caller(), fees=called)["top"]
    outcome = done(definition, paying(definition), "fees/a")
    assert [task.step for task in outcome.open] == ["after"]


def test_a_message_reaches_into_a_called_process() -> None:
    called = (
        Bpmn("fees").start().catch("paid", "message", "paid").end().path("start", "paid", "end")
    )
    definition = together(top=caller(), fees=called)["top"]
    outcome = paying(definition)
    assert outcome.waiting[0].step == "fees/paid"
    event_ = engine.MessageEvent(name="paid")
    outcome = engine.deliver(definition, outcome.snapshot, event_, {}, now=NOW)
    assert [task.step for task in outcome.open] == ["after"]


def test_an_error_names_the_step_of_the_called_process() -> None:
    called = straight().user("x", roles="=missing").flow("start", "x").flow("x", "end")
    text = called.text().replace('id="permit"', 'id="fees"').replace("start_end", "gone")
    text = text.replace(
        '<bpmn:sequenceFlow id="gone" sourceRef="start" targetRef="end"></bpmn:sequenceFlow>', ""
    )
    files = {"top": caller().xml(), "fees": text.encode()}
    definition = engine.read_all(files)["top"]
    with pytest.raises(engine.EngineFailure) as caught:
        paying(definition)
    assert caught.value.step == "fees/x"


def test_hundreds_of_calls_neither_stall_nor_grow() -> None:
    top = Bpmn().start().xor("again").call("pay", "fees").user("after").xor("gate", "gate_end")
    top.end().path("start", "again", "pay", "after", "gate", "end").flow("gate", "again", "=more")
    definition = together(top=top, fees=fees())["top"]
    outcome = engine.start(definition, {"fee": 1, "more": True}, now=NOW, seed="s")
    sizes = set()
    for _ in range(300):
        outcome = done(definition, outcome, "fees/collect")
        outcome = done(definition, outcome, "after")
        sizes.add(len(outcome.snapshot))
    assert max(sizes) - min(sizes) <= 16


def codes(**files: Bpmn) -> dict[str, set[str]]:
    found = engine.check_all({name: bpmn.xml() for name, bpmn in files.items()})
    return {name: {problem.code for problem in problems} for name, problems in found.items()}


def test_all_files_are_checked_together() -> None:
    assert codes(top=caller(), fees=fees()) == {"top": set(), "fees": set()}
    assert codes(top=caller("fee"), fees=fees())["top"] == {"call.unknown"}
    assert codes(top=caller(), fees=fees(), more=fees())["top"] == {"call.ambiguous"}
    broken = engine.check_all({"top": caller().xml(), "fees": b"<"})
    assert [problem.code for problem in broken["top"]] == ["call.unknown"]
    with pytest.raises(engine.DefinitionInvalid):
        together(top=caller("fee"), fees=fees())


def test_processes_that_call_each_other_in_a_circle_are_refused() -> None:
    found = codes(a=caller("b", "a"), b=caller("c", "b"), c=caller("a", "c"), d=caller("a", "d"))
    assert found == {name: {"call.cycle"} for name in "abc"} | {"d": set()}
    assert codes(a=caller("a", "a")) == {"a": {"call.cycle"}}


def test_calls_go_only_so_deep() -> None:
    chain = {f"p{n}": caller(f"p{n + 1}", f"p{n}") for n in range(6)}
    chain["p6"] = straight()
    files = {name: bpmn.xml() for name, bpmn in chain.items()}
    files["p6"] = files["p6"].replace(b'id="permit"', b'id="p6"')
    found = engine.check_all(files)
    assert {name for name, problems in found.items() if problems} == {"p0"}
    assert [problem.code for problem in found["p0"]] == ["limit.calls"]
    del files["p0"]
    read = engine.read_all(files)
    with pytest.raises(engine.DefinitionInvalid):
        engine.read(caller("p1", "p0").xml(), calls=read and {"p1": read["p1"]})


def test_what_is_not_given_is_not_compared() -> None:
    assert engine.check(caller().xml()) == ()
    assert engine.check(caller().xml(), calls={"fees"}) == ()
    with pytest.raises(engine.DefinitionInvalid):
        engine.read(caller().xml())


def test_an_error_of_a_called_process_must_be_caught_inside_it() -> None:
    called = (
        Bpmn("fees")
        .start()
        .user("a")
        .throw_end("wrong", "error", "bad")
        .path("start", "a", "wrong")
    )
    top = caller().watch("bell", "pay", event("error", "bad")).end("over").path("bell", "over")
    found = codes(top=top, fees=called)
    assert found == {"fees": {"event.uncaught"}, "top": {"boundary.misplaced"}}
