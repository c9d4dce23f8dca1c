"""Notices, the messages that carry them, and how people want to be told."""

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.appointments import POST
from app.foundation.db import Base, BigId, UtcDateTime

#: Conditions of the partial indexes, word for word.
_WAITS = text("settled_at IS NULL")
_TRIED = text("next_try_at IS NOT NULL")
_FAILED = text("state = 'failed'")


class Party(Enum):
    """As whom somebody is told."""

    OWNER = "owner"  # whose matter it is
    SUBMITTER = "submitter"  # who handed it in for him
    STAFF = "staff"  # who works on it


class NoticeState(Enum):
    """What became of a notice."""

    WAITING = "waiting"  # not looked at yet, or held back
    TOLD = "told"  # one message or several were written
    MERGED = "merged"  # another notice tells it too
    SUPPRESSED = "suppressed"  # nobody is to be told, or nobody can be reached


class Suppressed(Enum):
    """Why nothing was written."""

    OVERTAKEN = "overtaken"  # the dossier has moved on meanwhile
    LEFT = "left"  # the officer no longer works on it: locked, or the seat has ended
    NO_ADDRESS = "no_address"  # neither e-mail nor telephone is known
    SAME_READER = "same_reader"  # the owner is told at the same address
    NO_CHANNEL = "no_channel"  # this installation has no way to the addresses that are known


class Channel(Enum):
    """A way to somebody (spec R4-13)."""

    EMAIL = "email"
    SMS = "sms"
    APP = "app"  # the application of the province
    ZALO = "zalo"  # its account on the social network


class DeliveryState(Enum):
    """Where a message is."""

    QUEUED = "queued"  # to be sent, for the first time or again
    SENT = "sent"  # the provider has taken it
    DELIVERED = "delivered"  # the provider says that it arrived
    ELSEWHERE = "elsewhere"  # this channel could not bring it, another one does
    FAILED = "failed"  # it will not be tried again by itself


class Notice(Base):
    """One thing that one person is to be told about one dossier."""

    __tablename__ = "notices"
    comes_due = ("due_at",)
    wakes = POST
    __table_args__ = (
        Index("ix_notices_due", "due_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
        Index("ix_notices_pace", "pace", "settled_at"),
        Index("ix_notices_dossier", "dossier_id", "id"),
        Index("ix_notices_merged", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    #: The journal entry that it tells of.
    seq: Mapped[int]
    #: Key of its kind, see `kinds.py`.
    kind: Mapped[str] = mapped_column(String(40))
    party: Mapped[Party]
    #: The account; none for an applicant without one.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Notices with the same word share one hour: a reader of a dossier, or an officer.
    pace: Mapped[str] = mapped_column(String(60))
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING)
    #: When it is looked at, for the first time or again.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    suppressed: Mapped[Suppressed | None]
    #: The notice whose message tells this one too.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delivery(Base):
    """One message on its way by one channel: the delivery log (spec R4-13)."""

    __tablename__ = "deliveries"
    comes_due = ("next_try_at",)
    wakes = POST
    __table_args__ = (
        Index("ix_deliveries_due", "next_try_at", postgresql_where=_TRIED, sqlite_where=_TRIED),
        Index("ix_deliveries_failed", "id", postgresql_where=_FAILED, sqlite_where=_FAILED),
        Index("ix_deliveries_notice", "notice_id"),
        Index("ix_deliveries_provider", "provider_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    channel: Mapped[Channel]
    #: Where to: an e-mail address or a telephone number, as it was then.
    address: Mapped[str] = mapped_column(String(254))
    #: Language of the message.
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.QUEUED)
    #: Names the message to providers: one sent twice can be recognised as the same.
    key: Mapped[str] = mapped_column(String(40), unique=True)
    #: Edition of the wording that was sent, and the words themselves.
    template: Mapped[str | None] = mapped_column(String(16))
    subject: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: When it is sent, or tried again; none once it is settled.
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why the last attempt failed, without addresses and secrets.
    last_error: Mapped[str | None] = mapped_column(String(200))
    #: How the provider calls it.
    provider_id: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoticePreference(Base):
    """How somebody with an account wants to be told; without a row the defaults hold."""

    __tablename__ = "notice_preferences"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    language: Mapped[str] = mapped_column(String(2))
    by_email: Mapped[bool]
    by_sms: Mapped[bool]
    by_app: Mapped[bool]
    by_zalo: Mapped[bool]
    #: Quiet hours in minutes after midnight, legal time; both alike mean none.
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_to: Mapped[int] = mapped_column(SmallInteger)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChannelToken(Base):
    """The pair of tokens a provider gives and exchanges for the next pair."""

    __tablename__ = "channel_tokens"
    comes_due = ("refresh_at",)
    wakes = POST

    channel: Mapped[Channel] = mapped_column(primary_key=True)
    access_token: Mapped[str] = mapped_column(Text)
    #: Good for one exchange only.
    refresh_token: Mapped[str] = mapped_column(Text)
    #: When to exchange them.
    refresh_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
