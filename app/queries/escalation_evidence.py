"""What superiors were told, compared with the journal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadlines.escalations import Escalation
from app.domain.deadlines.model import Deadline
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.queries.findings import Finding

#: What was late (the task of a step, or the kind of clock), and the role and unit that was told.
_Told = tuple[str, str, str]

_KINDS = {Event.RECEPTION_ESCALATED: "reception", Event.TERM_ESCALATED: "term"}


def escalation_findings(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """Rows without an entry of their moment, entries without a row, and rows that outlived.

    Entries from before there were such rows tell nothing of `asked` and are passed over. Nothing
    is read of a dossier that was never late by its journal and its own row.
    """
    told = {(what, entry.at): entry.seq for entry in entries for what in _told(entry)}
    if told or dossier.is_escalated:
        yield from _compared(session, dossier, told)


def _compared(
    session: Session, dossier: Dossier, told: Mapping[tuple[_Told, datetime], int]
) -> Iterator[Finding]:
    rows = session.execute(
        select(Escalation, InboxItem.task_id, InboxItem.state, Deadline.kind, Unit.code)
        .join(Unit, Unit.id == Escalation.unit_id)
        .outerjoin(InboxItem, InboxItem.id == Escalation.item_id)
        .outerjoin(Deadline, Deadline.id == Escalation.deadline_id)
        .where(Escalation.dossier_id == dossier.id)
        .order_by(Escalation.id)
    ).all()
    kept = {
        ((row.task_id or row.kind.value, row[0].role, row.code), row[0].told_at) for row in rows
    }
    for what, _at in sorted(kept - told.keys()):
        yield None, " ".join(what)
    known = {what for what, _at in kept}
    for (what, _at), seq in told.items():
        if what not in known:
            yield seq, " ".join(what)
    waiting = [row for row in rows if row[0].settled_at is None]
    if any(row.state not in (None, ItemState.OPEN) for row in waiting):
        yield None, "settled_at"
    if dossier.is_escalated != bool(waiting):
        yield None, "is_escalated"


def _told(entry: JournalEntry) -> Iterator[_Told]:
    told = entry.payload or {}
    if "asked" in told and told["unit"]:
        yield told.get("task") or _KINDS[entry.event], told["role"], told["unit"]
