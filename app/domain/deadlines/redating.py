"""Dossiers whose due dates a newer edition of a calendar may move."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime

_WAITING = text("done_at IS NULL")


class Redating(Base):
    """One open dossier to be dated again after one edition; written when the edition is saved."""

    __tablename__ = "redatings"
    __table_args__ = (
        UniqueConstraint("edition_id", "dossier_id"),
        Index("ix_redatings_waiting", "id", postgresql_where=_WAITING, sqlite_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("calendar_versions.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    #: When it was dated again, or found to be closed.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Whether a due date moved.
    moved: Mapped[bool | None]
