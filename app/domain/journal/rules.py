"""How an entry joins its chain, and how a chain is checked."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.journal.events import FIELDS, Event
from app.domain.journal.model import JournalEntry
from app.foundation.actor import Actor, Seat
from app.foundation.db import canonical_json, table_of

#: What the first entry of every chain follows.
GENESIS = bytes(32)


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of a chain: number and hash of its last entry."""

    seq: int
    hash: bytes


EMPTY = Head(seq=0, hash=GENESIS)


@dataclass(frozen=True, kw_only=True)
class Versions:
    """What was in force when something happened."""

    version_id: int
    calendar_version_id: int


def link(
    head: Head,
    event: Event,
    payload: Mapping[str, Any],
    *,
    dossier_id: int,
    at: datetime,
    actor: Actor,
    seat: Seat | None,
    versions: Versions,
) -> tuple[dict[str, Any], Head]:
    """The row that follows `head`, and the new head; raises ValueError for undeclared fields."""
    if payload.keys() != FIELDS[event]:
        odd = sorted(payload.keys() ^ FIELDS[event])
        raise ValueError(f"{event.value} does not tell exactly its fields: {odd}")
    salt = secrets.token_bytes(16)
    row: dict[str, Any] = {
        "dossier_id": dossier_id,
        "seq": head.seq + 1,
        "event": event,
        "at": at,
        "actor_id": actor.person_id,
        "actor_name": actor.name,
        "unit_code": seat.unit_code if seat else None,
        "unit_name": seat.unit_name if seat else None,
        "role": seat.role if seat else None,
        "version_id": versions.version_id,
        "calendar_version_id": versions.calendar_version_id,
        "payload": dict(payload),
        "salt": salt,
        "payload_digest": hashlib.sha256(salt + canonical_json(payload)).digest(),
        "hash_format": 1,
    }
    row["hash"] = _hash(row, head.hash)
    return row, Head(seq=row["seq"], hash=row["hash"])


def _hash(row: Mapping[str, Any], previous: bytes) -> bytes:
    told = [
        row["hash_format"],
        row["dossier_id"],
        row["seq"],
        row["event"].value,
        row["at"].isoformat(),
        row["actor_id"],
        row["actor_name"],
        row["unit_code"],
        row["unit_name"],
        row["role"],
        row["version_id"],
        row["calendar_version_id"],
        row["payload_digest"].hex(),
        previous.hex(),
    ]
    return hashlib.sha256(canonical_json(told)).digest()


@dataclass(frozen=True, kw_only=True)
class Break:
    """Where a chain does not hold, and why."""

    seq: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """Stands in a chain for a row that is there but means nothing: no JSON, no known event."""

    seq: int


def verify(
    entries: Iterable[JournalEntry | Unreadable],
    head: Head,
    *,
    erased: frozenset[int] = frozenset(),
) -> Break | None:
    """Walk a whole chain from its first entry to the known head; None when it holds.

    Every dossier begins with its submission, so a chain without entries is broken. `erased` names
    the entries whose content a later entry allows to be gone; their digests remain, so the chain
    still holds over the tombstones. No event erases anything yet, hence the default: a payload
    that is not there was taken away.

    The hash has no key. Whoever can write both the chain and the head can forge the two together,
    and only an anchor kept outside of this database would show it; there is none yet.
    """
    last = EMPTY
    for entry in entries:
        if entry.seq != last.seq + 1:
            return Break(seq=last.seq + 1, reason="missing")
        if isinstance(entry, Unreadable):
            return Break(seq=entry.seq, reason="unreadable")
        if reason := _fault(entry, last.hash, erased):
            return Break(seq=entry.seq, reason=reason)
        last = Head(seq=entry.seq, hash=entry.hash)
    if last == EMPTY:
        return Break(seq=1, reason="empty")
    if last != head:
        return Break(seq=last.seq + 1, reason="tail")
    return None


def _fault(entry: JournalEntry, previous: bytes, erased: frozenset[int]) -> str | None:
    """Why the entry does not hold; what cannot even be hashed is as good as unreadable."""
    try:
        if reason := _payload_fault(entry, erased):
            return reason
        row = {name: getattr(entry, name) for name in table_of(JournalEntry).columns.keys()}  # noqa: SIM118 - a column collection iterates columns, not names
        return None if _hash(row, previous) == entry.hash else "hash"
    except (AttributeError, TypeError, ValueError):
        return "unreadable"


def _payload_fault(entry: JournalEntry, erased: frozenset[int]) -> str | None:
    if entry.payload is None or entry.salt is None:
        gone = entry.payload is None and entry.seq in erased
        return None if gone else "erased"
    digest = hashlib.sha256(entry.salt + canonical_json(entry.payload)).digest()
    return None if digest == entry.payload_digest else "payload"
