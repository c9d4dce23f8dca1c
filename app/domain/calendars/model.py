"""Working calendars; every change is a new immutable version (spec W-03)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime


class Calendar(Base):
    """A calendar of a unit, or of all units without one."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: The unit that keeps these hours; empty for the calendar of the whole province.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)


class CalendarVersion(Base):
    """The hours in force from a day on; stored rows of legal weight name the version used."""

    __tablename__ = "calendar_versions"
    __table_args__ = (UniqueConstraint("calendar_id", "valid_from"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    valid_from: Mapped[date]
    #: `{"mon": [["07:30", "11:30"], ...], ...}`, local time.
    weekly: Mapped[Any] = mapped_column(JsonBytes)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
