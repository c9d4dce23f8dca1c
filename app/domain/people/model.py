"""Units form a dated tree; people hold dated seats in them (spec U-04..U-06)."""

from datetime import date, datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime

#: The role of the citizen inside a diagram; nobody holds it in a unit.
APPLICANT = "applicant"


class UnitLevel(Enum):
    """Where a unit stands in the administration."""

    PROVINCE = "PROVINCE"  # the provincial people's committee
    DEPARTMENT = "DEPARTMENT"  # sở, ban, ngành
    DISTRICT = "DISTRICT"  # until 30/6/2025
    COMMUNE = "COMMUNE"  # xã, phường, thị trấn
    BRANCH = "BRANCH"  # a branch of a department
    CENTRE = "CENTRE"  # a public service centre


class Succession(Enum):
    """How one unit followed another."""

    MERGED = "MERGED"
    SPLIT = "SPLIT"
    RENAMED = "RENAMED"
    ABOLISHED = "ABOLISHED"
    SPUN_OFF = "SPUN_OFF"


class Unit(Base):
    """An organisation that receives, handles or is consulted."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: Agency code, for example `H27.01` (spec C-02).
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[UnitLevel]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    valid_from: Mapped[date]
    #: Last day of existence; open for a living unit.
    valid_to: Mapped[date | None]


class UnitSuccession(Base):
    """Which unit took over from which, by what document."""

    __tablename__ = "unit_successions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[Succession]
    effective_on: Mapped[date]
    #: Number and date of the deciding document.
    legal_document: Mapped[str] = mapped_column(String(200))


class Role(Base):
    """What a seat entitles to do; steps of diagrams name roles, never people."""

    __tablename__ = "roles"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))


class Person(Base):
    """Somebody with an account: an officer, an auditor or a citizen."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: Argon2 hash; without one nobody can log in.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    #: Personal identification number, twelve digits.
    identity_number: Mapped[str | None] = mapped_column(String(20))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person's seat: a role in a unit for a time; one person may hold several (spec R2-16)."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role_key", "valid_from"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role_key: Mapped[str] = mapped_column(ForeignKey("roles.key"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AccessToken(Base):
    """A bearer token for the API; only its digest is kept."""

    __tablename__ = "access_tokens"
    __table_args__ = (Index("ix_access_tokens_person", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: SHA-256 of the token.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
