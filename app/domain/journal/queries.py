"""Reading the record, also where somebody has damaged it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.journal.model import JournalEntry
from app.domain.journal.rules import Unreadable

#: What reading a row raises when a value in it means nothing: no JSON, no such event, no instant.
DAMAGE = (AttributeError, LookupError, TypeError, ValueError)
#: What names a step, in whatever event.
_NAMES = ("step", "task")
#: What mostly an engine run leaves behind, by the kind of value that readers rely on.
_KINDS: Mapping[str, type] = {
    "data": Mapping,
    "applicant": Mapping,
    "variables": Mapping,
    "mapping": Mapping,
    "status": int,
    "code": str,
}
_LISTS: Mapping[str, type] = {"passed": str, "closed": str, "opened": Mapping, "files": Mapping}


def chain_of(session: Session, dossier_id: int) -> Sequence[JournalEntry | Unreadable]:
    """The whole chain of a dossier, oldest first; a row that cannot be read is marked as such."""
    wanted = select(JournalEntry).where(JournalEntry.dossier_id == dossier_id)
    try:
        found: Sequence[JournalEntry | Unreadable] = session.scalars(
            wanted.order_by(JournalEntry.seq)
        ).all()
    except DAMAGE:
        found = _one_by_one(session, dossier_id)
    return [one if _is_sound(one) else Unreadable(seq=one.seq) for one in found]


def entries_of(session: Session, dossier_id: int) -> Sequence[JournalEntry]:
    """The entries of a dossier that can be read, oldest first: for pages, which show the rest."""
    return readable(chain_of(session, dossier_id))


def readable(chain: Sequence[JournalEntry | Unreadable]) -> Sequence[JournalEntry]:
    """A chain without the entries that cannot be read."""
    return [entry for entry in chain if isinstance(entry, JournalEntry)]


def _one_by_one(session: Session, dossier_id: int) -> Sequence[JournalEntry | Unreadable]:
    numbers = session.scalars(
        select(JournalEntry.seq)
        .where(JournalEntry.dossier_id == dossier_id)
        .order_by(JournalEntry.seq)
    ).all()
    return [_one(session, dossier_id, seq) for seq in numbers]


def _one(session: Session, dossier_id: int, seq: int) -> JournalEntry | Unreadable:
    try:
        return session.scalars(
            select(JournalEntry).where(
                JournalEntry.dossier_id == dossier_id, JournalEntry.seq == seq
            )
        ).one()
    except DAMAGE:
        return Unreadable(seq=seq)


def _is_sound(entry: JournalEntry | Unreadable) -> bool:
    """Whether the content has the shape that every reader of it relies on."""
    if isinstance(entry, Unreadable) or entry.payload is None:
        return True
    if not isinstance(entry.payload, dict):
        return False
    named = all(isinstance(entry.payload.get(name), str | None) for name in _NAMES)
    return named and _is_shaped(entry.payload)


def _is_shaped(told: Mapping[str, Any]) -> bool:
    single = all(isinstance(told[name], kind) for name, kind in _KINDS.items() if name in told)
    return single and all(
        isinstance(told[name], list) and all(isinstance(one, kind) for one in told[name])
        for name, kind in _LISTS.items()
        if name in told
    )


def taken_down_by(entries: Sequence[JournalEntry]) -> str:
    """The officer who typed the dossier in for whoever came to the counter (spec R4-14).

    Empty for a dossier that people have sent themselves.
    """
    first = entries[0] if entries else None
    return first.actor_name if first and first.seq == 1 and first.role is not None else ""
