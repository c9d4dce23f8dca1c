"""Where a run gets its moment and its ids from, so that a replay gives the same bytes.

Both live in a context variable: several threads run different processes at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import SpiffWorkflow.task

from app import feel


@dataclass(kw_only=True)
class Run:
    """One call of the engine. `ids` counts the task ids handed out since the process started."""

    now: datetime
    seed: str
    ids: int = 0
    #: What `working hours from()` and its sisters count with; without one they fail.
    calendar: feel.Calendar | None = None

    def next_id(self) -> UUID:
        """The next task id: the same seed and count always give the same one."""
        self.ids += 1
        return UUID(bytes=sha256(f"{self.seed}:{self.ids}".encode()).digest()[:16])


_current: ContextVar[Run | None] = ContextVar("engine_run", default=None)


def moment(now: datetime) -> datetime:
    """The same moment in UTC; a naive one is refused."""
    if now.tzinfo is None:
        raise ValueError("the engine needs an aware moment")
    return now.astimezone(UTC)


@contextmanager
def running(run: Run) -> Iterator[Run]:
    """Make `run` the one that `current` answers inside the block."""
    token = _current.set(run)
    try:
        yield run
    finally:
        _current.reset(token)


def current() -> Run:
    """The run this thread is in. Raises LookupError outside of one."""
    run = _current.get()
    if run is None:
        raise LookupError("no run of the engine is under way")
    return run


def _task_id() -> UUID:
    run = _current.get()
    return run.next_id() if run else uuid4()


# The library draws random ids from this name of its module and offers no other door.
SpiffWorkflow.task.uuid4 = _task_id
