"""Append to the legal record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.promise_notices import promise_notices
from app.domain.dossiers.status import Status
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import EMPTY, link
from app.domain.notices.occasions import Happening
from app.domain.processes.row import store
from app.foundation.actor import Actor, Seat
from app.foundation.db import add_rows


def record(
    session: Session,
    work: Casework,
    event: Event,
    payload: Mapping[str, Any],
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """Add one entry to the dossier's chain; see `record_all`."""
    record_all(session, work, [Entry(event=event, told=payload, actor=actor, seat=seat)], at=at)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an entry tells, and in whose name."""

    event: Event
    told: Mapping[str, Any]
    actor: Actor
    seat: Seat | None = None
    #: Of a run of the engine: the status before it, and the notices that opened steps name.
    before: Status | None = None
    notices: tuple[str, ...] = ()


def record_all(session: Session, work: Casework, entries: Iterable[Entry], *, at: datetime) -> None:
    """Add entries of one moment to the dossier's chain, and store the process row, its end.

    Whoever has to be told of them is promised a notice, in the same transaction.
    The caller holds that row's lock; the first entries of a dossier come with the row itself.
    """
    is_new = work.head == EMPTY
    rows, act, head = [], [], work.head
    for entry in entries:
        row, head = link(
            head,
            entry.event,
            entry.told,
            dossier_id=work.dossier.id,
            at=at,
            actor=entry.actor,
            seat=entry.seat,
            versions=work.versions,
        )
        rows.append(row)
        act.append(_happening(entry, row["seq"]))
    add_rows(session, JournalEntry, rows)
    work.set_head(head)
    store(session, work.process, dossier_id=work.dossier.id, is_new=is_new)
    promise_notices(session, work, act, at=at)


def _happening(entry: Entry, seq: int) -> Happening:
    return Happening(
        event=entry.event,
        told=entry.told,
        seq=seq,
        before=entry.before,
        named=entry.notices,
    )
