"""The running diagram of a dossier: the row that is locked by whoever moves it."""

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime


class ProcessState(Enum):
    """Whether the diagram still runs."""

    RUNNING = "running"
    COMPLETED = "completed"
    INCIDENT = "incident"  # the diagram cannot go on: somebody must look


class Process(Base):
    """State of one instance; a cache that replay can rebuild from the journal."""

    __tablename__ = "processes"

    dossier_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    #: The diagram inside the version, for example `process.bpmn`.
    diagram: Mapped[str] = mapped_column(String(80))
    state: Mapped[ProcessState]
    #: Engine state as bytes with a format version of its own.
    snapshot: Mapped[bytes] = mapped_column(LargeBinary)
    #: End of the dossier's journal chain; whoever holds the row's lock may append.
    head_seq: Mapped[int]
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
