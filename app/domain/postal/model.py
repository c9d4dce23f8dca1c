"""Rows of how results go back: choices, item codes, parcels, what was said to the carrier."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.postal.choice import RULES, PostalAddress, ReturnChoice, ReturnMethod
from app.domain.postal.states import ParcelState, Trouble
from app.foundation.db import Base, BigId, UtcDateTime
from app.foundation.partner_messages import PartnerMessage


class ResultReturn(Base):
    """How the result of one dossier goes back; without a row it is fetched at the counter."""

    __tablename__ = "result_returns"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    method: Mapped[ReturnMethod]
    #: The lines of the address; empty where nothing is sent.
    recipient: Mapped[str | None] = mapped_column(String(RULES["recipient"].most))
    phone: Mapped[str | None] = mapped_column(String(RULES["phone"].most))
    province: Mapped[str | None] = mapped_column(String(RULES["province"].most))
    commune: Mapped[str | None] = mapped_column(String(RULES["commune"].most))
    street: Mapped[str | None] = mapped_column(String(RULES["street"].most))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Empty for a visitor without account.
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def choice(self) -> ReturnChoice:
        """The same, frozen."""
        if self.method is ReturnMethod.COUNTER:
            return ReturnChoice(method=self.method)
        lines = {name: getattr(self, name) or "" for name in RULES}
        return ReturnChoice(method=self.method, address=PostalAddress(**lines))


#: Characters of an item code, an order number, a place, the name of whoever took a parcel.
LONGEST_CODE, LONGEST_ORDER, LONGEST_PLACE, LONGEST_RECEIVER = 30, 64, 120, 100

_ACTS = text("act_at IS NOT NULL")
_HANDS = text("hand_over_at IS NOT NULL")
_FREE = text("taken_at IS NULL")


class ItemCode(Base):
    """One of the item codes (mã bưu gửi) that the carrier has allotted to us beforehand."""

    __tablename__ = "postal_item_codes"
    __table_args__ = (
        Index("ix_postal_item_codes_free", "code", postgresql_where=_FREE, sqlite_where=_FREE),
    )

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When a parcel got it; no other ever does.
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Parcel(Base):
    """The parcel with the result of one dossier."""

    __tablename__ = "parcels"
    comes_due = ("act_at", "hand_over_at")
    __table_args__ = (
        Index("ix_parcels_act", "act_at", postgresql_where=_ACTS, sqlite_where=_ACTS),
        Index("ix_parcels_hand_over", "hand_over_at", postgresql_where=_HANDS, sqlite_where=_HANDS),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    #: OrderNumber: the carrier knows a repeat by it (spec §8).
    number: Mapped[str] = mapped_column(String(LONGEST_ORDER), unique=True)
    item_code: Mapped[str | None] = mapped_column(ForeignKey("postal_item_codes.code"), unique=True)
    state: Mapped[ParcelState] = mapped_column(default=ParcelState.WAITING)
    trouble: Mapped[Trouble | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ordered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the carrier says that the last thing happened to it.
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the carrier has to be told or asked, and how often that went wrong.
    act_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: When the last step has to be completed because it was delivered; empty once it is.
    hand_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CarrierMessage(PartnerMessage):
    """What the carrier said: by himself (callback), of an order, or asked about one (track)."""

    __tablename__ = "carrier_messages"

    #: Empty for a message about an order that nobody knows.
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey("parcels.id"), index=True)
