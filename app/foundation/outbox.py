"""Work that must happen after a commit: written with the commit, done later, retried until done."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime


class OutboxMessage(Base):
    """One piece of work promised by a committed transaction."""

    __tablename__ = "outbox"
    comes_due = ("available_at",)
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "available_at",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: Which handler takes it, for example `service` or `notice`.
    kind: Mapped[str] = mapped_column(String(40))
    #: What the handler needs; never personal data beyond ids.
    payload: Mapped[Any] = mapped_column(JsonBytes)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Not before this moment; pushed back after a failure.
    available_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: How often it was tried.
    attempts: Mapped[int] = mapped_column(default=0)
    #: Why the last attempt failed.
    last_error: Mapped[str | None] = mapped_column(String(400))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
