"""The SQL of an inbox page: one index range a queue, put together once for each shape of reader."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.domain.people.model import APPLICANT, Person, Unit
from app.domain.procedures.model import Procedure
from app.foundation.db import UtcDateTime

#: The legal order (spec R4-01), and what else a line tells of its item.
_ORDER = (InboxItem.rank, InboxItem.due_at, InboxItem.id)
_ITEM = (
    *_ORDER,
    InboxItem.dossier_id,
    InboxItem.step,
    InboxItem.name,
    InboxItem.form,
    InboxItem.role,
    InboxItem.unit_id,
    InboxItem.assignee_id,
    InboxItem.opened_at,
    InboxItem.overdue_at,
    InboxItem.calendar_version_id,
)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What decides how the statement looks; the values come as parameters."""

    #: How many queues the reader has: `:unit0`, `:role0` and so on.
    queues: int
    #: Whether what is assigned to `:person` is read, all of it or the citizen's own steps only.
    assigned: bool
    only_own_steps: bool
    #: Whether it is narrowed: by `:since` and `:until` to what is due in between (and to ranks up
    #: to `:last_rank`, beyond which nothing of it can lie), by `:step`, `:channel` or `:words`,
    #: and to what follows on the place `:rank`, `:due_at`, `:last`.
    since: bool
    until: bool
    step: bool
    channel: bool
    words: bool
    after: bool
    #: How many lines. It is written into the text: a planner that does not know it expects a good
    #: part of the table, finds no plan that serves every page, and plans each page anew for
    #: longer than it takes to read it.
    limit: int


def queue(number: int) -> ColumnElement[bool]:
    """The work of one seat: `:unit0` and `:role0` and so on."""
    in_unit = InboxItem.unit_id == bindparam(f"unit{number}")
    return in_unit & (InboxItem.role == bindparam(f"role{number}"))


@lru_cache(maxsize=512)
def page_statement(shape: Shape) -> Select[Any]:
    """The statement of that shape."""
    ranges: list[ColumnElement[bool]] = [queue(number) for number in range(shape.queues)]
    if shape.assigned:
        mine = InboxItem.assignee_id == bindparam("person")
        ranges.append(mine & (InboxItem.role == APPLICANT) if shape.only_own_steps else mine)
    queues = [_queue(which, shape) for which in ranges]
    found = union_all(*queues).subquery() if len(queues) > 1 else queues[0].subquery()
    order = (found.c[column.key] for column in _ORDER)
    return _described(found).order_by(*order).limit(_lines(shape))


def _queue(which: ColumnElement[bool], shape: Shape) -> Select[Any]:
    statement = select(*_ITEM).where(which, IS_OPEN)
    if shape.since:
        statement = statement.where(InboxItem.due_at > bindparam("since"))
    if shape.until:
        is_near = InboxItem.rank <= bindparam("last_rank")
        statement = statement.where(is_near, InboxItem.due_at <= bindparam("until"))
    if shape.step:
        statement = statement.where(InboxItem.step == bindparam("step"))
    if shape.channel:
        statement = statement.where(_came_by())
    if shape.words:
        statement = statement.where(_tells())
    if shape.after:
        seen = tuple_(
            bindparam("rank"), bindparam("due_at", type_=UtcDateTime()), bindparam("last")
        )
        statement = statement.where(tuple_(*_ORDER) > seen)
    inner = statement.order_by(*_ORDER).limit(_lines(shape)).subquery()
    return select(inner)


def _lines(shape: Shape) -> ColumnElement[int]:
    return literal_column(str(shape.limit))


def _tells() -> ColumnElement[bool]:
    """Whether the item's dossier has the words; asked of a queue's items only, never of all."""
    columns = (Dossier.code, Dossier.owner_name, Procedure.name)
    return (
        select(Dossier.id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(
            Dossier.id == InboxItem.dossier_id,
            or_(*(column.ilike(bindparam("words"), escape="/") for column in columns)),
        )
        .exists()
    )


def _came_by() -> ColumnElement[bool]:
    """Whether the item's dossier came in by `:channel`."""
    return (
        select(Dossier.id)
        .where(Dossier.id == InboxItem.dossier_id, Dossier.channel == bindparam("channel"))
        .exists()
    )


def _described(found: Subquery) -> Select[Any]:
    item = found.c
    return (
        select(
            item.id,
            Dossier.code,
            item.step,
            item.name,
            item.form,
            item.role,
            Unit.code.label("unit"),
            Unit.name.label("unit_name"),
            Procedure.key.label("procedure"),
            Procedure.name.label("procedure_name"),
            Dossier.owner_name,
            Dossier.channel,
            item.opened_at,
            item.due_at,
            item.overdue_at,
            item.assignee_id,
            Person.name.label("assignee_name"),
            item.rank,
            item.calendar_version_id,
        )
        .select_from(found)
        .join(Dossier, Dossier.id == item.dossier_id)
        .join(Unit, Unit.id == item.unit_id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .outerjoin(Person, Person.id == item.assignee_id)
    )
