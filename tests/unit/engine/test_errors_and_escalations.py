"""Errors and escalations leave a sub-process by the nearest watcher that knows their code."""

from datetime import UTC, datetime

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def begin(bpmn: Bpmn) -> tuple[engine.Definition, engine.Outcome]:
    definition = engine.read(bpmn.xml())
    return definition, engine.start(definition, {}, now=NOW, seed="s")


def done(
    definition: engine.Definition, outcome: engine.Outcome, step: str, **data: object
) -> engine.Outcome:
    task_id = next(task.task_id for task in outcome.open if task.step == step)
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def steps(outcome: engine.Outcome) -> list[str]:
    return sorted(task.step for task in outcome.open)


def failing(*caught: str | None, inner: str = "") -> Bpmn:
    """Work and a check beside each other; the check may find an error of code `bad`."""
    bpmn = Bpmn().start().open("sub", inner=inner).start("in").parallel("split").user("work")
    bpmn.user("check").xor("gate", "gate_fine").end("fine").end("out")
    bpmn.throw_end("failed", "error", "bad").path("in", "split", "work", "out")
    bpmn.path("split", "check", "gate", "fine").flow("gate", "failed", "=broken").close().end()
    bpmn.path("start", "sub", "end")
    for code in caught:
        bell = f"bell_{code}"
        bpmn.watch(bell, "sub", event("error", code)).end(f"end_{code}").path(bell, f"end_{code}")
    return bpmn


def test_an_error_ends_everything_in_its_sub_process() -> None:
    definition, outcome = begin(failing("bad"))
    outcome = done(definition, outcome, "check", broken=True)
    assert (outcome.finished, outcome.ended) == (True, ("failed", "end_bad"))
    assert ("work", "cancelled") in [(p.step, p.state) for p in outcome.trail]
    assert ("sub", "cancelled") in [(p.step, p.state) for p in outcome.trail]


def test_without_an_error_its_watcher_is_taken_off() -> None:
    definition, outcome = begin(failing("bad"))
    assert outcome.waiting == ()
    outcome = done(definition, done(definition, outcome, "check"), "work")
    assert outcome.ended == ("out", "end")


@pytest.mark.parametrize("order", [(None, "bad"), ("bad", None), ("other", "bad")])
def test_the_watcher_with_the_code_comes_before_the_one_for_all(order: tuple[str, str]) -> None:
    definition, outcome = begin(failing(*order))
    assert done(definition, outcome, "check", broken=True).ended == ("failed", "end_bad")


def test_one_error_in_one_instance_stops_all_instances() -> None:
    each = loop(inputCollection="=[1, 2, 3]", inputElement="n")
    definition, outcome = begin(failing("bad", inner=each))
    assert steps(outcome) == ["check"] * 3 + ["work"] * 3
    outcome = done(definition, outcome, "check", broken=True)
    assert (outcome.finished, outcome.ended) == (True, ("failed", "end_bad"))


def nested(inner: str | None, kind: str = "error") -> Bpmn:
    """A throw two levels deep, watched outside and perhaps inside."""
    bpmn = Bpmn().start().open("outer").start("s").open("inner").start("i").user("a")
    bpmn.throw_end("thrown", kind, "bad").path("i", "a", "thrown").close().end("e")
    bpmn.path("s", "inner", "e")
    if inner:
        bpmn.watch("near", "inner", event(kind, inner)).user("b").end("n").path("near", "b", "n")
    bpmn.close().end().watch("far", "outer", event(kind, "bad")).user("c").end("f")
    return bpmn.path("start", "outer", "end").path("far", "c", "f")


@pytest.mark.parametrize("kind", ["error", "escalation"])
@pytest.mark.parametrize(("inner", "reached"), [("bad", ["b"]), ("other", ["c"]), (None, ["c"])])
def test_the_nearest_watcher_of_the_code_catches(
    inner: str | None, reached: list[str], kind: str
) -> None:
    definition, outcome = begin(nested(inner, kind))
    assert steps(done(definition, outcome, "a")) == reached


def raised(*, interrupting: bool) -> Bpmn:
    bpmn = Bpmn().start().open("sub").start("in").xor("loop").user("a")
    bpmn.throw("tell", "escalation", "slow").user("b").xor("gate", "gate_out").end("out")
    bpmn.path("in", "loop", "a", "tell", "b", "gate", "out").flow("gate", "loop", "=more").close()
    bpmn.watch("bell", "sub", event("escalation", None), interrupting=interrupting)
    bpmn.user("chief").end("told").end().path("start", "sub", "end")
    return bpmn.path("bell", "chief", "told")


def test_an_escalation_may_run_beside_its_sub_process_again_and_again() -> None:
    definition, outcome = begin(raised(interrupting=False))
    for times in (1, 2):
        outcome = done(definition, outcome, "a")
        assert steps(outcome) == ["b"] + ["chief"] * times
        outcome = done(definition, outcome, "b", more=times == 1)
    assert steps(outcome) == ["chief", "chief"]


def test_an_interrupting_escalation_stops_what_threw_it() -> None:
    definition, outcome = begin(raised(interrupting=True))
    outcome = done(definition, outcome, "a")
    assert steps(outcome) == ["chief"]
    assert "b" not in [passed.step for passed in outcome.trail]


def test_an_escalation_end_lets_the_others_in_its_sub_process_go_on() -> None:
    bpmn = Bpmn().start().open("sub").start("in").parallel("split").user("a").user("b").end("out")
    bpmn.throw_end("tell", "escalation", "slow").path("in", "split", "a", "tell")
    bpmn.path("split", "b", "out").close().end().user("chief").end("told")
    bpmn.watch("bell", "sub", event("escalation", "slow"), interrupting=False)
    definition, outcome = begin(bpmn.path("start", "sub", "end").path("bell", "chief", "told"))
    outcome = done(definition, outcome, "a")
    assert steps(outcome) == ["b", "chief"]
    outcome = done(definition, outcome, "b")
    assert steps(outcome) == ["chief"]


def test_hundreds_of_escalations_neither_stall_nor_grow() -> None:
    bpmn = raised(interrupting=False)
    definition, outcome = begin(bpmn)
    sizes = set()
    for _ in range(300):
        outcome = done(definition, done(definition, outcome, "a"), "chief")
        outcome = done(definition, outcome, "b", more=True)
        sizes.add(len(outcome.snapshot))
    assert max(sizes) - min(sizes) <= 4
