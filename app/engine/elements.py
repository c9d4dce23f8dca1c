# ruff: noqa: SLF001 - the library's extension points are methods with a leading underscore
"""BPMN elements as the library runs them, with its defects in loops and joins put right.

The library predicts future tasks and guesses from the tree of past ones which tokens a join still
waits for; both go wrong in loops. Here the tree holds real tokens only: the children of a task
are made when it completes, and a join counts the tokens that wait before it, as BPMN says.
"""

from collections import Counter
from typing import Any, Literal

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import BpmnStartTask, SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from app.engine.facts import Passed
from app.engine.scope import step_id
from app.engine.tasks import Frozen, UserWork

LIVE = TaskState.NOT_FINISHED_MASK


def is_live(task: Any) -> bool:
    """Whether the task still holds a token."""
    return bool(task._state & LIVE)


class Element(TaskSpec):
    """What all elements share: no prediction, children on completion, a line in the trail."""

    def _predict(self, my_task: Any, *args: object, **kwargs: object) -> None:
        """Predict nothing."""

    def _spread(self, my_task: Any) -> None:
        my_task._sync_children(self.outputs, TaskState.FUTURE)

    def _on_complete_hook(self, my_task: Any) -> None:
        self._note(my_task, "completed")
        self._spread(my_task)
        super()._on_complete_hook(my_task)

    def _on_cancel(self, my_task: Any) -> None:
        self._note(my_task, "cancelled")
        super()._on_cancel(my_task)

    def _note(self, my_task: Any, state: Literal["completed", "cancelled"]) -> None:
        if self.bpmn_id:
            passed = Passed(step=step_id(my_task), task_id=my_task.id.hex, state=state)
            my_task.workflow.top_workflow.trail.append(passed)


class Root(Element, BpmnStartTask):
    """Where the token of a process or sub-process comes from."""


class Split(Element, SimpleBpmnTask):
    """Opens an activity together with the events that watch it."""


class Activity(Element):
    """An activity that may be watched: on completion its watchers are taken off."""

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        cancel_siblings(my_task)


def cancel_siblings(my_task: Any) -> None:
    """Take off whatever was opened together with a task by a split."""
    if isinstance(my_task.parent.task_spec, Split):
        for sibling in my_task.parent.children:
            if sibling is not my_task and is_live(sibling):
                sibling.cancel()


class StartEvent(Element, defaults.StartEvent):
    """A none start event."""

    def __init__(self, plan: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, NoneEventDefinition(), **kwargs)


class EndEvent(Element, defaults.EndEvent):
    """A none or terminate end event; it consumes its token."""

    def __init__(self, plan: Any, bpmn_id: str, *, terminate: bool, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, NoneEventDefinition(), **kwargs)
        self.terminate = terminate

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        if self.terminate:
            for task in list(my_task.workflow.tasks.values()):
                if is_live(task):
                    task.cancel()


class UserTask(Activity, defaults.UserTask):
    """Waits, ready, until a person completes it; who and how long is settled when it opens."""

    def __init__(self, plan: Any, bpmn_id: str, *, work: UserWork, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, **kwargs)
        self.work = work

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        frozen: Frozen = self.work.settle(my_task)
        my_task.internal_data.update(frozen)


class ServiceTask(Activity, defaults.ServiceTask):
    """Waits, started, until its handler has been finished."""

    def _run_hook(self, my_task: Any) -> None:
        del my_task


class ScriptTask(Activity, defaults.ScriptTask):
    """Gives one variable the value of a FEEL expression."""


class ExclusiveGateway(Element, defaults.ExclusiveGateway):
    """Merges and splits; the library picks the one child, and the checker sees to a default."""

    def _spread(self, my_task: Any) -> None:
        """Keep the child that was picked."""


class ParallelGateway(Element, defaults.ParallelGateway):
    """Joins one token from each incoming flow; tokens that are too many stay where they are."""

    def _update_hook(self, my_task: Any) -> bool:
        missing: Counter[str] = Counter(self._inputs)
        taken = []
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and (task is my_task or task.state == TaskState.WAITING):
                source = task.parent.task_spec.name
                if missing[source]:
                    missing[source] -= 1
                    taken.append(task)
        if missing.total():
            my_task._set_state(TaskState.WAITING)
            return False
        for task in taken:
            if task is not my_task:
                task._set_state(TaskState.CANCELLED)
        return True

    def is_complete(self, tree: Any) -> bool:
        """Whether a token waits for each incoming flow."""
        waiting = [task for task in tree.tasks.values() if task.task_spec is self and is_live(task)]
        missing: Counter[str] = Counter(self._inputs)
        missing.subtract(task.parent.task_spec.name for task in waiting)
        return not +missing

    def _run_hook(self, my_task: Any) -> bool:
        del my_task  # The library would merge the data of the branches; ours is shared already.
        return True


class SubProcess(Activity, defaults.SubWorkflowTask):
    """An embedded sub-process: a branch with a tree of its own."""

    def start_workflow(self, my_task: Any) -> None:
        """Open the branch and let its token out of the root."""
        branch = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        branch.task_tree.run()

    def prefix_inside(self, prefix: str) -> str:
        """What stands before the ids of steps inside."""
        return prefix

    def passed_inside(self, my_task: Any, inner: Any) -> None:
        """Hear that a task of the branch is done."""


class CallActivity(SubProcess):
    """A called process: a branch like a sub-process, whose steps have ids of their own."""

    def prefix_inside(self, prefix: str) -> str:
        """The called process is named alike from wherever it is called."""
        del prefix
        return f"{self.spec}/"
