"""Append to the legal record."""

from collections.abc import Mapping
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
    """Add one entry to the dossier's chain, and store the process row, which ends the chain.

    The caller holds that row's lock; the first entry of a dossier comes with the row itself.
    """
    is_new = work.head == EMPTY
    row, head = link(
        work.head,
        event,
        payload,
        dossier_id=work.dossier.id,
        at=at,
        actor=actor,
        seat=seat,
        versions=work.versions,
    )
    add_rows(session, JournalEntry, [row])
    work.set_head(head)
    store(session, work.process, dossier_id=work.dossier.id, is_new=is_new)
