"""What an account remembers of a person beside name and seats."""

from datetime import date, datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime


class Gender(Enum):
    """As identity papers write it."""

    FEMALE = "FEMALE"
    MALE = "MALE"


class Proof(Enum):
    """Who vouches for name and identity number."""

    EID = "EID"  # the national identification system, VNeID
    COUNTER = "COUNTER"  # an officer who has seen the paper


class LogInMethod(Enum):
    """How somebody came in."""

    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a way
    TOTP = "TOTP"  # a password and a one-time code
    RECOVERY_CODE = "RECOVERY_CODE"  # a password and a code kept for the loss of the phone
    EID = "EID"  # VNeID


class Account(Base):
    """The account of one person; who has none yet has nothing but a password."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    #: When a link sent to the e-mail address was followed.
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gender: Mapped[Gender | None]
    birth_date: Mapped[date | None]
    address: Mapped[str | None] = mapped_column(String(300))
    #: Who vouches for `Person.name` and `Person.identity_number`; nobody: the person says so.
    proof: Mapped[Proof | None]
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: A password handed out by somebody else opens nothing but its own change (spec R1-14).
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Secret of the one-time codes, encrypted; in force from `totp_since` on.
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Number of the last half minute whose code was used: no code works twice.
    totp_last: Mapped[int | None]


class RecoveryCode(Base):
    """A one-time code for whoever has lost the phone with the codes."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: SHA-256 of the code.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EidLink(Base):
    """An identity of a national system that opens the account of a person."""

    __tablename__ = "eid_links"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    #: Name of the person at the issuer, never reused there.
    subject: Mapped[str] = mapped_column(String(200))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountSession(Base):
    """Somebody who is logged in on one device; ended, it opens nothing."""

    __tablename__ = "account_sessions"
    __table_args__ = (Index("ix_account_sessions_person", "person_id", "ended_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: SHA-256 of what the cookie holds.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    method: Mapped[LogInMethod]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Last request, to a few minutes.
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Address and browser it was begun from, as far as they were told.
    remote: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200))
    #: What the national system wants back when the person logs out there too.
    id_token: Mapped[bytes | None] = mapped_column(LargeBinary)
