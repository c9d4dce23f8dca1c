"""Uploads that come in pieces, and what has to be done about files later."""

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime

_WAITING = text("done_at IS NULL")


class Upload(Base):
    """A file on its way: its pieces lie in the file store under `parts/<id>/<offset>`."""

    __tablename__ = "uploads"

    #: Unguessable; who knows it may go on with it.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    #: Who began it; a visitor is nobody.
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The question it answers, as a page names it: `members[0].photo`.
    field_key: Mapped[str] = mapped_column(String(80))
    #: What the question takes, as its form says it.
    accept: Mapped[str] = mapped_column(String(400))
    name: Mapped[str] = mapped_column(String(200))
    #: Bytes announced, and bytes that are here.
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The stored file it has become: whoever missed the answer asks again.
    file_id: Mapped[str | None] = mapped_column(String(32))


class ErrandKind(Enum):
    """What is to be done."""

    SCAN = "scan"  # let the virus scanner look at a stored file
    SWEEP_FILE = "sweep_file"  # remove a stored file that no dossier has claimed
    SWEEP_UPLOAD = "sweep_upload"  # remove an upload with the pieces that are left


class FileErrand(Base):
    """Something to be done about a file once its instant has come."""

    __tablename__ = "file_errands"
    comes_due = ("available_at",)
    __table_args__ = (
        Index(
            "ix_file_errands_waiting",
            "available_at",
            postgresql_where=_WAITING,
            sqlite_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[ErrandKind]
    #: Id of the stored file or the upload, which may be gone by then.
    subject: Mapped[str] = mapped_column(String(32), index=True)
    #: Not before this moment; pushed back while it is tried and after a failure.
    available_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: How often it failed, and why it did last.
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(400))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
