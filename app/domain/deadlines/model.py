"""Deadlines: instants at which the platform acts by itself.

When a step is late stands on its inbox item; here stands what nobody works on.
"""

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime


class DeadlineKind(Enum):
    """What becomes due."""

    TIMER = "timer"  # a timer of the diagram fires


class Deadline(Base):
    """One instant to watch; settled once, by being met, fired or dropped."""

    __tablename__ = "deadlines"
    comes_due = ("due_at",)
    __table_args__ = (
        Index(
            "ix_deadlines_due",
            "due_at",
            postgresql_where=text("settled_at IS NULL"),
            sqlite_where=text("settled_at IS NULL"),
        ),
        Index("ix_deadlines_task", "dossier_id", "task_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    kind: Mapped[DeadlineKind]
    #: The engine's name of the waiting timer.
    task_id: Mapped[str] = mapped_column(String(32))
    step: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
