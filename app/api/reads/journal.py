"""Pages of a dossier's journal, as much of it as the reader may see."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.api.reads.reader import Reading
from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import GENESIS
from app.foundation.actor import Actor

#: The inner side of a step: what was answered, what it is routed by, what the engine kept.
INNER = frozenset({"data", "variables", "state", "state_before", "files", "seed", "detail"})


def journal_page(
    session: Session, reading: Reading, actor: Actor, *, after: int, limit: int
) -> dict[str, Any]:
    """Up to `limit` entries after the one numbered `after`, and where to go on."""
    rows = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.dossier_id == reading.dossier.id, JournalEntry.seq >= after)
        .order_by(JournalEntry.seq)
        .limit(limit + 2)
    ).all()
    previous = GENESIS if after == 0 else None
    if rows and rows[0].seq == after:
        previous, rows = rows[0].hash, rows[1:]
    items = []
    for row in rows[:limit]:
        items.append(_entry(row, previous, reading, actor))
        previous = row.hash
    return {
        "code": reading.dossier.code,
        "dossier_id": reading.dossier.id,
        "items": items,
        "next": rows[limit - 1].seq if len(rows) > limit else None,
    }


def _entry(
    row: JournalEntry, previous: bytes | None, reading: Reading, actor: Actor
) -> dict[str, Any]:
    hidden = not reading.inner and row.actor_id != actor.person_id
    return {
        "seq": row.seq,
        "event": row.event.value,
        "at": row.at,
        "actor_id": row.actor_id,
        "actor_name": row.actor_name,
        "unit": row.unit_code,
        "unit_name": row.unit_name,
        "role": row.role,
        "payload": _outer(row.payload) if hidden else row.payload,
        "redacted": hidden and row.payload is not None,
        "erased": row.payload is None,
        "salt": None if hidden or row.salt is None else row.salt.hex(),
        "payload_digest": row.payload_digest.hex(),
        "hash_format": row.hash_format,
        "hash": row.hash.hex(),
        "previous_hash": None if previous is None else previous.hex(),
        "version_id": row.version_id,
        "calendar_version_id": row.calendar_version_id,
    }


def _outer(payload: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if payload is None:
        return None
    return {name: told for name, told in payload.items() if name not in INNER}
