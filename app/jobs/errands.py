"""Work that has to leave the house: taken and noted in transactions, carried out between them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Flask
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import db, transaction


class Take(Protocol):
    """A verb that notes that a row is being carried out, and gives what that needs."""

    def __call__(self, session: Session, row: int, /, *, at: datetime) -> Any | None:
        """Take it; None when there is nothing to do or somebody else does it."""


class Carry(Protocol):
    """What talks to others; knows no database, so that nobody waits for it there."""

    def __call__(self, parcel: Any, /) -> Any:
        """Do it, and tell what became of it."""


class Note(Protocol):
    """A verb that notes what became of it."""

    def __call__(self, session: Session, row: int, outcome: Any, /, *, at: datetime) -> bool:
        """Write it down; whether the row is settled."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """The three parts of such work. Who is killed before the note does it again later."""

    take: Take
    carry: Carry
    note: Note

    def run(self, app: Flask, row: int, at: datetime) -> bool:
        """Do all three; True when it was taken, whatever became of it: the row says when next."""
        with app.app_context(), transaction() as session:
            parcel = self.take(session, row, at=at)
        if parcel is None:
            return False
        with app.app_context():
            db.session.remove()
            outcome = self.carry(parcel)
            with transaction() as session:
                self.note(session, row, outcome, at=now())
        return True
