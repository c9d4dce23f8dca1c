"""Reading the record."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.journal.model import JournalEntry


def entries_of(session: Session, dossier_id: int) -> Sequence[JournalEntry]:
    """The whole chain of a dossier, oldest first."""
    return session.scalars(
        select(JournalEntry).where(JournalEntry.dossier_id == dossier_id).order_by(JournalEntry.seq)
    ).all()
