"""Superiors who were told of something late, as long as it is."""

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, bindparam, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.people.overseers import seats_below
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.db import Base, BigId, UtcDateTime
from app.foundation.rows import plain_rows

#: The condition of the partial index, word for word.
IS_WAITING = text("escalations.settled_at IS NULL")
_WAITING = text("settled_at IS NULL")


class Escalation(Base):
    """One late clock, and the role in a unit that was told of it.

    It is settled when the clock is met or dropped, or its date moves out of the past.
    """

    __tablename__ = "escalations"
    __table_args__ = (
        Index(
            "ix_escalations_waiting",
            "role",
            "unit_id",
            "due_at",
            "id",
            postgresql_where=_WAITING,
            sqlite_where=_WAITING,
        ),
        Index("ix_escalations_dossier", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    #: The late step, or else the late reception or term.
    item_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_items.id"))
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"))
    #: Who was told last in the name of this role and unit, from 1 for the first in the chain.
    level: Mapped[int] = mapped_column(SmallInteger)
    role: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    #: When the clock was due, and since when they know.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LateKind(Enum):
    """What is late."""

    STEP = "step"
    RECEPTION = "reception"
    TERM = "term"


#: What a superior hears of, by the seats that he holds or that lie below his.
_HEARD = seats_below()
TOLD_TO_READER = (
    select(Escalation.id)
    .join(_HEARD, (_HEARD.c.role == Escalation.role) & (_HEARD.c.unit_id == Escalation.unit_id))
    .where(IS_WAITING)
)


def reader_of(actor: Actor, at: datetime) -> dict[str, Any]:
    """The parameters of statements with `TOLD_TO_READER`."""
    return {"person": actor.person_id, "day": local_date(at)}


def has_heard_of(session: Session, actor: Actor, dossier_id: int, at: datetime) -> bool:
    """Whether the actor was told that something of this dossier is late, as long as it is.

    A superior may then read the dossier and its open work; doing it stays with those who hold the
    seat of the step.
    """
    if not actor.is_staff:
        return False
    told = TOLD_TO_READER.where(Escalation.dossier_id == bindparam("dossier")).limit(1)
    return bool(plain_rows(session, told, reader_of(actor, at) | {"dossier": dossier_id}))
