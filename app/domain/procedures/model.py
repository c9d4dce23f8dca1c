"""The catalogue: what a province offers, in immutable numbered versions."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime


class Level(Enum):
    """Which level of the administration settles the procedure."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


class OnlineLevel(Enum):
    """How much of it runs online (spec R4-08)."""

    FULL = "FULL"  # toàn trình
    PARTIAL = "PARTIAL"  # một phần
    INFO_ONLY = "INFO_ONLY"  # only described


class Procedure(Base):
    """An administrative procedure as the catalogue knows it today."""

    __tablename__ = "procedures"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: Name of its folders below `bpmn/` and `forms/`.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    #: National code, eight characters, for example `2.002312` (spec C-06).
    national_code: Mapped[str] = mapped_column(String(16), index=True)
    name: Mapped[str] = mapped_column(String(400))
    level: Mapped[Level]
    field: Mapped[str] = mapped_column(String(200))
    online_level: Mapped[OnlineLevel]
    #: What a new dossier starts with; running dossiers keep theirs (spec Q-08).
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("procedure_versions.id", use_alter=True)
    )


class ProcedureVersion(Base):
    """Diagrams, forms and catalogue entry as they were deployed together; never changed."""

    __tablename__ = "procedure_versions"
    __table_args__ = (UniqueConstraint("procedure_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    number: Mapped[int]
    #: SHA-256 over all files, so that deploying the same files twice makes no new version.
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: `{"bpmn/process.bpmn": text, "forms/application.form": text, ...}`.
    files: Mapped[Any] = mapped_column(JsonBytes, deferred=True)
    #: What lists show of the catalogue entry: name, code, summary, keywords, term_text.
    catalogue: Mapped[Any] = mapped_column(JsonBytes)
    deployed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deployed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ProcedureOffer(Base):
    """A unit offers a procedure for a time; closing it stops new dossiers only (spec U-07)."""

    __tablename__ = "procedure_offers"
    __table_args__ = (UniqueConstraint("procedure_id", "unit_id", "valid_from"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    #: The unit that handles the dossiers.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    #: First part of the dossier codes it gives out (spec §3.1).
    agency_code: Mapped[str] = mapped_column(String(32))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
