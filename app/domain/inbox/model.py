"""An inbox item: one open step of one dossier, waiting for one role in one unit."""

from datetime import datetime
from decimal import Decimal
from enum import Enum

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dossiers.model import StatusCode
from app.domain.dossiers.status import Status
from app.foundation.db import Base, BigId, ExactDecimal, UtcDateTime


class ItemState(Enum):
    """Where the work stands."""

    OPEN = "open"  # may be done
    DONE = "done"  # was done
    CANCELLED = "cancelled"  # the diagram went another way


#: The condition of the partial indexes, word for word: a parameter would hide them from a planner.
IS_OPEN = text("inbox_items.state = 'open'")
_OPEN = text("state = 'open'")


class InboxItem(Base):
    """Work waiting for somebody, or what became of it."""

    __tablename__ = "inbox_items"
    comes_due = ("alarm_at",)
    __table_args__ = (
        UniqueConstraint("dossier_id", "task_id"),
        Index(
            "ix_inbox_items_queue",
            "unit_id",
            "role",
            "rank",
            "due_at",
            "id",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_inbox_items_step",
            "unit_id",
            "role",
            "step",
            "rank",
            "due_at",
            "id",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_inbox_items_alarm",
            "alarm_at",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index(
            "ix_inbox_items_assignee",
            "assignee_id",
            "rank",
            "due_at",
            "id",
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    #: The engine's name of the open task, 32 hexadecimal digits.
    task_id: Mapped[str] = mapped_column(String(32))
    #: Element id in the diagram, and its name as it was.
    step: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    #: Form inside the version, for example `reception`.
    form: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    #: Who took it upon himself; the citizen for a citizen's step.
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    #: Order inside a queue, see `rank_of`; then what is due first.
    rank: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the step is due; far in the future where the diagram gives no hours.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The working hours the step may take, and the edition of the calendar of its own unit with
    #: which they were counted. No hours where the diagram gives none, or from before these columns.
    hours: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    calendar_version_id: Mapped[int] = mapped_column(ForeignKey("calendar_versions.id"))
    #: When it rings next, and how far it has rung (`deadlines/alarms`).
    alarm_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage: Mapped[int] = mapped_column(SmallInteger, default=0)
    #: When it was flagged as late.
    overdue_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The idempotency key it was done with, and the dossier's status that this led to.
    done_key: Mapped[str | None] = mapped_column(String(80))
    #: Fingerprint of the answers, so that the key does not speak for others.
    done_digest: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    done_status: Mapped[Status | None] = mapped_column(StatusCode)
