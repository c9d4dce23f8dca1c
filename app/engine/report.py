"""From live tasks to frozen facts."""

from hashlib import sha256
from types import MappingProxyType
from typing import Any

from app.engine.definition import Definition
from app.engine.elements import ParallelGateway
from app.engine.events import BoundaryEvent
from app.engine.facts import EventWait, Incident, Outcome, Passed, ServiceCall, Step, TimerWait
from app.engine.inclusive import InclusiveGateway
from app.engine.instance import Instance
from app.engine.scope import step_id
from app.engine.tasks import open_task
from app.engine.timer import due_at
from app.engine.waits import waits_of


def outcome(
    definition: Definition, instance: Instance, snapshot: bytes, *, before: tuple[str, ...]
) -> Outcome:
    """Everything about an instance after a run that began while `before` waited."""
    now = waits_of(instance)
    tasks = tuple(open_task(task) for task in now.users)
    timers = tuple(_timer(definition, task) for task in now.timers)
    waiting = tuple(_event(definition, task) for task in now.events)
    services = tuple(_service(definition, task) for task in now.services)
    after = now.ids
    stuck = not (instance.completed or tasks or timers or waiting or services)
    return Outcome(
        snapshot=snapshot,
        digest=sha256(snapshot).digest(),
        open=tasks,
        opened=tuple(task_id for task_id in after if task_id not in before),
        closed=tuple(task_id for task_id in before if task_id not in after),
        timers=timers,
        waiting=waiting,
        services=services,
        trail=tuple(instance.trail),
        variables=MappingProxyType(dict(sorted(instance.variables.items()))),
        ended=tuple(passed.step for passed in _ends(definition, instance.trail)),
        final_status=instance.final_status,
        finished=instance.completed,
        incident=_standstill(instance) if stuck else None,
    )


def waiting_of(definition: Definition, instance: Instance) -> tuple[EventWait, ...]:
    """What is waited for from outside, in the order in which it would be taken."""
    return tuple(_event(definition, task) for task in waits_of(instance).events)


def _ends(definition: Definition, trail: list[Passed]) -> list[Passed]:
    return [
        passed
        for passed in trail
        if passed.state == "completed" and definition.steps[passed.step].kind == "end"
    ]


def _step(definition: Definition, task: Any) -> Step:
    return definition.steps[step_id(task)]


def _timer(definition: Definition, task: Any) -> TimerWait:
    step = _step(definition, task)
    attached_to, interrupting = _watched(task)
    return TimerWait(
        task_id=task.id.hex,
        step=step.id,
        name=step.name,
        due_at=due_at(task),
        attached_to=attached_to,
        interrupting=interrupting,
    )


def _event(definition: Definition, task: Any) -> EventWait:
    step = _step(definition, task)
    attached_to, interrupting = _watched(task)
    return EventWait(
        task_id=task.id.hex,
        step=step.id,
        name=step.name,
        kind=task.task_spec.event_definition.kind,
        event=task.task_spec.event_definition.name,
        variables=step.variables,
        attached_to=attached_to,
        interrupting=interrupting,
    )


def _watched(task: Any) -> tuple[str | None, bool]:
    """The step a boundary event watches, and whether it interrupts it."""
    if not isinstance(task.task_spec, BoundaryEvent):
        return None, False
    return f"{task.workflow.prefix}{task.task_spec.attached_to}", task.task_spec.cancel_activity


def _service(definition: Definition, task: Any) -> ServiceCall:
    step = _step(definition, task)
    return ServiceCall(task_id=task.id.hex, step=step.id, name=step.name, type=step.service or "")


def _standstill(instance: Instance) -> Incident:
    joins = [
        step_id(task)
        for task in instance.live()
        if isinstance(task.task_spec, (ParallelGateway, InclusiveGateway))
    ]
    return Incident(code="nothing-open", step=joins[0] if joins else None, detail=", ".join(joins))
