"""Moving every token as far as it goes without a person, a service or the clock."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from app.engine.clockwork import current
from app.engine.compaction import compact
from app.engine.elements import ParallelGateway
from app.engine.errors import EngineFailure
from app.engine.inclusive import InclusiveGateway
from app.engine.instance import Instance
from app.engine.scope import step_id
from app.engine.timer import due_at
from app.engine.waits import waiting_timers

#: More automatic steps than this in one run are a loop without a person in it.
MOST_STEPS = 5000

#: More open tasks, timers and waiting tokens than this no dossier needs and no page can show.
MOST_TOKENS = 5000

_COMPACT_EVERY = 50


def settle(instance: Instance) -> None:
    """Run what is ready, then what is due, until nothing moves. Raises EngineFailure."""
    for count in range(1, MOST_STEPS + 1):
        live = instance.live()
        task = _ready(live) or _joinable(live) or _due(live)
        if task is None:
            _bound(len(live))
            return
        if task.state == TaskState.WAITING:
            task.task_spec._update(task)  # noqa: SLF001 - how the library lets a waiting task look again
        else:
            task.run()
        if count % _COMPACT_EVERY == 0:
            compact(instance)
    raise EngineFailure("too-many-steps", step=step_id(task), detail=str(MOST_STEPS))


def restless(instance: Instance) -> Any:
    """A task that could go on at once; there is none where a run has ended."""
    live = instance.live()
    return _ready(live) or _joinable(live) or _complete_join(live)


def _bound(number: int) -> None:
    if number > MOST_TOKENS:
        raise EngineFailure("too-many-tokens", detail=f"{number} where {MOST_TOKENS} are allowed")


def _ready(live: list[Any]) -> Any:
    for task in live:
        if task.state == TaskState.READY and not task.task_spec.manual:
            return task
    return None


def _joinable(live: list[Any]) -> Any:
    """An inclusive join is looked at when nothing else moves: it depends on all other tokens."""
    for task in live:
        joins = isinstance(task.task_spec, InclusiveGateway) and task.state == TaskState.WAITING
        if joins and task.task_spec.may_join(task):
            return task
    return None


def _complete_join(live: list[Any]) -> Any:
    """A parallel join acts when a token arrives, so none is ever found with all its branches."""
    for task in live:
        if isinstance(task.task_spec, ParallelGateway) and task.task_spec.is_complete(
            task.workflow
        ):
            return task
    return None


def _due(live: list[Any]) -> Any:
    """The timer that is due first; of several at one moment the one armed first."""
    due = [task for task in waiting_timers(live) if due_at(task) <= current().now]
    return min(due, key=due_at, default=None)
