"""Deadlines: instants at which the platform acts by itself.

When a step is late stands on its inbox item; here stands what belongs to no single step.
"""

from datetime import datetime
from decimal import Decimal
from enum import Enum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, ExactDecimal, UtcDateTime


class DeadlineKind(Enum):
    """What becomes due."""

    TIMER = "timer"  # a timer of the diagram fires
    RECEPTION = "reception"  # the dossier has to be received (spec L-01)
    TERM = "term"  # the result has to be there


_OPEN = text("settled_at IS NULL")
_LOOKED_AT = text("settled_at IS NULL AND apology_at IS NOT NULL")
#: A dossier has one reception and one term at a time.
_OPEN_CLOCK = text("settled_at IS NULL AND kind <> 'timer'")


class Deadline(Base):
    """One instant to watch; settled once, by being met, fired or dropped.

    A timer of a diagram rings once, at its end. Reception and term ring before their end, at it,
    and after it (`alarms`).
    """

    __tablename__ = "deadlines"
    comes_due = ("alarm_at", "apology_at")
    __table_args__ = (
        Index(
            "ix_deadlines_alarm",
            "alarm_at",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_deadlines_apology",
            "apology_at",
            postgresql_where=_LOOKED_AT,
            sqlite_where=_LOOKED_AT,
        ),
        Index("ix_deadlines_task", "dossier_id", "task_id"),
        Index(
            "uq_deadlines_clock",
            "dossier_id",
            "kind",
            unique=True,
            postgresql_where=_OPEN_CLOCK,
            sqlite_where=_OPEN_CLOCK,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    kind: Mapped[DeadlineKind]
    #: The engine's name of the waiting timer, and its element; empty for a clock of the dossier.
    task_id: Mapped[str | None] = mapped_column(String(32))
    step: Mapped[str | None] = mapped_column(String(80))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The working time a clock has in all, in hours; what its warnings are shares of.
    hours: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    #: When it rings next; empty while it waits, and when there is nothing more to say.
    alarm_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: How far it has rung, see `alarms`.
    stage: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: When a running term has to be looked at for a letter of apology (`apologies/forecast.py`);
    #: empty while it waits, and once a letter is written.
    apology_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
