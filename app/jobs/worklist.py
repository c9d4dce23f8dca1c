"""What the clock looks for, and the verb for each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.actions.flag_overdue import flag_overdue, late_steps
from app.actions.perform_services import due_messages, perform_service, postpone_service
from app.actions.watch_deadlines import due_deadlines, settle_deadline


class Act(Protocol):
    """A verb on one row; False when somebody else is at it or has done it."""

    def __call__(self, session: Session, row: int, /, *, at: datetime) -> bool:
        """Do it."""


class Postpone(Protocol):
    """A verb that notes a failure on the row."""

    def __call__(self, session: Session, row: int, reason: str, /, *, at: datetime) -> None:
        """Note it."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One kind of row that comes due."""

    name: str
    #: Numbers of the due rows, the most urgent first, at most so many.
    due: Callable[[Session, datetime, int], list[int]]
    act: Act
    #: Where the row itself remembers its failures.
    postpone: Postpone | None = None


DEADLINES = Work(name="deadline", due=due_deadlines, act=settle_deadline)
STEPS = Work(name="step", due=late_steps, act=flag_overdue)
MESSAGES = Work(name="message", due=due_messages, act=perform_service, postpone=postpone_service)
WORKLIST = (DEADLINES, STEPS, MESSAGES)
