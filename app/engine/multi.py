# ruff: noqa: SLF001 - the library's extension points are methods with a leading underscore
"""Multi-instance activities: one instance for each item of a list, side by side or in turn.

The instances live in a branch of their own below the activity, so that whatever watches the
activity watches all of them together, as BPMN says.
"""

from dataclasses import dataclass
from typing import Any, Literal, cast

from SpiffWorkflow.util.task import TaskState

from app import feel
from app.engine.elements import Root, SubProcess, is_live
from app.engine.errors import EngineFailure
from app.engine.expressions import evaluate
from app.engine.facts import Scalar, Variable
from app.engine.scope import COUNTER, Scope, assign, step_id
from app.engine.variables import is_flat

#: More instances than this at one activity are a mistake in the list.
MOST_ITEMS = 200
#: The same for all activities of one process together, where repetitions stand in each other.
MOST_RUNNING = 1000

#: What a completion condition may ask, beside the variables.
COUNTS = (
    "numberOfInstances",
    "numberOfActiveInstances",
    "numberOfCompletedInstances",
    "numberOfTerminatedInstances",
)


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """A loop, compiled."""

    sequential: bool
    collection: feel.Compiled
    element: str
    #: The variable that receives the results, and the expression that gives each.
    output: tuple[str, feel.Compiled] | None
    until: feel.Compiled | None

    @property
    def kept(self) -> tuple[str, ...]:
        """Names that each instance keeps to itself, because its result is made of them."""
        fixed = (self.element, COUNTER)
        result = self.output[1] if self.output else None
        names = result.names | result.filter_names if result else frozenset()
        return tuple(sorted(names - set(fixed)))


class FanRoot(Root):
    """The root of the branch of instances: its children are made one by one."""

    def _spread(self, my_task: Any) -> None:
        """Leave the children as they are."""


class MultiInstance(SubProcess):
    """The activity around its instances; `internal_data` holds the items and how many began."""

    def __init__(self, plan: Any, bpmn_id: str, *, repetition: Repetition, **kwargs: Any) -> None:
        super().__init__(plan, bpmn_id, **kwargs)
        self.repetition = repetition

    def _note(self, my_task: Any, state: Literal["completed", "cancelled"]) -> None:
        """Each instance speaks for itself; only where there was none the activity does."""
        if not my_task.internal_data.get("items"):
            super()._note(my_task, state)

    def _update_hook(self, my_task: Any) -> bool | None:
        items = self._items(my_task)
        my_task.internal_data.update(items=items, begun=0, done=0)
        if self.repetition.output:
            results: list[Scalar] = [None] * len(items)
            fixed: dict[str, Variable] = {self.repetition.output[0]: results}
            my_task.workflow.top_workflow.scopes[my_task.id] = Scope(fixed=fixed, own={})
        if not items:
            return True
        opened: bool | None = super()._update_hook(my_task)
        return opened

    def _items(self, my_task: Any) -> list[Scalar]:
        items = feel.to_json(evaluate(my_task, self.repetition.collection))
        if not isinstance(items, list) or not is_flat(items):
            raise EngineFailure(
                "multi-instance", step=step_id(my_task), detail=f"not a flat list: {items!r:.80}"
            )
        running = len(my_task.workflow.top_workflow.scopes)
        if len(items) > min(MOST_ITEMS, MOST_RUNNING - running):
            most = f"{MOST_ITEMS} are allowed, and {MOST_RUNNING} in one process"
            raise EngineFailure(
                "multi-instance", step=step_id(my_task), detail=f"{len(items)} items where {most}"
            )
        return cast(list[Scalar], items)

    def start_workflow(self, my_task: Any) -> None:
        """Open the branch with the first instance, or with all of them."""
        branch = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        for _ in range(1 if self.repetition.sequential else len(my_task.internal_data["items"])):
            self._add(my_task, branch)
        branch.task_tree.run()

    def _add(self, my_task: Any, branch: Any) -> Any:
        data, repetition = my_task.internal_data, self.repetition
        item = data["items"][data["begun"]]
        data["begun"] += 1
        instance = branch.task_tree._add_child(branch.spec.item, TaskState.FUTURE)
        my_task.workflow.top_workflow.scopes[instance.id] = Scope(
            fixed={repetition.element: item, COUNTER: data["begun"]},
            own=dict.fromkeys(repetition.kept),
        )
        return instance

    def passed_inside(self, my_task: Any, inner: Any) -> None:
        """An instance is done: take its result, then stop, go on or wait for the others."""
        if inner.parent is None:
            return
        data = my_task.internal_data
        data["done"] += 1
        self._collect(my_task, inner)
        branch = inner.workflow
        active = [task for task in branch.tasks.values() if is_live(task)]
        enough = self._is_enough(my_task, inner, len(active))
        del my_task.workflow.top_workflow.scopes[inner.id]
        if enough:
            for task in active:
                task.cancel()
        elif self.repetition.sequential and data["begun"] < len(data["items"]):
            following = self._add(my_task, branch)
            following.task_spec._update(following)

    def _collect(self, my_task: Any, inner: Any) -> None:
        if not self.repetition.output:
            return
        scopes = my_task.workflow.top_workflow.scopes
        variable, result = self.repetition.output
        value = feel.to_json(evaluate(inner, result))
        if isinstance(value, list) or not is_flat(value):
            raise EngineFailure(
                "multi-instance", step=step_id(my_task), detail=f"{value!r:.80} is no single value"
            )
        scopes[my_task.id].fixed[variable][scopes[inner.id].fixed[COUNTER] - 1] = value

    def _is_enough(self, my_task: Any, inner: Any, active: int) -> bool:
        if self.repetition.until is None:
            return False
        data = my_task.internal_data
        counts = (len(data["items"]), active, data["done"], 0)
        value = evaluate(inner, self.repetition.until, dict(zip(COUNTS, counts, strict=True)))
        if value is None or isinstance(value, bool):
            return bool(value)
        raise EngineFailure(
            "expression", step=step_id(my_task), detail=f"a completion condition gave {value!r:.80}"
        )

    def _on_complete_hook(self, my_task: Any) -> None:
        scope = my_task.workflow.top_workflow.scopes.pop(my_task.id, None)
        if scope:
            assign(my_task, scope.fixed, made=True)
        super()._on_complete_hook(my_task)
