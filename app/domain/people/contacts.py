"""How the public reaches a unit. Offices and not persons: no name of anybody is kept here."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base


class UnitContact(Base):
    """Where a unit is and who answers there (spec R2-13)."""

    __tablename__ = "unit_contacts"

    unit_id: Mapped[int] = mapped_column(
        ForeignKey("units.id"), primary_key=True, autoincrement=False
    )
    #: Which office answers, for example the one-stop unit.
    office: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
