"""The papers of a dossier against the journal that says which were handed in."""

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents.model import StoredFile
from app.domain.journal.events import RUNS
from app.domain.journal.model import JournalEntry
from app.foundation.storage import get_file

#: Entry (if a single one) and detail of what differs.
Finding = tuple[int | None, str]


def file_findings(
    session: Session, dossier_id: int, entries: Sequence[JournalEntry], *, read_bytes: bool
) -> Iterator[Finding]:
    """Papers that are not those that were handed in, and papers that no entry knows."""
    rows = session.scalars(select(StoredFile).where(StoredFile.dossier_id == dossier_id)).all()
    kept = {one.id: one for one in rows}
    for run in entries:
        if run.event not in RUNS:
            continue
        for told in (run.payload or {}).get("files", ()):
            row = kept.pop(told["id"], None)
            digest = bytes.fromhex(told["sha256"])
            if row is None or (row.sha256, row.name) != (digest, told["name"]):
                yield run.seq, f"file {told['id']}"
            elif read_bytes and not _bytes_hold(row.id, digest):
                yield run.seq, f"content of file {told['id']}"
    if all(entry.payload is not None for entry in entries):
        for extra in sorted(kept):
            yield None, f"file {extra}"


def _bytes_hold(key: str, digest: bytes) -> bool:
    try:
        return hashlib.sha256(get_file(key)).digest() == digest
    except FileNotFoundError:
        return False
