"""A dossier: who asks what of whom, where it stands, when it is due."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.domain.dossiers.authorisation import Basis
from app.domain.dossiers.clock import ClockState, Pause
from app.domain.dossiers.status import ApplicantKind, Channel, Status
from app.domain.procedures.cases import SupplementClock
from app.foundation.db import Base, BigId, ExactDecimal, JsonBytes, UtcDateTime
from app.worktime import TermUnit

_OPEN = text("closed_at IS NULL")
_FOR_ANOTHER = text("authorisation IS NOT NULL")


class StatusCode(TypeDecorator[Status]):
    """A status, stored as its national code."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Status | None, dialect: Dialect) -> int | None:
        """Store the number."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Status | None:
        """Give the member back."""
        del dialect
        return None if value is None else Status(value)


class Dossier(Base):
    """One citizen's matter, from submission to result."""

    __tablename__ = "dossiers"
    __table_args__ = (
        UniqueConstraint("submission_key"),
        Index("ix_dossiers_submitter", "submitter_id", "id"),
        Index("ix_dossiers_owner", "owner_id", "id"),
        Index("ix_dossiers_submitter_status", "submitter_id", "status", "id"),
        Index("ix_dossiers_owner_status", "owner_id", "status", "id"),
        Index(
            "ix_dossiers_represented",
            "owner_identity",
            "status",
            "id",
            postgresql_where=_FOR_ANOTHER,
            sqlite_where=_FOR_ANOTHER,
        ),
        Index("ix_dossiers_handling", "handling_unit_id", "id"),
        # One dossier is replaced by one other at most.
        Index("ix_dossiers_supersedes", "supersedes_id", unique=True),
        Index(
            "ix_dossiers_open",
            "handling_unit_id",
            "id",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: Number on the receipt (spec §3.1); the date in it is never computed with.
    code: Mapped[str] = mapped_column(String(48), unique=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    case_key: Mapped[str] = mapped_column(String(80))

    #: The person or body the matter is about; may differ from who hands it in (spec L-16).
    owner_kind: Mapped[ApplicantKind]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    owner_name: Mapped[str] = mapped_column(String(200))
    owner_identity: Mapped[str] = mapped_column(String(40))
    owner_phone: Mapped[str | None] = mapped_column(String(20))
    owner_email: Mapped[str | None] = mapped_column(String(254))
    owner_address: Mapped[str | None] = mapped_column(String(300))
    #: Asked only where somebody else hands it in for him.
    owner_birth_date: Mapped[date | None]
    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitter_name: Mapped[str] = mapped_column(String(200))
    #: By what right the submitter hands it in for the owner; empty where nobody said that he does.
    authorisation: Mapped[Basis | None]
    #: Who he is, and the document he has shown; empty without such a right.
    submitter_identity: Mapped[str | None] = mapped_column(String(40))
    submitter_phone: Mapped[str | None] = mapped_column(String(20))
    submitter_email: Mapped[str | None] = mapped_column(String(254))
    authorisation_number: Mapped[str | None] = mapped_column(String(80))
    authorisation_date: Mapped[date | None]

    channel: Mapped[Channel]
    #: The officer who typed it in at a counter (spec R4-14).
    assisted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Where it was handed in and who settles it; they may differ (spec L-15).
    receiving_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    handling_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))

    status: Mapped[Status] = mapped_column(StatusCode)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the office took it up.
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the office was done (spec L-11).
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    #: The law that its dates are counted with: the legal term of its case when it was handed in,
    #: and what follows on a supplement. It stays, whatever version the dossier runs on later.
    term_amount: Mapped[Decimal] = mapped_column(ExactDecimal)
    term_unit: Mapped[TermUnit]
    supplement_clock: Mapped[SupplementClock]
    # The clocks; only `actions/keep_clocks.py` writes them, from what `clock_rules` say.
    clock: Mapped[ClockState] = mapped_column(default=ClockState.WAITING)
    #: When it was last handed in complete: sent, paid for, or supplemented before its reception.
    reception_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: By when it has to be received; empty where the law sets no such term.
    reception_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the office answered: received it, asked for a supplement, refused it.
    reception_met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The promise first made, on the receipt; never changed (spec L-06). Empty until then.
    due_at_original: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The date to reckon with: the promise now in force, or before the receipt the latest it can
    #: become. Never empty.
    due_at_current: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Since when and why the term waits.
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_for: Mapped[Pause | None]
    calendar_version_id: Mapped[int] = mapped_column(ForeignKey("calendar_versions.id"))
    #: How far the clock that runs has rung (`deadlines/alarms`): what is opened now is urgent.
    clock_stage: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: Whether superiors have been told of something late that is not settled yet.
    is_escalated: Mapped[bool] = mapped_column(default=False)
    #: How often the citizen was asked for more; the law allows once (spec R2-07).
    supplement_requests: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: An earlier dossier that this one replaces (spec R3-04).
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    #: Repeats of one submission carry the same key and get the same dossier.
    submission_key: Mapped[str | None] = mapped_column(String(80))
    #: Fingerprint of what was sent with that key.
    submission_digest: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    #: The answers of the application form.
    data: Mapped[Any] = mapped_column(JsonBytes)


class DossierCounter(Base):
    """Running number of dossier codes: one row per agency and local day (spec C-03)."""

    __tablename__ = "dossier_counters"

    agency_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]


class RegisterCounter(Base):
    """Running number of a unit's register book: one row per unit, book and year."""

    __tablename__ = "register_counters"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    book: Mapped[str] = mapped_column(String(80), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Draft(Base):
    """An application being written; never validated as a whole, has no code, is not sent."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_person", "person_id", "updated_at"),)

    #: Unguessable name, since visitors without account write drafts too.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    #: The version whose form is being filled in.
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    case_key: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    applicant: Mapped[Any] = mapped_column(JsonBytes)
    data: Mapped[Any] = mapped_column(JsonBytes)
    #: How the result shall come back, as it was chosen (`postal/choice`); empty before that.
    result_return: Mapped[Any | None] = mapped_column(JsonBytes, nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The dossier it became; a sent draft cannot be sent again.
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    #: The dossier that it will replace when it is sent (spec R3-04).
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
