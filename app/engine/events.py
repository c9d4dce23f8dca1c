# ruff: noqa: SLF001 - the library's extension points are methods with a leading underscore
"""Events: waiting for a message, signal, error, escalation or the clock, and throwing one.

An event that comes is caught at once and synchronously: whatever it interrupts is gone before
anything else moves.
"""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.util.task import TaskState

from app.engine.elements import Activity, Element, EndEvent, Split, cancel_siblings, is_live
from app.engine.timer import Timer


class Awaited(EventDefinition):
    """A message, signal, error or escalation; without a name any error or escalation."""

    def __init__(self, kind: str, name: str | None) -> None:
        super().__init__(name=name)
        self.kind = kind


class CatchEvent(Element, defaults.IntermediateCatchEvent):
    """Holds its token until its event comes; the first behind an event gateway wins."""

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        cancel_siblings(my_task)


class ReceiveTask(Activity, defaults.ReceiveTask):
    """Waits for a message, and may be watched."""


class EventGateway(Split):
    """Opens all events behind it; the first that comes takes the others off."""

    def __init__(self, plan: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, **kwargs)
        self.bpmn_id = bpmn_id


class BoundaryEvent(Element, defaults.BoundaryEvent):
    """Watches an activity; interrupts it, or runs beside it and may come again."""

    event_definition: Awaited | Timer

    def __init__(
        self, plan: Any, bpmn_id: str, *args: Any, attached_to: str, **kwargs: Any
    ) -> None:
        super().__init__(plan, bpmn_id, *args, **kwargs)
        self.attached_to = attached_to

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        if self.cancel_activity:
            cancel_siblings(my_task)
            return
        if isinstance(self.event_definition, Timer):
            again = self.event_definition.rearmed(my_task)
            if again:
                self._watch_on(my_task, again)

    def _spread(self, my_task: Any) -> None:
        # It never stopped waiting, so it comes before whatever begins to wait behind it.
        if not self.cancel_activity and isinstance(self.event_definition, Awaited):
            self._watch_on(my_task, {})
        super()._spread(my_task)

    def _watch_on(self, my_task: Any, data: dict[str, object]) -> None:
        bell = my_task.parent._add_child(self, TaskState.FUTURE)
        bell.internal_data.update(data)
        self._update(bell)


class ThrowEvent(Element, defaults.IntermediateThrowEvent):
    """Throws a signal or an escalation and goes on, unless that interrupted it."""

    event_definition: Awaited

    def _run_hook(self, my_task: Any) -> bool:
        del my_task  # The library would throw here, before the trail names this event.
        return True

    def _spread(self, my_task: Any) -> None:
        throw(my_task, self.event_definition)
        around = my_task.workflow.parent_task
        if around is None or is_live(around):
            super()._spread(my_task)


class ThrowingEnd(EndEvent):
    """Throws a signal, an error or an escalation; it consumes its token."""

    def __init__(self, plan: Any, bpmn_id: str, thrown: Awaited, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, terminate=False, **kwargs)
        self.thrown = thrown

    def _spread(self, my_task: Any) -> None:
        throw(my_task, self.thrown)


def waiting_for(instance: Any, kind: str, name: str) -> list[Any]:
    """Every task that waits for the message or signal: the outermost first, then the oldest."""
    return [
        task
        for task in instance.live()
        if task.state == TaskState.WAITING
        and isinstance(awaited := getattr(task.task_spec, "event_definition", None), Awaited)
        and (awaited.kind, awaited.name) == (kind, name)
    ]


def fire(task: Any) -> None:
    """Let the event come that a task waits for; nothing happens if it no longer waits."""
    if task.state == TaskState.WAITING:
        task.task_spec.event_definition.catch(task)
        task.task_spec._update(task)
        task.run()


def throw(my_task: Any, thrown: Awaited) -> None:
    """A signal reaches all who wait; an error or escalation the nearest watcher around."""
    if thrown.kind == "signal":
        for task in waiting_for(my_task.workflow.top_workflow, "signal", thrown.name):
            fire(task)
        return
    for watchers in _levels(my_task):
        found = [task for task in watchers if _catches(task, thrown)]
        if found:
            fire(min(found, key=lambda task: task.task_spec.event_definition.name is None))
            return


def _levels(my_task: Any) -> Iterator[list[Any]]:
    """What watches each activity around a task, the innermost first."""
    around = my_task.workflow.parent_task
    while around is not None:
        if isinstance(around.parent.task_spec, Split):
            yield around.parent.children
        around = around.workflow.parent_task


def _catches(task: Any, thrown: Awaited) -> bool:
    awaited = getattr(task.task_spec, "event_definition", None)
    return (
        task.state == TaskState.WAITING
        and isinstance(awaited, Awaited)
        and awaited.kind == thrown.kind
        and awaited.name in (None, thrown.name)
    )
