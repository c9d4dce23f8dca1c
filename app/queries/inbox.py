"""Inbox pages: keyset only, each queue read through its own index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.rules import AUDITOR
from app.domain.dossiers.status import Channel
from app.domain.inbox.due import last_rank
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
    #: The edition of the unit's calendar with which it was dated.
    calendar_version_id: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which part of an inbox."""

    #: What the actor has claimed only.
    mine_only: bool = False
    #: What is due after the one moment and not after the other.
    since: datetime | None = None
    until: datetime | None = None
    #: Element id of a step; how the dossier came in.
    step: str = ""
    channel: Channel | None = None
    #: What has these words in code, owner or procedure.
    words: str = ""


#: Everything.
WHOLE = Wanted()


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """Some lines and where to go on; no cursor on the last page."""

    rows: tuple[InboxRow, ...]
    cursor: str | None


def inbox_page(
    session: Session,
    actor: Actor,
    wanted: Wanted = WHOLE,
    *,
    cursor: str | None = None,
    limit: int = PAGE,
) -> InboxPage:
    """What waits for the actor, in the order of `rank_of`.

    Raises Invalid for a cursor that this function has not made.
    """
    after = read_cursor(cursor)
    if actor.person_id is None:
        return InboxPage(rows=(), cursor=None)
    limit = max(1, min(limit, MAX_PAGE))
    seats = [] if wanted.mine_only else queues_of(actor)
    shape = Shape(
        queues=len(seats),
        assigned=True,
        only_own_steps=not wanted.mine_only and actor.is_staff,
        since=wanted.since is not None,
        until=wanted.until is not None,
        step=bool(wanted.step),
        channel=wanted.channel is not None,
        words=bool(wanted.words),
        after=after is not None,
        limit=limit + 1,
    )
    told = queue_parameters(seats) | _parameters(wanted) | {"person": actor.person_id}
    if after:
        told |= dict(zip(("rank", "due_at", "last"), after, strict=True))
    found = plain_rows(session, page_statement(shape), told)
    rows = tuple(_row(one) for one in found[:limit])
    return InboxPage(rows=rows, cursor=_after(rows[-1]) if len(found) > limit else None)


def _parameters(wanted: Wanted) -> dict[str, Any]:
    told: dict[str, Any] = {
        "since": wanted.since,
        "until": wanted.until,
        "step": wanted.step,
        "channel": wanted.channel,
    }
    if wanted.until:
        told["last_rank"] = last_rank(wanted.until)
    if wanted.words:
        told["words"] = f"%{_literally(wanted.words)}%"
    return told


def _after(last: InboxRow) -> str:
    return write_cursor((last.rank, last.due_at, last.id))


def queues_of(actor: Actor) -> list[tuple[int, str]]:
    """The (unit, role) pairs whose work the actor may do."""
    return sorted({(seat.unit_id, seat.role) for seat in actor.seats if seat.role != AUDITOR})


def queue_parameters(seats: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """What the statements call these queues."""
    told: dict[str, Any] = {}
    for number, (unit, role) in enumerate(seats):
        told |= {f"unit{number}": unit, f"role{number}": role}
    return told


def _literally(words: str) -> str:
    """The words without the special meaning of LIKE's signs."""
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _row(found: Any) -> InboxRow:
    told = found._asdict()
    overdue = told.pop("overdue_at") is not None
    return InboxRow(**told | {"channel": told["channel"].value, "overdue": overdue})
