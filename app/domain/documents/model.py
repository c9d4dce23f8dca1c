"""Papers handed in and results handed out; their bytes lie in the file store."""

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, UtcDateTime


class ScanState(Enum):
    """What the virus scanner says of a file."""

    PENDING = "pending"  # it has not looked yet, and will
    CLEAN = "clean"  # it found nothing
    INFECTED = "infected"  # it found something: in quarantine, for nobody to fetch
    UNSCANNED = "unscanned"  # it could not look, or there is none


class StoredFile(Base):
    """One uploaded file; belongs to nobody until a dossier or draft names it."""

    __tablename__ = "stored_files"
    __table_args__ = (Index("ix_stored_files_dossier", "dossier_id"),)

    #: Unguessable name, also the key in the file store.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    #: Who may use it before a dossier owns it.
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(200))
    #: By content, never by name.
    media_type: Mapped[str] = mapped_column(String(100))
    #: Bytes.
    size: Mapped[int]
    #: Of the file as it is kept.
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Of the file as it was sent: a picture is kept without what the camera wrote into it.
    sent_sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Whether a small picture of it lies beside it in the store.
    has_preview: Mapped[bool] = mapped_column(default=False)
    #: The form field that holds it, and the step it came with; empty step: the application.
    field_key: Mapped[str | None] = mapped_column(String(80))
    step: Mapped[str | None] = mapped_column(String(80))
    #: Shown to the citizen as (part of) the result.
    is_result: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    scan: Mapped[ScanState] = mapped_column(default=ScanState.UNSCANNED)
    scanned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The scanner with the version of its signatures, as it calls itself.
    scanner: Mapped[str | None] = mapped_column(String(120))
    #: What it found, as it calls it.
    threat: Mapped[str | None] = mapped_column(String(200))

    @property
    def preview_key(self) -> str:
        """The key of the small picture in the file store."""
        return f"preview/{self.id}"
