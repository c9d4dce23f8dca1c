"""How long an application that nobody sends is kept, and when its writer is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dossiers.model import Draft
from app.foundation.clock import LOCAL_ZONE, local_date
from app.foundation.db import Base, BigId, UtcDateTime

#: When a draft that was just begun is looked at for the first time.
FIRST_LOOK = timedelta(days=1)


class DraftWatch(Base):
    """Sees to it that a draft does not lie about for ever; it goes when the draft goes."""

    __tablename__ = "draft_watches"
    comes_due = ("look_at",)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(32), ForeignKey("drafts.id"), unique=True)
    #: When the draft is looked at; once its writer has been told, the moment it is deleted.
    look_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    #: When the writer was told that it is going to be deleted.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: SHA-256 of the address he was told at, so that no mailbox is flooded.
    told_whom: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What an installation has decided about drafts, in days."""

    #: From the last change on.
    days: int
    #: So long before its end the writer is told.
    told_before: int

    def last_day(self, changed_at: datetime) -> date:
        """The last day on which a draft changed then is still there, in legal time."""
        return local_date(changed_at) + timedelta(days=self.days)

    def ends_at(self, changed_at: datetime) -> datetime:
        """The midnight at which it is deleted."""
        return _midnight_after(self.last_day(changed_at))

    def tells_at(self, changed_at: datetime) -> datetime:
        """When the writer is told; never before the draft has lain for half of its time."""
        return self.ends_at(changed_at) - timedelta(days=self._before)

    def told_in_time(self, told_at: datetime) -> datetime:
        """The midnight before which nobody who was told then loses anything."""
        return _midnight_after(local_date(told_at) + timedelta(days=self._before - 1))

    @property
    def _before(self) -> int:
        return min(self.told_before, self.days // 2)


def _midnight_after(day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=LOCAL_ZONE)
    return midnight.astimezone(UTC)


def keeping_of(settings: Mapping[str, Any]) -> Keeping:
    """What the settings of an installation say."""
    return Keeping(days=settings["DRAFTS_KEPT_DAYS"], told_before=settings["DRAFTS_TOLD_DAYS"])


def is_begun(draft: Draft) -> bool:
    """Whether anything was written in it; a click on the start button alone is no beginning."""
    return bool(draft.data) or draft.updated_at > draft.created_at
