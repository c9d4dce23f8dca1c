"""What the clock looks for, and the verb for each.

A new kind of due work is one more entry: where its rows wait (usually `DueRows` over a partial
index), the verb for one row, and what to note when the verb fails. Whoever stores or moves such an
instant says `comes_due`; `add_rows` does so for the columns that the table names in `comes_due`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.actions.draft_apology import ENDING_TERMS, look_at_term
from app.actions.flag_overdue import LATE_STEPS, flag_overdue
from app.actions.payments.confirm_attempt import SILENT_ATTEMPTS
from app.actions.payments.tell_diagram import UNTOLD_PAYMENTS, tell_diagram
from app.actions.perform_services import (
    DUE_MESSAGES,
    give_up_service,
    perform_service,
    postpone_service,
)
from app.actions.postal.hand_over import DELIVERED_PARCELS, give_up_hand_over, hand_over
from app.actions.postal.order_parcel import WAITING_PARCELS
from app.actions.redatings import WAITING_REDATINGS, work_off_redating
from app.actions.sweep_files import WAITING_ERRANDS
from app.actions.watch_deadlines import DUE_DEADLINES, give_up_deadline, settle_deadline
from app.actions.watch_drafts import WATCHED_DRAFTS
from app.foundation.due import Due
from app.jobs.drafts import look_after_draft
from app.jobs.errands import Errand
from app.jobs.paying import ask_platform
from app.jobs.posting import talk_to_carrier
from app.jobs.scanning import run_errand


class Waiting(Protocol):
    """Rows that wait for an instant."""

    def due(self, session: Session, at: datetime, limit: int, /) -> list[Due]:
        """What has come due by then, the earliest first."""

    def next(self, session: Session, after: datetime, /) -> datetime | None:
        """The first instant after that moment at which a row comes due."""


class Act(Protocol):
    """A verb on one row; False when somebody else is at it or has done it.

    It is told a row that was due a moment ago and reads it again under the dossier's lock: two
    leaders at once then do no harm.
    """

    def __call__(self, session: Session, row: int, /, *, at: datetime) -> bool:
        """Do it."""


class Postpone(Protocol):
    """A verb that notes a failure on the row."""

    def __call__(self, session: Session, row: int, reason: str, /, *, at: datetime) -> int:
        """Note it; returns how often it has failed by now."""


class GiveUp(Protocol):
    """A verb that calls somebody, because a row fails again and again."""

    def __call__(self, session: Session, row: int, error: Exception, /, *, at: datetime) -> None:
        """Call him."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One kind of row that comes due."""

    name: str
    rows: Waiting
    #: What is done in one transaction, or what has to leave the house.
    act: Act | Errand
    #: Where the row itself remembers its failures.
    postpone: Postpone | None = None
    #: What follows on the last failure that may be a mishap.
    give_up: GiveUp | None = None


DEADLINES = Work(name="deadline", rows=DUE_DEADLINES, act=settle_deadline, give_up=give_up_deadline)
STEPS = Work(name="step", rows=LATE_STEPS, act=flag_overdue)
MESSAGES = Work(
    name="message",
    rows=DUE_MESSAGES,
    act=perform_service,
    postpone=postpone_service,
    give_up=give_up_service,
)
REDATINGS = Work(name="redating", rows=WAITING_REDATINGS, act=work_off_redating)
APOLOGIES = Work(name="apology", rows=ENDING_TERMS, act=look_at_term)
FILES = Work(name="file", rows=WAITING_ERRANDS, act=run_errand)
PAYMENTS = Work(name="payment", rows=UNTOLD_PAYMENTS, act=tell_diagram)
DRAFTS = Work(name="draft", rows=WATCHED_DRAFTS, act=look_after_draft)
ATTEMPTS = Work(name="attempt", rows=SILENT_ATTEMPTS, act=ask_platform)
PARCELS = Work(name="parcel", rows=WAITING_PARCELS, act=talk_to_carrier)
DELIVERIES = Work(
    name="delivered_parcel", rows=DELIVERED_PARCELS, act=hand_over, give_up=give_up_hand_over
)
#: Of two that are due at the same instant, the earlier in this list goes first.
WORKLIST = (
    DEADLINES,
    STEPS,
    MESSAGES,
    REDATINGS,
    APOLOGIES,
    FILES,
    PAYMENTS,
    ATTEMPTS,
    DRAFTS,
    PARCELS,
    DELIVERIES,
)
