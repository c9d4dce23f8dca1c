"""Journal entries: append-only rows, chained by hash, one chain a dossier."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.journal.events import Event
from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime


class JournalEntry(Base):
    """One fact about one dossier, in the words and under the versions of its time."""

    __tablename__ = "journal_entries"

    #: The dossier; the row itself belongs to a higher room, so it is named by number only.
    dossier_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    #: Running number inside the dossier, from 1 without a gap.
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[Event]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The names as they were then.
    actor_name: Mapped[str] = mapped_column(String(120))
    unit_code: Mapped[str | None] = mapped_column(String(32))
    unit_name: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(40))
    #: Versions in force: of the procedure (diagram and forms) and of the calendar.
    version_id: Mapped[int]
    calendar_version_id: Mapped[int]
    #: The declared fields of the event; empty once erased by law, when only the digest remains.
    payload: Mapped[Any | None] = mapped_column(JsonBytes)
    #: Random bytes that keep an erased payload from being guessed; erased with it.
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    #: SHA-256 of salt and payload.
    payload_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Version of the way entries are hashed.
    hash_format: Mapped[int] = mapped_column(SmallInteger, default=1)
    #: SHA-256 over everything above but payload and salt, and over the previous entry's hash.
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
