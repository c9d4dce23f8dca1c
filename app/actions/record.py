"""Append to the legal record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import EMPTY, link
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


def record_all(session: Session, work: Casework, entries: Iterable[Entry], *, at: datetime) -> None:
    """Add entries of one moment to the dossier's chain, and store the process row, its end.

    The caller holds that row's lock; the first entries of a dossier come with the row itself.
    """
    is_new = work.head == EMPTY
    rows, head = [], work.head
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
    add_rows(session, JournalEntry, rows)
    work.set_head(head)
    store(session, work.process, dossier_id=work.dossier.id, is_new=is_new)
