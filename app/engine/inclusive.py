# ruff: noqa: SLF001 - the library's extension points are methods with a leading underscore
"""The inclusive gateway: takes every way whose condition holds, and waits for all (BPMN 13.4.3).

The join looks at real tokens: it goes on as soon as none is left that could still reach it by a
flow it has no token on.
"""

from collections import Counter
from functools import cached_property
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from app.engine.elements import Element, Split, is_live


class InclusiveGateway(Element, defaults.InclusiveGateway):
    """Splits by conditions, or joins what was split."""

    def _spread(self, my_task: Any) -> None:
        """Keep the children that were picked."""

    def _update_hook(self, my_task: Any) -> bool:
        if len(self._inputs) == 1:
            return True
        if my_task.state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            return False
        missing: Counter[str] = Counter(self._inputs)
        for task in self._before(my_task.workflow):
            source = task.parent.task_spec.name
            if missing[source]:
                missing[source] -= 1
                if task is not my_task:
                    task._set_state(TaskState.CANCELLED)
        return True

    def _run_hook(self, my_task: Any) -> bool:
        matches, defaults_ = self._get_matching_outputs(my_task)
        my_task._sync_children(matches or defaults_, TaskState.FUTURE)
        return True

    def may_join(self, my_task: Any) -> bool:
        """Whether the tokens that wait are all that can come together."""
        waiting = Counter(task.parent.task_spec.name for task in self._before(my_task.workflow))
        flows: Counter[str] = Counter(self._inputs)
        missing = [name for name, number in flows.items() if waiting[name] < number]
        for task in my_task.workflow.tasks.values():
            if is_live(task) and task.task_spec is not self:
                at = _place(task)
                could = any(at in self._upstream[name] for name in missing)
                if could and not any(at in self._upstream[name] for name in waiting):
                    return False
        return True

    def _before(self, tree: Any) -> list[Any]:
        return [
            task
            for task in tree.tasks.values()
            if task.task_spec is self and task.state == TaskState.WAITING
        ]

    @cached_property
    def _upstream(self) -> dict[str, frozenset[str]]:
        """By the source of each incoming flow: the places a token can come to it from."""
        return {name: self._reaching(name) for name in set(self._inputs)}

    def _reaching(self, name: str) -> frozenset[str]:
        specs = self._wf_spec.task_specs
        seen, todo = {name}, [name]
        while todo:
            for source in specs[todo.pop()]._inputs:
                if source not in seen and source != self.name:
                    seen.add(source)
                    todo.append(source)
        return frozenset(seen - {self.name})


def _place(task: Any) -> str:
    """Where a token stands: an activity and its watchers share the one before them."""
    at = task.parent if task.parent and isinstance(task.parent.task_spec, Split) else task
    return str(at.task_spec.name)
