"""The way of a dossier step by step: who had it, from when to when, and what that took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.domain.calendars.queries import loaded_edition
from app.domain.inbox.due import NEVER
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import APPLICANT, Person, Unit
from app.worktime import working_hours_between

#: More steps than any dossier takes.
MOST_STEPS = 200


@dataclass(frozen=True, kw_only=True)
class WayStep:
    """One step that was or is open."""

    name: str
    #: Whether the applicant himself had to do it.
    applicant: bool
    unit: str
    #: The officer who did it, or has taken it; empty for none.
    person: str
    state: ItemState
    opened_at: datetime
    #: When it was done or left; None while it is open.
    ended_at: datetime | None
    due_at: datetime | None
    #: Working hours it may take; None where nobody has set any.
    allowed: Decimal | None
    #: Working hours it has taken so far, by the calendar it was dated with.
    taken: Decimal

    @property
    def late(self) -> bool:
        """Whether it was not done in time; an open one is late once its time is used."""
        if self.due_at is None:
            return False
        if self.ended_at is not None:
            return self.ended_at > self.due_at
        return self.allowed is not None and self.taken > self.allowed


_DONE_BY, _ASSIGNEE = aliased(Person), aliased(Person)
_STEPS = (
    select(
        InboxItem.name,
        InboxItem.role,
        InboxItem.state,
        InboxItem.opened_at,
        InboxItem.done_at,
        InboxItem.due_at,
        InboxItem.hours,
        InboxItem.calendar_version_id,
        Unit.name.label("unit"),
        _DONE_BY.name.label("done_by"),
        _ASSIGNEE.name.label("assignee"),
    )
    .join(Unit, Unit.id == InboxItem.unit_id)
    .outerjoin(_DONE_BY, _DONE_BY.id == InboxItem.done_by_id)
    .outerjoin(_ASSIGNEE, _ASSIGNEE.id == InboxItem.assignee_id)
    .where(InboxItem.dossier_id == bindparam("dossier"))
    .order_by(InboxItem.opened_at, InboxItem.id)
    .limit(MOST_STEPS)
)


def way_of(session: Session, dossier_id: int, at: datetime) -> Sequence[WayStep]:
    """Every step that was open, the first one first; open ones are counted until `at`."""
    return [_step(session, row, at) for row in session.execute(_STEPS, {"dossier": dossier_id})]


def _step(session: Session, row: Any, at: datetime) -> WayStep:
    calendar = loaded_edition(session, row.calendar_version_id).calendar
    done = row.state is ItemState.DONE
    return WayStep(
        name=row.name,
        applicant=row.role == APPLICANT,
        unit=row.unit,
        person=(row.done_by if done else row.assignee) or "",
        state=row.state,
        opened_at=row.opened_at,
        ended_at=row.done_at,
        due_at=None if row.due_at >= NEVER else row.due_at,
        allowed=row.hours,
        taken=working_hours_between(calendar, row.opened_at, max(row.opened_at, row.done_at or at)),
    )
