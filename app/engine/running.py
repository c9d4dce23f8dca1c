"""The six things one can do with a process. Each is pure: bytes in, an outcome out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from app import feel
from app.engine.clockwork import Run, moment, running
from app.engine.compaction import compact
from app.engine.definition import Definition, routing
from app.engine.elements import ServiceTask, UserTask
from app.engine.errors import NobodyWaits, TaskNotOpen
from app.engine.events import fire, waiting_for
from app.engine.facts import EventWait, MessageEvent, Outcome, SignalEvent
from app.engine.instance import Instance
from app.engine.report import outcome, waiting_of
from app.engine.scope import assign
from app.engine.settling import settle
from app.engine.snapshot import dump, load
from app.engine.waits import waits_of


def start(
    definition: Definition,
    variables: Mapping[str, object],
    *,
    now: datetime,
    seed: str,
    calendar: feel.Calendar | None = None,
) -> Outcome:
    """Start a process. `seed` (for example the dossier's id) makes its task ids its own.

    Expressions count working time with `calendar`, here and below. Raises EngineFailure.
    """
    run = Run(now=moment(now), seed=seed, calendar=calendar)
    with running(run):
        instance = Instance(definition.plans, definition.process_id)
        instance.variables = routing(definition, variables)
        return _go(definition, instance, run, _nothing)


def complete(
    definition: Definition,
    snapshot: bytes,
    task_id: str,
    variables: Mapping[str, object],
    *,
    now: datetime,
    calendar: feel.Calendar | None = None,
) -> Outcome:
    """Complete an open user task. Raises TaskNotOpen, EngineFailure or SnapshotUnreadable."""
    act = _completion(definition, task_id, variables, (UserTask, TaskState.READY))
    return _resume(definition, snapshot, now, calendar, act)


def finish_service(
    definition: Definition,
    snapshot: bytes,
    task_id: str,
    variables: Mapping[str, object],
    *,
    now: datetime,
    calendar: feel.Calendar | None = None,
) -> Outcome:
    """Say that a service call is done. Raises as `complete` does."""
    act = _completion(definition, task_id, variables, (ServiceTask, TaskState.STARTED))
    return _resume(definition, snapshot, now, calendar, act)


def tick(
    definition: Definition,
    snapshot: bytes,
    *,
    now: datetime,
    calendar: feel.Calendar | None = None,
) -> Outcome:
    """Let every timer go off that is due. Raises EngineFailure or SnapshotUnreadable."""
    return _resume(definition, snapshot, now, calendar, _nothing)


def deliver(
    definition: Definition,
    snapshot: bytes,
    event: MessageEvent | SignalEvent,
    variables: Mapping[str, object],
    *,
    now: datetime,
    calendar: feel.Calendar | None = None,
) -> Outcome:
    """Bring a message or a signal.

    A message is taken by one step, the outermost and of these the one that has waited longest; a
    signal is heard by all that wait for it. Raises NobodyWaits, and else as `tick` does.
    """

    def act(instance: Instance) -> None:
        found = waiting_for(instance, event.kind, event.name)
        if not found:
            raise NobodyWaits(event=event.name)
        for task in found[:1] if event.kind == "message" else found:
            if task.state == TaskState.WAITING:
                assign(task, routing(definition, variables))
                fire(task)

    return _resume(definition, snapshot, now, calendar, act)


def look(definition: Definition, snapshot: bytes, *, now: datetime) -> Outcome:
    """What is open, without running anything; the snapshot comes back unchanged."""
    moment(now)
    instance, _ = load(definition, snapshot)
    return outcome(definition, instance, snapshot, before=waits_of(instance).ids)


def waiting(definition: Definition, snapshot: bytes) -> tuple[EventWait, ...]:
    """The messages and signals that are waited for; a message is taken by the first of its name.

    Raises SnapshotUnreadable.
    """
    instance, _ = load(definition, snapshot)
    return waiting_of(definition, instance)


def _nothing(instance: Instance) -> None:
    """Let the process go on by itself."""


def _completion(
    definition: Definition,
    task_id: str,
    variables: Mapping[str, object],
    wanted: tuple[type, int],
) -> Callable[[Instance], None]:
    def act(instance: Instance) -> None:
        task = _find(instance, task_id)
        if task is None or (type(task.task_spec), task.state) != wanted:
            raise TaskNotOpen(task_id=task_id)
        assign(task, routing(definition, variables))
        task.complete()

    return act


def _find(instance: Instance, task_id: str) -> Any:
    return next((task for task in instance.live() if task.id.hex == task_id), None)


def _resume(
    definition: Definition,
    snapshot: bytes,
    now: datetime,
    calendar: feel.Calendar | None,
    act: Callable[[Instance], None],
) -> Outcome:
    instance, body = load(definition, snapshot)
    run = Run(now=moment(now), seed=body["seed"], ids=body["ids"], calendar=calendar)
    with running(run):
        return _go(definition, instance, run, act)


def _go(
    definition: Definition, instance: Instance, run: Run, act: Callable[[Instance], None]
) -> Outcome:
    before = waits_of(instance).ids
    act(instance)
    settle(instance)
    _note_status(definition, instance)
    compact(instance)
    return outcome(definition, instance, dump(instance, run), before=before)


def _note_status(definition: Definition, instance: Instance) -> None:
    for passed in instance.trail:
        step = definition.steps[passed.step]
        if passed.state == "completed" and step.kind == "end" and step.status is not None:
            instance.final_status = step.status
