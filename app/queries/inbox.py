"""Inbox pages: keyset only, each queue read through its own index."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.rules import AUDITOR
from app.foundation.actor import Actor
from app.foundation.rows import plain_rows
from app.queries.inbox_cursor import read_cursor, write_cursor
from app.queries.inbox_statement import Shape, page_statement

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
    after = read_cursor(cursor)
    if actor.person_id is None:
        return InboxPage(rows=(), cursor=None)
    limit = max(1, min(limit, MAX_PAGE))
    queues = [] if mine_only else _queues(actor)
    shape = Shape(
        queues=len(queues),
        assigned=True,
        only_own_steps=not mine_only and actor.is_staff,
        late=late_at is not None,
        words=bool(words),
        after=after is not None,
        limit=limit + 1,
    )
    told: dict[str, Any] = {"person": actor.person_id, "late_at": late_at}
    for number, (unit, role) in enumerate(queues):
        told |= {f"unit{number}": unit, f"role{number}": role}
    if words:
        told["words"] = f"%{_literally(words)}%"
    if after:
        told |= dict(zip(("rank", "due_at", "last"), after, strict=True))
    found = plain_rows(session, page_statement(shape), told)
    rows = tuple(_row(one) for one in found[:limit])
    return InboxPage(rows=rows, cursor=_after(rows[-1]) if len(found) > limit else None)


def _after(last: InboxRow) -> str:
    return write_cursor((last.rank, last.due_at, last.id))


def _queues(actor: Actor) -> list[tuple[int, str]]:
    """The (unit, role) pairs whose work the actor may do."""
    return sorted({(seat.unit_id, seat.role) for seat in actor.seats if seat.role != AUDITOR})


def _literally(words: str) -> str:
    """The words without the special meaning of LIKE's signs."""
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _row(found: Any) -> InboxRow:
    told = found._asdict()
    overdue = told.pop("overdue_at") is not None
    return InboxRow(**told | {"channel": told["channel"].value, "overdue": overdue})
