"""A dossier that took another one's place, and the one that it replaced (spec R3-04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.queries.lineage import lineage_of
from app.queries.supplements import Request, request_in


@dataclass(frozen=True, kw_only=True)
class Succession:
    """The neighbours of a dossier by their codes; None where there is none."""

    supersedes: str | None
    superseded_by: str | None


def succession_of(session: Session, dossier: Dossier) -> Succession:
    """What it replaces, and what replaces it."""
    wanted = or_(Dossier.supersedes_id == dossier.id, Dossier.id == dossier.supersedes_id)
    found = session.execute(select(Dossier.id, Dossier.code).where(wanted)).all()
    before = [row.code for row in found if row.id == dossier.supersedes_id]
    after = [row.code for row in found if row.id != dossier.supersedes_id]
    return Succession(
        supersedes=before[0] if before else None, superseded_by=after[0] if after else None
    )


def return_of(entries: Sequence[JournalEntry]) -> JournalEntry | None:
    """The entry that gave the dossier back to a visitor, for him to send another one."""
    return next((one for one in entries if (one.payload or {}).get("returned")), None)


def asked_on_return(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry]
) -> Request | None:
    """What the office wants in the new dossier; None where this one was not given back."""
    cause = return_of(entries)
    if cause is None:
        return None
    return request_in(cause, lineage_of(session, dossier, entries))


def asked_before(session: Session, supersedes_id: int | None) -> tuple[str, Request] | None:
    """Of a draft that will replace a dossier: the code of that one, and what was asked for."""
    dossier = session.get(Dossier, supersedes_id) if supersedes_id else None
    if dossier is None:
        return None
    asked = asked_on_return(session, dossier, entries_of(session, dossier.id))
    return (dossier.code, asked) if asked else None
