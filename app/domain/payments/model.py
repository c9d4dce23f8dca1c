"""Rows of demands, attempts to pay them online, and what was said to and by the gateway."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dossiers.model import StatusCode
from app.domain.dossiers.status import Status
from app.domain.payments.states import AttemptState, Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime
from app.foundation.partner_messages import PartnerMessage

#: Characters of a reason, of a document or receipt number, and of a gateway's own words.
LONGEST_REASON, LONGEST_NUMBER, LONGEST_WORD = 2000, 120, 64

_OPEN = text("state IN ('unpaid', 'waiting')")
_UNTOLD = text("tell_at IS NOT NULL")
_ASKED = text("ask_at IS NOT NULL")


class Payment(Base):
    """What a dossier has to pay at one time; it has one open demand at most."""

    __tablename__ = "payments"
    comes_due = ("tell_at",)
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        Index(
            "uq_payments_open",
            "dossier_id",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_payments_tell",
            "tell_at",
            postgresql_where=_UNTOLD,
            sqlite_where=_UNTOLD,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    #: Which demand of the dossier this is, from 1.
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.UNPAID)
    pay_when: Mapped[PayWhen]
    #: `Line.as_dict` for each fee, and the fees that the law spares, each with its reason.
    lines: Mapped[Any] = mapped_column(JsonBytes)
    spared: Mapped[Any] = mapped_column(JsonBytes)
    #: Whole VND.
    total: Mapped[int] = mapped_column(BigInteger)
    #: The officer's words to the payer.
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    demanded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None where the platform asks by itself.
    demanded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Until when it should be paid; later money is taken too.
    pay_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The status that the dossier gets back once it is settled, while it waits for nothing else
    #: (status 6, spec L-09); empty where the demand keeps nothing waiting.
    resumes: Mapped[Status | None] = mapped_column(StatusCode)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    method: Mapped[Method | None]
    #: Number of the e-receipt (biên lai), and what proves the money: the gateway's transaction,
    #: the counter's own receipt, the bank's.
    receipt: Mapped[str | None] = mapped_column(String(LONGEST_NUMBER), unique=True)
    proof: Mapped[str | None] = mapped_column(String(LONGEST_NUMBER))
    #: Why it was cancelled or spared.
    end_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    #: When the diagram has to be told that the money is there; empty once it knows.
    tell_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PaymentAttempt(Base):
    """One attempt to pay a demand online."""

    __tablename__ = "payment_attempts"
    comes_due = ("ask_at",)
    __table_args__ = (
        Index(
            "ix_payment_attempts_ask",
            "ask_at",
            postgresql_where=_ASKED,
            sqlite_where=_ASKED,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    #: MaThamChieu: the dossier's code and a suffix; never used twice (spec §8).
    reference: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.CREATED)
    #: Whole VND.
    amount: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Where the payer pays.
    url: Mapped[str | None] = mapped_column(String(2000))
    #: The gateway's words: its number of the transaction, the bank, and its code of the outcome.
    transaction: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    bank: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    outcome: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the gateway has to be asked what became of it, and how often it was asked in vain.
    ask_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked: Mapped[int] = mapped_column(SmallInteger, default=0)


class GatewayMessage(PartnerMessage):
    """One message to or from the gateway: init, confirm, query or get_bill."""

    __tablename__ = "gateway_messages"

    #: Empty for a message about a reference that nobody knows.
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempts.id"), index=True)
