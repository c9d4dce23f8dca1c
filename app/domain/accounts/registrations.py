"""Registrations that wait for their link to be followed, and links sent by e-mail."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext

#: A link that activates an account (spec R3-11).
ACTIVATION_LIFE = timedelta(hours=24)
#: A link that sets a new password.
RECOVERY_LIFE = timedelta(minutes=60)
#: What nobody has activated is forgotten, with everything that was told.
FORGOTTEN_AFTER = timedelta(days=7)


class LinkVoid(NotFound):
    """The link is unknown, used, replaced by a newer one, or too old; which, is not told."""

    message = lazy_gettext("This link is no longer valid.")


class Registration(Base):
    """Somebody who wants an account; nobody exists before the link is followed (spec R3-12)."""

    __tablename__ = "registrations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    #: What else was told: phone, gender, birth date, identity number, address.
    profile: Mapped[Any] = mapped_column(JsonBytes)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: SHA-256 of the link; none before the e-mail has left.
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forget_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class LinkPurpose(Enum):
    """What following a link does."""

    RECOVER = "RECOVER"  # set a new password
    CONFIRM_EMAIL = "CONFIRM_EMAIL"  # take over a new e-mail address


class AccountLink(Base):
    """A link sent to a person: good once, and not for long."""

    __tablename__ = "account_links"
    __table_args__ = (Index("ix_account_links_person", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    purpose: Mapped[LinkPurpose]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: The address it was sent to.
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailPurpose(Enum):
    """Why the house writes to somebody about an account."""

    REGISTER = "REGISTER"  # an activation link, or the news that there is an account already
    RECOVER = "RECOVER"  # a link for a new password, if there is such an account
    CONFIRM_EMAIL = "CONFIRM_EMAIL"  # to the new address
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - news, sent for safety
    EMAIL_CHANGED = "EMAIL_CHANGED"  # news to the old address
    LOCKED = "LOCKED"  # somebody has guessed wrongly many times
    PROOF_CODE = "PROOF_CODE"  # a code that opens a dossier, to the address given in it
    DRAFT_ENDS = "DRAFT_ENDS"  # an application begun and not sent is going to be deleted
    FEEDBACK_RECEIVED = "FEEDBACK_RECEIVED"  # feedback has arrived, with its code
    FEEDBACK_ANSWERED = "FEEDBACK_ANSWERED"  # and has its answer


class AccountMail(Base):
    """An e-mail that is promised and not yet sent; whether anybody gets it is decided then.

    Asking for a link looks nobody up: a known and an unknown name take the same way and the same
    time, and only the tick that sends finds out.
    """

    __tablename__ = "account_mails"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purpose: Mapped[MailPurpose]
    #: What was typed in; wiped once the e-mail has left.
    login: Mapped[str | None] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registration_id: Mapped[int | None] = mapped_column(BigId)
    #: The draft it is about, which may be gone by then.
    draft_id: Mapped[str | None] = mapped_column(String(32))
    #: The feedback it is about.
    complaint_id: Mapped[int | None] = mapped_column(BigId)
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Not before this moment; none when it is settled.
    available_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    #: What became of it, or why the last attempt failed.
    outcome: Mapped[str | None] = mapped_column(String(200))
