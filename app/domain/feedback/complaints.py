"""Feedback and complaints of citizens (phản ánh, kiến nghị, spec R2-14), and all that is done."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime

#: Characters of a subject, of what is said and of an answer.
LONGEST_SUBJECT, LONGEST_TEXT = 200, 5000
#: Characters of a sender's name, and of what is said of an officer.
LONGEST_NAME = 120


class Concern(Enum):
    """What it is about."""

    DOSSIER = "dossier"  # how one dossier is handled
    PROCEDURE = "procedure"  # a rule, a form, a fee, the portal
    OFFICER = "officer"  # how somebody behaved


class ComplaintState(Enum):
    """Where it stands."""

    RECEIVED = "received"  # nobody has taken it up
    HANDLING = "handling"  # a leader looks into it
    ANSWERED = "answered"  # the sender has the answer


class Act(Enum):
    """Facts in the past tense."""

    SENT = "sent"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"


class Complaint(Base):
    """One piece of feedback; nothing of it is ever deleted."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index("ix_complaints_unit", "unit_id", "state", "id"),
        Index("ix_complaints_sender", "sender_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: As its sender knows it, for example `PA-241104-0001`.
    code: Mapped[str] = mapped_column(String(20), unique=True)
    concern: Mapped[Concern]
    #: The unit whose leaders answer, or those above it.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedures.id"))
    #: What the sender says of the officer: a name, or what he remembers.
    officer: Mapped[str] = mapped_column(String(LONGEST_NAME))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    text: Mapped[str] = mapped_column(Text)
    #: The sender; only without account an e-mail address, since that of an account may change.
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sender_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    sender_email: Mapped[str | None] = mapped_column(String(254))
    #: The language he wrote in, and is answered to in letters.
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[ComplaintState] = mapped_column(default=ComplaintState.RECEIVED)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the term for the answer ends; none for what was sent before there was one.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConcernedOfficer(Base):
    """Somebody whom a complaint may be about: he neither sees nor answers it."""

    __tablename__ = "complaint_officers"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


class ComplaintEntry(Base):
    """One fact about one complaint, in a chain of hashes as in the journal of a dossier."""

    __tablename__ = "complaint_entries"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    #: Running number inside the complaint, from 1 without a gap.
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[Act]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The names as they were then.
    actor_name: Mapped[str] = mapped_column(String(120))
    unit_name: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(40))
    #: Facts only; of what people wrote a digest, so that it can be erased where the law says so.
    told: Mapped[Any] = mapped_column(JsonBytes)
    #: SHA-256 over everything above and the previous entry's hash.
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class ComplaintCounter(Base):
    """Running number of the codes of a local day."""

    __tablename__ = "complaint_counters"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
