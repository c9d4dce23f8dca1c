"""Dossiers whose due dates a newer edition of a calendar may move."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime

_WAITING = text("done_at IS NULL")


class Redating(Base):
    """One open dossier to be dated again after an edition, or the task of listing those dossiers.

    Saving an edition only writes two tasks of listing. The second one follows some minutes later,
    for dossiers that were on their way into the database when the edition was saved.
    """

    __tablename__ = "redatings"
    comes_due = ("available_at",)
    __table_args__ = (
        UniqueConstraint("edition_id", "dossier_id"),
        Index(
            "ix_redatings_waiting",
            "available_at",
            "id",
            postgresql_where=_WAITING,
            sqlite_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("calendar_versions.id"))
    #: None for a task of listing.
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
    #: Not before this moment.
    available_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When it was dated again, or found to be closed.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Whether a due date moved.
    moved: Mapped[bool | None]
