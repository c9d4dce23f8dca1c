"""An instance brought to some place of a diagram, and taken over into another one."""

from datetime import UTC, datetime, timedelta

from app import engine
from app.engine.migrating import CannotMove, Moved, Route, move
from tests.support.bpmn import Bpmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


def read(*files: Bpmn) -> engine.Definition:
    """The first of some diagrams, which may call the others."""
    named = {bpmn.process_id: bpmn.xml() for bpmn in files}
    return engine.read_all(named)[files[0].process_id]


def walk(definition: engine.Definition, *steps: str, **variables: object) -> engine.Outcome:
    """Complete these steps one after the other."""
    outcome = engine.start(definition, variables, now=NOW, seed="s")
    for step in steps:
        outcome = done(definition, outcome, step)
    return outcome


def done(
    definition: engine.Definition, outcome: engine.Outcome, step: str, **data: object
) -> engine.Outcome:
    """Complete the oldest open task of a step."""
    task_id = next(task.task_id for task in outcome.open if task.step == step)
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def moved(
    old: engine.Definition,
    new: engine.Definition,
    outcome: engine.Outcome,
    mapping: dict[str, str] | None = None,
) -> Moved:
    return move(Route(old, new, mapping or {}), outcome.snapshot, {})


def refused(
    old: engine.Definition,
    new: engine.Definition,
    outcome: engine.Outcome,
    mapping: dict[str, str] | None = None,
) -> list[tuple[str, str]]:
    """Why it cannot be taken over: code and element of each reason."""
    try:
        moved(old, new, outcome, mapping)
    except CannotMove as refusal:
        return [(one.code, one.element_id) for one in refusal.obstacles]
    return []
