"""What lies in an inbox, without reading it: how much is urgent, and which steps there are.

Nothing is counted further than a hundred, and steps are found by leaping through an index from one
to the next, so that a full inbox costs no more than an empty one.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.domain.inbox.due import URGENT, last_rank
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.foundation.actor import Actor
from app.foundation.rows import plain_rows
from app.queries.inbox import queue_parameters, queues_of
from app.queries.inbox_statement import queue

#: Nobody needs to know how many more there are.
MOST_COUNTED = 100
#: More steps than this are no help to anybody who chooses one.
MOST_STEPS = 40


@dataclass(frozen=True, kw_only=True)
class Urgency:
    """How much of an inbox is late and how much is due soon; at most `MOST_COUNTED` each."""

    late: int
    soon: int


def urgency(session: Session, actor: Actor, *, at: datetime, soon_at: datetime) -> Urgency:
    """What is late at `at` in the queues of the actor, and what more is due by `soon_at`."""
    seats = queues_of(actor)
    if not seats:
        return Urgency(late=0, soon=0)
    told = queue_parameters(seats)
    told |= {"at": at, "soon": soon_at, "last_late": last_rank(at), "last_soon": last_rank(soon_at)}
    (found,) = plain_rows(session, _counts(len(seats)), told)
    return Urgency(late=min(found.late, MOST_COUNTED), soon=min(found.soon, MOST_COUNTED))


@lru_cache(maxsize=64)
def _counts(queues: int) -> Any:
    """Each part is one short range of the queue's index: what is urgent lies apart from the rest,
    so that a thousand late items are not read to find the few that are due soon."""
    is_late = (InboxItem.rank <= bindparam("last_late"), InboxItem.due_at <= bindparam("at"))
    due_soon = (InboxItem.due_at > bindparam("at"), InboxItem.due_at <= bindparam("soon"))
    urgent = (InboxItem.rank == URGENT, *due_soon)
    others = (InboxItem.rank > URGENT, InboxItem.rank <= bindparam("last_soon"), *due_soon)
    numbers = range(queues)
    late = [_bounded(number, *is_late) for number in numbers]
    soon = [_bounded(number, *part) for number in numbers for part in (urgent, others)]
    return select(_sum(late).label("late"), _sum(soon).label("soon"))


def _bounded(number: int, *which: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(InboxItem.id).where(queue(number), IS_OPEN, *which).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _sum(parts: list[ColumnElement[int]]) -> ColumnElement[int]:
    total: ColumnElement[int] = literal(0)
    for part in parts:
        total = total + part
    return total


def steps_waiting(session: Session, actor: Actor) -> dict[str, str]:
    """The steps of which something is open in the queues of the actor: name by element id.

    A step that is called otherwise in another procedure has the name of what is due first.
    """
    seats = queues_of(actor)
    if not seats:
        return {}
    found = plain_rows(session, _steps(len(seats)), queue_parameters(seats))
    names = {row.step: row.name for row in found}
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


@lru_cache(maxsize=64)
def _steps(queues: int) -> Any:
    parts = [_steps_of(number) for number in range(queues)]
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _steps_of(number: int) -> Select[Any]:
    """One entry of the index for each step: the first one, then always the next that is larger."""
    first = select(func.min(InboxItem.step).label("step"), literal(1).label("found"))
    leap = first.where(queue(number), IS_OPEN).cte(f"steps{number}", recursive=True)
    following = (
        select(func.min(InboxItem.step))
        .where(queue(number), IS_OPEN, InboxItem.step > leap.c.step)
        .scalar_subquery()
        .correlate(leap)
    )
    leap = leap.union_all(
        select(following, leap.c.found + 1).where(
            leap.c.step.is_not(None), leap.c.found < MOST_STEPS
        )
    )
    named = aliased(leap)
    name = (
        select(InboxItem.name)
        .where(queue(number), IS_OPEN, InboxItem.step == named.c.step)
        .order_by(InboxItem.rank, InboxItem.due_at, InboxItem.id)
        .limit(1)
        .scalar_subquery()
        .correlate(named)
    )
    return select(named.c.step, name.label("name")).where(named.c.step.is_not(None))
