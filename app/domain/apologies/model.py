"""A letter of apology with a new date (form 04), from its draft to its approval."""

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime

#: Characters of a reason, and of the number of a document.
LONGEST_REASON, LONGEST_NUMBER = 2000, 120


class LetterState(Enum):
    """What became of a letter."""

    DRAFT = "draft"  # waits for a leader
    APPROVED = "approved"  # sent: the new date binds
    REJECTED = "rejected"  # a leader would not have it; the old date stands
    OBSOLETE = "obsolete"  # the date moved otherwise, or the office was done before


_DRAFT = text("state = 'draft'")
_APPROVED = text("state = 'approved'")


class Apology(Base):
    """One letter; a dossier has one draft at a time, and one approved letter ever (spec Q-06)."""

    __tablename__ = "apologies"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        Index(
            "uq_apologies_draft",
            "dossier_id",
            unique=True,
            postgresql_where=_DRAFT,
            sqlite_where=_DRAFT,
        ),
        Index(
            "uq_apologies_approved",
            "dossier_id",
            unique=True,
            postgresql_where=_APPROVED,
            sqlite_where=_APPROVED,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    #: Which letter of the dossier this is, from 1.
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[LetterState] = mapped_column(default=LetterState.DRAFT)
    #: The date that cannot be kept, and the one that is proposed, or promised once approved.
    due_before: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: What the record says about why, see `queries/lateness.py`.
    cause: Mapped[Any] = mapped_column(JsonBytes)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None for a letter that the platform drafted.
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Who wrote in the draft last, if anybody did.
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The words of an officer or leader: why the result is late, or why the letter was rejected.
    reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    #: Number and date of the letter as a document of the office.
    document: Mapped[str | None] = mapped_column(String(LONGEST_NUMBER))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
