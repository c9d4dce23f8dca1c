"""Working calendars; every change is a new immutable edition of the whole (spec W-03)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime


class Calendar(Base):
    """The calendar of a unit, or of the whole province without one."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: The unit that keeps these hours, and every unit below it that keeps none of its own.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True, unique=True)


class CalendarEdition(Base):
    """Everything a calendar says, as it was decided at one moment.

    Never changed and never removed: dossiers and journal entries name editions, so that each due
    date can be worked out again from what happened and the edition it was worked out with.
    """

    __tablename__ = "calendar_versions"
    __table_args__ = (UniqueConstraint("calendar_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    #: Counts up from 1 within the calendar.
    number: Mapped[int]
    #: All hours with the days they are kept from and to, all exceptions, the rules of counting;
    #: the shape is that of `worktime.read_edition`. Local time.
    content: Mapped[Any] = mapped_column(JsonBytes, deferred=True)
    #: See `rules.hash_of`.
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Why it was decided, and by which document.
    reason: Mapped[str] = mapped_column(String(1000))
    legal_document: Mapped[str] = mapped_column(String(300))
    #: Nobody where the platform itself brought it in.
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The name as it was then.
    decided_by: Mapped[str] = mapped_column(String(120))
    #: In force from this moment until the next edition is made.
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarDraft(Base):
    """An edition somebody is writing; it counts for nothing until it is saved."""

    __tablename__ = "calendar_drafts"
    __table_args__ = (UniqueConstraint("calendar_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: The edition it was begun from; another one since then is a conflict. None for a first one.
    base_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_versions.id"))
    content: Mapped[Any] = mapped_column(JsonBytes)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
