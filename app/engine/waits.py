"""What waits in a process, found in one look at its tokens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.util.task import TaskState

from app.engine.elements import ServiceTask, UserTask
from app.engine.events import Awaited
from app.engine.instance import Instance
from app.engine.timer import Timer


@dataclass(frozen=True, kw_only=True)
class Waits:
    """The tasks that wait for somebody or something, each kind in the order of their trees."""

    users: list[Any] = field(default_factory=list)
    timers: list[Any] = field(default_factory=list)
    #: Messages and signals; errors and escalations come from inside.
    events: list[Any] = field(default_factory=list)
    services: list[Any] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all of them."""
        waiting = (*self.users, *self.timers, *self.events, *self.services)
        return tuple(task.id.hex for task in waiting)


def waits_of(instance: Instance) -> Waits:
    """What waits now."""
    found = Waits()
    for task in instance.live():
        spec, state = task.task_spec, task.state
        if state == TaskState.WAITING:
            _wait(found, task, getattr(spec, "event_definition", None))
        elif state == TaskState.READY and isinstance(spec, UserTask):
            found.users.append(task)
        elif state == TaskState.STARTED and isinstance(spec, ServiceTask):
            found.services.append(task)
    return found


def waiting_timers(tasks: Iterable[Any]) -> list[Any]:
    """Those of the tasks that are timers which have not gone off."""
    return [
        task
        for task in tasks
        if task.state == TaskState.WAITING
        and isinstance(getattr(task.task_spec, "event_definition", None), Timer)
    ]


def _wait(found: Waits, task: Any, awaited: object) -> None:
    if isinstance(awaited, Timer):
        found.timers.append(task)
    elif isinstance(awaited, Awaited) and awaited.kind in ("message", "signal"):
        found.events.append(task)
