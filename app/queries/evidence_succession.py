"""That a dossier was replaced or replaces one, in its journal and in what its rows point at."""

from collections.abc import Iterator, Sequence

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.queries.evidence_beside import Beside
from app.queries.findings import Finding


def succession_findings(beside: Beside, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """A neighbour that this journal does not tell of, and one told of that is not there."""
    kept = beside.superseded_by
    told = [one for one in entries if one.event is Event.DOSSIER_SUPERSEDED and one.payload]
    for entry in told:
        if (entry.payload or {}).get("code") != kept:
            yield entry.seq, "superseded"
    if kept and not told and all(entry.payload is not None for entry in entries):
        yield None, "superseded"
    yield from _replaced(beside, entries)


def _replaced(beside: Beside, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """What it was sent instead of, as the submission tells it."""
    for entry in entries:
        if entry.event is Event.DOSSIER_SUBMITTED and entry.payload is not None:
            if entry.payload.get("supersedes") != beside.supersedes:
                yield entry.seq, "supersedes_id"
            return
