"""A process that is ended from outside of its diagram keeps no token, wherever it stood."""

from datetime import UTC, datetime, timedelta

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=40)


def begun(bpmn: Bpmn, **variables: object) -> tuple[engine.Definition, engine.Outcome]:
    definition = engine.read(bpmn.xml())
    return definition, engine.start(definition, variables, now=NOW, seed="s")


def ended(definition: engine.Definition, outcome: engine.Outcome) -> engine.Outcome:
    standing = engine.look(definition, outcome.snapshot, now=LATER)
    return engine.end(definition, standing, status=7, now=LATER)


def parallel() -> Bpmn:
    bpmn = Bpmn().start().parallel("split").user("one").user("two").parallel("join").end()
    return bpmn.path("start", "split", "one", "join", "end").path("split", "two", "join")


def watched() -> Bpmn:
    bpmn = Bpmn().start().user("work").end().user("react").end("out")
    bpmn.watch("bell", "work", event("message", "paid"), interrupting=False)
    bpmn.boundary("late", "work", "PT1H")
    return bpmn.path("start", "work", "end").path("bell", "react", "out").path("late", "react")


def waiting() -> Bpmn:
    return Bpmn().start().catch("payment", "message", "paid").end().path("start", "payment", "end")


def nested() -> Bpmn:
    """Repetitions of a sub-process with repetitions inside, one of them watched by a timer."""
    each = loop(inputCollection="=[1, 2, 3]", inputElement="unit")
    inner = loop(inputCollection="=[loopCounter, 10]", inputElement="part")
    bpmn = Bpmn().start().open("outer", inner=each).start("in").user("x", inner=inner).end("out")
    bpmn.boundary("late", "x", "PT1H").end("over").path("late", "over")
    return bpmn.path("in", "x", "out").close().end().path("start", "outer", "end")


@pytest.mark.parametrize(
    "bpmn",
    [parallel(), watched(), waiting(), nested()],
    ids=["split", "bells", "wait", "nested"],
)
def test_nothing_is_left(bpmn: Bpmn) -> None:
    definition, outcome = begun(bpmn)
    over = ended(definition, outcome)
    assert (over.finished, over.final_status, over.incident) == (True, 7, None)
    assert (over.open, over.timers, over.waiting, over.services) == ((), (), (), ())
    assert sorted(over.closed) == sorted(outcome.opened)
    assert {passed.state for passed in over.trail} == {"cancelled"}
    assert over.ended == ()


def test_the_same_state_gives_the_same_bytes() -> None:
    definition, outcome = begun(parallel())
    assert ended(definition, outcome).snapshot == ended(definition, outcome).snapshot


def test_afterwards_nothing_moves_any_more() -> None:
    definition, outcome = begun(parallel())
    over = ended(definition, outcome)
    later = engine.tick(definition, over.snapshot, now=LATER + timedelta(days=400))
    assert later.snapshot == over.snapshot
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(definition, over.snapshot, outcome.open[0].task_id, {}, now=LATER)
    again = ended(definition, over)
    assert (again.snapshot, again.closed) == (over.snapshot, ())
