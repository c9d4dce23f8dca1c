"""A process can be ended from outside of its diagram, wherever its tokens stand."""

from datetime import UTC, datetime

import pytest

from app import engine
from tests.support.bpmn import Bpmn, procedure, straight

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PROCEDURE = engine.read(procedure().xml())


def begin(definition: engine.Definition) -> engine.Outcome:
    return engine.start(definition, {}, now=NOW, seed="case-1")


def done(
    definition: engine.Definition, outcome: engine.Outcome, step: str, **data: object
) -> engine.Outcome:
    (task_id,) = [task.task_id for task in outcome.open if task.step == step]
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def ended(definition: engine.Definition, run: engine.Outcome) -> engine.Outcome:
    return engine.end(definition, run, status=3, now=NOW)


def inside() -> Bpmn:
    """A sub-process with a watched step, beside another branch and a service."""
    bpmn = Bpmn().start().user("first").parallel("split").open("sub").start("in").user("work")
    bpmn.boundary("late", "work", "PT1H").end("out").end("lost").path("in", "work", "out")
    bpmn.path("late", "lost").close().service("mail").user("other").parallel("join").end()
    bpmn.path("start", "first", "split", "sub", "join", "end")
    return bpmn.path("split", "other", "join").path("split", "mail", "join")


def test_nothing_waits_any_more_and_the_status_stands() -> None:
    run = done(
        PROCEDURE, done(PROCEDURE, begin(PROCEDURE), "reception"), "check", decision="supplement"
    )
    over = ended(PROCEDURE, run)
    assert (over.finished, over.final_status, over.ended) == (True, 3, ())
    assert (over.open, over.timers, over.opened, over.incident) == ((), (), (), None)
    assert ("supplement", "cancelled") in [(one.step, one.state) for one in over.trail]
    assert over.trail[: len(run.trail)] == run.trail


def test_what_only_began_in_the_run_is_neither_opened_nor_closed() -> None:
    first = begin(PROCEDURE)
    run = done(PROCEDURE, first, "reception")
    over = ended(PROCEDURE, run)
    assert set(first.opened) <= set(over.closed)
    assert not set(run.opened) & set(over.closed)


@pytest.mark.parametrize("steps", [("first",), ("first", "other")])
def test_branches_sub_processes_timers_and_services_go_as_well(steps: tuple[str, ...]) -> None:
    definition = engine.read(inside().xml())
    run = begin(definition)
    for step in steps:
        run = done(definition, run, step)
    over = ended(definition, run)
    assert over.finished
    assert (over.open, over.timers, over.services, over.waiting) == ((), (), (), ())
    again = engine.tick(definition, over.snapshot, now=NOW.replace(year=2027))
    assert (again.finished, again.final_status, again.opened) == (True, 3, ())
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(definition, over.snapshot, run.open[0].task_id, {}, now=NOW)


def test_the_same_run_ended_again_gives_the_same_bytes() -> None:
    definition = engine.read(straight("a", "b").xml())
    run = done(definition, begin(definition), "a")
    assert ended(definition, run).snapshot == ended(definition, run).snapshot
    assert ended(definition, run).digest != run.digest
