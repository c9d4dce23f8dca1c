"""Which variables a token sees: those of the process, and those of the repetition it runs in.

Variables belong to the whole process, so that parallel branches never join stale copies. Only a
multi-instance activity keeps some to itself: its item and what its result is made of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.errors import EngineFailure
from app.engine.facts import Variable

#: The number of an instance, from 1, as the modelling tools call it.
COUNTER = "loopCounter"


@dataclass(kw_only=True)
class Scope:
    """Variables of one task that only it and what runs inside of it can see."""

    #: Given by the engine; nothing inside can change them.
    fixed: dict[str, Variable]
    #: Written from inside.
    own: dict[str, Variable]


def step_id(task: Any) -> str:
    """The id of the step a task belongs to; inside a called process `process/element`."""
    return f"{task.workflow.prefix}{task.task_spec.name}"


def visible(task: Any) -> Mapping[str, Variable]:
    """Everything the task can read; the innermost value wins."""
    top = task.workflow.top_workflow
    found: Mapping[str, Variable] = top.variables
    if top.scopes:
        for scope in reversed(list(_around(task))):
            found = {**found, **scope.own, **scope.fixed}
    return found


def assign(task: Any, values: Mapping[str, Variable], *, made: bool = False) -> None:
    """Write each value to the innermost scope that holds its name, else to the process.

    What people send cannot change what the engine gives; for a value that the diagram itself has
    `made` this is a mistake in the diagram. Raises EngineFailure.
    """
    top = task.workflow.top_workflow
    scopes = list(_around(task)) if top.scopes else []
    for name, value in values.items():
        holder = next((s for s in scopes if name in s.fixed or name in s.own), None)
        if holder is None:
            top.variables[name] = value
        elif name not in holder.fixed:
            holder.own[name] = value
        elif made:
            detail = f"{name} belongs to a repetition around this step"
            raise EngineFailure("multi-instance", step=step_id(task), detail=detail)


def items_of(task: Any) -> dict[str, Variable]:
    """The items of the repetitions that the task runs in, and their numbers."""
    found: dict[str, Variable] = {}
    if task.workflow.top_workflow.scopes:
        for scope in reversed(list(_around(task))):
            if COUNTER in scope.fixed:
                found |= scope.fixed
    return found


def _around(task: Any) -> Iterator[Scope]:
    """Scopes from the innermost outwards."""
    scopes = task.workflow.top_workflow.scopes
    while task is not None:
        if task.id in scopes:
            yield scopes[task.id]
        task = task.workflow.parent_task
