"""One running process: variables for the whole of it, a tree of real tokens for each level."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.elements import is_live
from app.engine.expressions import FeelEngine
from app.engine.facts import Passed, Variable
from app.engine.plan import Plan
from app.engine.scope import Scope

# The library builds a log record for every change of state, with the data of the case in it;
# nobody keeps them, so they are not even put together.
for _name in ("spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)
Task.collect_log_extras = lambda _task, _more=None: None

_ENGINE = FeelEngine()


class Instance(BpmnWorkflow):
    """A process. Variables belong to the process and not to its tasks, so that parallel branches
    cannot overwrite each other with stale copies when they join."""

    def __init__(
        self, plans: Mapping[str, Plan], process_id: str, *, deserializing: bool = False
    ) -> None:
        self.variables: dict[str, Variable] = {}
        #: National status of the last end event that carried one.
        self.final_status: int | None = None
        #: What stands before the ids of steps; nothing in the process itself.
        self.prefix = ""
        #: What multi-instance activities keep to themselves, by the task it belongs to.
        self.scopes: dict[UUID, Scope] = {}
        #: Elements this run went through, in order.
        self.trail: list[Passed] = []
        super().__init__(
            plans[process_id], plans, script_engine=_ENGINE, deserializing=deserializing
        )

    @property
    def parent_task(self) -> None:
        """Nothing is around a process."""

    def trees(self) -> list[Any]:
        """The process and its open sub-processes, outermost first."""
        return [self, *self.subprocesses.values()]

    def live(self) -> list[Any]:
        """Every task that holds a token, in order of creation within each tree."""
        return [task for tree in self.trees() for task in tree.tasks.values() if is_live(task)]

    def create_subprocess(self, my_task: Any, spec_name: str, **kwargs: Any) -> "Branch":
        """Open a sub-process below a task."""
        prefix = my_task.task_spec.prefix_inside(my_task.workflow.prefix)
        branch = Branch(
            self.subprocess_specs[prefix + spec_name],
            parent_task_id=my_task.id,
            top_workflow=self,
            **kwargs,
        )
        branch.prefix = prefix
        self.subprocesses[my_task.id] = branch
        return branch

    def update_waiting_tasks(self) -> None:
        """Do nothing: joins act when a token arrives, timers when `settle` looks at them."""

    def _task_completed_notify(self, task: Any) -> None:
        del task
        self.completed = _is_spent(self)


class Branch(BpmnSubWorkflow):
    """A sub-process; when its last token is consumed the task around it may go on."""

    prefix: str

    def update_waiting_tasks(self) -> None:
        """Do nothing, as in the process."""

    def _task_completed_notify(self, task: Any) -> None:
        around = self.parent_task
        if not is_live(around):
            return
        around.task_spec.passed_inside(around, task)
        self.completed = _is_spent(self)
        if self.completed:
            around._set_state(TaskState.READY)  # noqa: SLF001 - the library goes back to ready the same way

    @property
    def parent_task(self) -> Any:
        """The sub-process task of the tree above."""
        return self.top_workflow.get_task_from_id(self.parent_task_id)


def _is_spent(tree: Any) -> bool:
    return not any(is_live(task) for task in tree.tasks.values())
