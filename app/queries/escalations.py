"""What superiors were told of: late steps, receptions and results, the longest late first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.escalations import (
    TOLD_TO_READER,
    Escalation,
    LateKind,
    reader_of,
)
from app.domain.deadlines.model import Deadline
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import Person, Role, Unit
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor
from app.foundation.db import UtcDateTime
from app.foundation.rows import plain_rows
from app.queries.inbox_cursor import read_cursor, write_cursor
from app.queries.inbox_overview import MOST_COUNTED
from app.worktime import working_hours_between

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class LateWork:
    """One step of a late dossier: open, or done later than it should have been."""

    id: int
    name: str
    unit: str
    role_names: tuple[str, str]
    is_open: bool
    #: Who has taken it; empty while nobody has.
    holder: str
    #: The hours it may take, none where the diagram gives none, and those it took.
    hours: Decimal | None
    used: Decimal

    @property
    def is_slow(self) -> bool:
        """Whether it took more than its hours."""
        return self.hours is not None and self.used > self.hours


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """One line: what is late, since when, who was told, and what the record says about why."""

    id: int
    kind: LateKind
    code: str
    procedure_name: str
    owner_name: str
    #: The late step; empty for a reception or a term.
    step: str
    #: The role that was told, and when.
    role: str
    told_at: datetime
    due_at: datetime
    #: Working hours since it was due, on the calendar that it was dated with.
    late_by: Decimal
    open_work: tuple[LateWork, ...]
    slow_work: tuple[LateWork, ...]


@dataclass(frozen=True, kw_only=True)
class OverduePage:
    """Some lines and where to go on; no cursor on the last page."""

    rows: tuple[Overdue, ...]
    cursor: str | None


_LINES = (
    select(
        Escalation.id,
        Escalation.dossier_id,
        Escalation.item_id,
        Escalation.role,
        Escalation.told_at,
        Escalation.due_at,
        Dossier.code,
        Dossier.owner_name,
        Dossier.paused_at,
        Procedure.name.label("procedure_name"),
        Deadline.kind,
        func.coalesce(InboxItem.calendar_version_id, Dossier.calendar_version_id).label("edition"),
    )
    .join(Dossier, Dossier.id == Escalation.dossier_id)
    .join(Procedure, Procedure.id == Dossier.procedure_id)
    .outerjoin(InboxItem, InboxItem.id == Escalation.item_id)
    .outerjoin(Deadline, Deadline.id == Escalation.deadline_id)
    .where(Escalation.id.in_(TOLD_TO_READER))
    .order_by(Escalation.due_at, Escalation.id)
)
_SEEN = tuple_(bindparam("seen_due", type_=UtcDateTime()), bindparam("seen_id"))
_GOING_ON = _LINES.where(tuple_(Escalation.due_at, Escalation.id) > _SEEN)
_COUNT = select(func.count()).select_from(TOLD_TO_READER.limit(MOST_COUNTED).subquery())
_WORK = (
    select(
        InboxItem.id,
        InboxItem.dossier_id,
        InboxItem.name,
        InboxItem.state,
        InboxItem.hours,
        InboxItem.opened_at,
        InboxItem.done_at,
        InboxItem.calendar_version_id,
        InboxItem.role,
        Unit.name.label("unit"),
        Person.name.label("holder"),
        Role.name.label("role_name"),
        Role.name_en,
    )
    .join(Unit, Unit.id == InboxItem.unit_id)
    .outerjoin(Person, Person.id == InboxItem.assignee_id)
    .outerjoin(Role, Role.key == InboxItem.role)
    .where(
        InboxItem.dossier_id.in_(bindparam("dossiers", expanding=True)),
        (InboxItem.state == ItemState.OPEN)
        | ((InboxItem.state == ItemState.DONE) & (InboxItem.done_at > InboxItem.due_at)),
    )
    .order_by(InboxItem.opened_at, InboxItem.id)
)


def how_many(session: Session, actor: Actor, *, at: datetime) -> int:
    """How much the actor was told of that is late still; never more than `MOST_COUNTED`."""
    return int(plain_rows(session, _COUNT, reader_of(actor, at))[0][0])


def escalations_page(
    session: Session, actor: Actor, *, at: datetime, cursor: str | None = None, limit: int = PAGE
) -> OverduePage:
    """What the actor was told of, by his seats and for the units below; two statements.

    Raises Invalid for a cursor that this function has not made.
    """
    after = read_cursor(cursor)
    told = reader_of(actor, at)
    if after:
        told |= {"seen_due": after[1], "seen_id": after[2]}
    lines = plain_rows(session, (_GOING_ON if after else _LINES).limit(limit + 1), told)
    work = _work_of(session, {line.dossier_id for line in lines[:limit]}, at)
    rows = tuple(_row(session, line, work[line.dossier_id], at) for line in lines[:limit])
    last = rows[-1] if len(lines) > limit else None
    return OverduePage(rows=rows, cursor=write_cursor((0, last.due_at, last.id)) if last else None)


def _work_of(
    session: Session, dossiers: Collection[int], at: datetime
) -> Mapping[int, list[LateWork]]:
    found: dict[int, list[LateWork]] = {number: [] for number in dossiers}
    if dossiers:
        for row in plain_rows(session, _WORK, {"dossiers": sorted(dossiers)}):
            found[row.dossier_id].append(_work(session, row, at))
    return found


def _work(session: Session, row: Any, at: datetime) -> LateWork:
    calendar = loaded_edition(session, row.calendar_version_id).calendar
    return LateWork(
        id=row.id,
        name=row.name,
        unit=row.unit,
        role_names=(row.role_name or row.role, row.name_en or row.role),
        is_open=row.state is ItemState.OPEN,
        holder=row.holder or "",
        hours=row.hours,
        used=working_hours_between(calendar, row.opened_at, row.done_at or at),
    )


def _row(session: Session, line: Any, work: list[LateWork], at: datetime) -> Overdue:
    own = [one for one in work if line.item_id in (None, one.id)]
    until = line.paused_at if line.item_id is None and line.paused_at else at
    calendar = loaded_edition(session, line.edition).calendar
    return Overdue(
        id=line.id,
        kind=LateKind(line.kind.value) if line.kind else LateKind.STEP,
        code=line.code,
        procedure_name=line.procedure_name,
        owner_name=line.owner_name,
        step=own[0].name if line.item_id and own else "",
        role=line.role,
        told_at=line.told_at,
        due_at=line.due_at,
        late_by=working_hours_between(calendar, line.due_at, max(until, line.due_at)),
        open_work=tuple(one for one in own if one.is_open),
        slow_work=tuple(one for one in own if one.is_slow),
    )
