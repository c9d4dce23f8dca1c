"""The family of errors that a person can understand and act on.

A domain error knows no HTTP. Each door maps the four kinds below in one file.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

from sqlalchemy.orm import Session

from app.foundation.text import LazyString, lazy_gettext


class HouseError(Exception):
    """Base of every error that is shown to a person; `facts` fill the placeholders of `message`."""

    message: ClassVar[LazyString | str] = lazy_gettext("Something went wrong.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(facts)

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)

    @property
    def code(self) -> str:
        """Stable machine-readable name of the error, for example `TaskAlreadyDone`."""
        return type(self).__name__


class LeavesMark(ABC):
    """A failure that leaves something behind: what it was is kept after everything is undone."""

    @abstractmethod
    def leave_mark(self, session: Session) -> None:
        """Write it, in a transaction of its own; the failure itself is told in any case."""


class Invalid(HouseError):
    """What was sent cannot be accepted; `errors` maps a field path to its messages."""

    message = lazy_gettext("Some answers are not valid.")

    def __init__(self, *, errors: dict[str, list[str]] | None = None, **facts: object) -> None:
        super().__init__(**facts)
        self.errors = errors or {}


class NotFound(HouseError):
    """There is no such thing, or the actor may not know of it."""

    message = lazy_gettext("Not found.")


class NotAllowed(HouseError):
    """The actor may not do this."""

    message = lazy_gettext("You are not allowed to do this.")


class Conflict(HouseError):
    """The thing has moved on since the actor looked at it."""

    message = lazy_gettext("Someone else has changed this in the meantime.")
