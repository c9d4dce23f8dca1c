"""That a dossier was replaced, in its own journal and in the row of the one sent instead."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry

#: Entry (if a single one) and detail of what differs.
Finding = tuple[int | None, str]


def succession_findings(
    session: Session, dossier_id: int, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """A dossier that says it replaced this one without being told of here, and the other way."""
    kept = session.scalar(select(Dossier.code).where(Dossier.supersedes_id == dossier_id))
    told = [one for one in entries if one.event is Event.DOSSIER_SUPERSEDED and one.payload]
    for entry in told:
        if (entry.payload or {}).get("code") != kept:
            yield entry.seq, "superseded"
    if kept and not told and all(entry.payload is not None for entry in entries):
        yield None, "superseded"
