"""The papers of a dossier against the journal that says which were handed in, and are held."""

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents.model import ScanState, StoredFile
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry
from app.foundation.storage import pieces_of
from app.queries.findings import Finding

_SCANNED = {Event.FILE_QUARANTINED: True, Event.FILE_RELEASED: False}


def file_findings(
    session: Session, dossier_id: int, entries: Sequence[JournalEntry], *, read_bytes: bool
) -> Iterator[Finding]:
    """Papers that are not the ones handed in, that nobody handed in, or that are let out unseen."""
    rows = session.scalars(select(StoredFile).where(StoredFile.dossier_id == dossier_id)).all()
    kept = {one.id: one for one in rows}
    for entry in entries:
        if entry.event not in RUNS:
            continue
        for told in (entry.payload or {}).get("files", ()):
            row = kept.pop(told["id"], None)
            digest = bytes.fromhex(told["sha256"])
            if row is None or (row.sha256, row.name) != (digest, told["name"]):
                yield entry.seq, f"file {told['id']}"
            elif read_bytes and not _bytes_hold(row.id, digest):
                yield entry.seq, f"content of file {told['id']}"
    if all(entry.payload is not None for entry in entries):
        yield from ((None, f"file {extra}") for extra in sorted(kept))
        yield from _quarantine(rows, entries)


def _quarantine(rows: Sequence[StoredFile], entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """In quarantine is exactly what the journal last put there."""
    held = {
        (entry.payload or {})["file"]: _SCANNED[entry.event]
        for entry in entries
        if entry.event in _SCANNED
    }
    for row in sorted(rows, key=lambda one: one.id):
        if (row.scan is ScanState.INFECTED) != held.get(row.id, False):
            yield None, f"quarantine of file {row.id}"


def _bytes_hold(key: str, digest: bytes) -> bool:
    found = hashlib.sha256()
    try:
        for piece in pieces_of(key):
            found.update(piece)
    except FileNotFoundError:
        return False
    return found.digest() == digest
