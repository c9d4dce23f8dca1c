"""Inbox pages: keyset only, each queue read through its own index."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import AUDITOR
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import APPLICANT, Person, Unit
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor
from app.foundation.db import UtcDateTime
from app.foundation.errors import Invalid
from app.foundation.text import gettext

PAGE = 25
MAX_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One line of an inbox."""

    id: int
    code: str
    step: str
    name: str
    form: str
    role: str
    unit: str
    unit_name: str
    procedure: str
    procedure_name: str
    owner_name: str
    channel: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    assignee_id: int | None
    assignee_name: str | None
    rank: int


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """Some lines and where to go on; no cursor on the last page."""

    rows: tuple[InboxRow, ...]
    cursor: str | None


def inbox_page(
    session: Session,
    actor: Actor,
    *,
    mine_only: bool = False,
    late_at: datetime | None = None,
    words: str = "",
    cursor: str | None = None,
    limit: int = PAGE,
) -> InboxPage:
    """What waits for the actor: online first, then what is due first (spec R4-01).

    `mine_only` keeps what the actor has claimed; `late_at` keeps what was due by then; `words`
    keeps what has them in code, owner or procedure. Raises Invalid for a cursor that this function
    has not made.
    """
    limit = max(1, min(limit, MAX_PAGE))
    after = _read_cursor(cursor)
    queues = [
        _queue(which, late_at, words, after, limit + 1)
        for which in _whose(actor, mine_only=mine_only)
    ]
    if not queues:
        return InboxPage(rows=(), cursor=None)
    found = union_all(*queues).subquery() if len(queues) > 1 else queues[0].subquery()
    rows = session.execute(
        _described()
        .join(found, found.c.id == InboxItem.id)
        .order_by(InboxItem.rank, InboxItem.due_at, InboxItem.id)
        .limit(limit + 1)
    ).all()
    shown = tuple(_row(row) for row in rows[:limit])
    return InboxPage(rows=shown, cursor=_write_cursor(shown[-1]) if len(rows) > limit else None)


def _whose(actor: Actor, *, mine_only: bool) -> Sequence[ColumnElement[bool]]:
    """One condition for each index range that holds work of the actor."""
    mine = InboxItem.assignee_id == actor.person_id
    if actor.person_id is None:
        return []
    if mine_only or not actor.seats:
        return [mine]
    queues = {(seat.unit_id, seat.role) for seat in actor.seats if seat.role != AUDITOR}
    return [
        (InboxItem.unit_id == unit_id) & (InboxItem.role == role)
        for unit_id, role in sorted(queues)
    ] + [mine & (InboxItem.role == APPLICANT)]


def _queue(
    which: ColumnElement[bool],
    late_at: datetime | None,
    words: str,
    after: tuple[int, datetime, int] | None,
    limit: int,
) -> Select[Any]:
    order = (InboxItem.rank, InboxItem.due_at, InboxItem.id)
    statement = select(InboxItem.id).where(which, InboxItem.state == ItemState.OPEN)
    if late_at is not None:
        statement = statement.where(InboxItem.due_at <= late_at)
    if words:
        statement = statement.where(_tells(words))
    if after is not None:
        rank, due_at, last = after
        seen = tuple_(literal(rank), literal(due_at, UtcDateTime()), literal(last))
        statement = statement.where(tuple_(*order) > seen)
    inner = statement.order_by(*order).limit(limit).subquery()
    return select(inner.c.id)


def _tells(words: str) -> ColumnElement[bool]:
    """Whether the item's dossier has the words; asked of a queue's items only, never of all."""
    columns = (Dossier.code, Dossier.owner_name, Procedure.name)
    return (
        select(Dossier.id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(
            Dossier.id == InboxItem.dossier_id,
            or_(*(column.icontains(words, autoescape=True) for column in columns)),
        )
        .exists()
    )


def _described() -> Any:
    return (
        select(
            InboxItem,
            Dossier.code,
            Dossier.owner_name,
            Dossier.channel,
            Unit.code.label("unit"),
            Unit.name.label("unit_name"),
            Procedure.key.label("procedure"),
            Procedure.name.label("procedure_name"),
            Person.name.label("assignee_name"),
        )
        .select_from(InboxItem)
        .join(Dossier, Dossier.id == InboxItem.dossier_id)
        .join(Unit, Unit.id == InboxItem.unit_id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .outerjoin(Person, Person.id == InboxItem.assignee_id)
    )


def _row(row: Any) -> InboxRow:
    item: InboxItem = row[0]
    return InboxRow(
        id=item.id,
        code=row.code,
        step=item.step,
        name=item.name,
        form=item.form,
        role=item.role,
        unit=row.unit,
        unit_name=row.unit_name,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        owner_name=row.owner_name,
        channel=row.channel.value,
        opened_at=item.opened_at,
        due_at=item.due_at,
        overdue=item.overdue_at is not None,
        assignee_id=item.assignee_id,
        assignee_name=row.assignee_name,
        rank=item.rank,
    )


def _write_cursor(last: InboxRow) -> str:
    place = orjson.dumps([last.rank, last.due_at.isoformat(), last.id])
    return base64.urlsafe_b64encode(place).decode().rstrip("=")


def _read_cursor(cursor: str | None) -> tuple[int, datetime, int] | None:
    if not cursor:
        return None
    try:
        place = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        rank, due_at, last = place
        after = _whole(rank, 99), datetime.fromisoformat(due_at).astimezone(UTC), _whole(last)
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise Invalid(errors={"cursor": [gettext("This page marker is not valid.")]}) from error
    return after


def _whole(number: object, most: int = 2**63 - 1) -> int:
    """A whole number that a column can hold; raises ValueError for anything else."""
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError("no number of ours")
    return number
