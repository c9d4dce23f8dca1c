"""Papers handed in and results handed out; their bytes lie in the file store."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, UtcDateTime


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
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: The form field that holds it, and the step it came with; empty step: the application.
    field_key: Mapped[str | None] = mapped_column(String(80))
    step: Mapped[str | None] = mapped_column(String(80))
    #: Shown to the citizen as (part of) the result.
    is_result: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
