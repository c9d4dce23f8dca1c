"""How an entry joins the chain of its complaint, and whether the chain and the row hold."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.domain.feedback.complaints import Act, Complaint, ComplaintEntry, ComplaintState
from app.foundation.actor import Actor, Seat
from app.foundation.db import canonical_json

#: What the first entry follows.
GENESIS = bytes(32)
#: Where each act leads.
STATES: Mapping[Act, ComplaintState] = {
    Act.SENT: ComplaintState.RECEIVED,
    Act.TAKEN_UP: ComplaintState.HANDLING,
    Act.ANSWERED: ComplaintState.ANSWERED,
}


def digest(text: str) -> str:
    """What the record keeps of somebody's words."""
    return hashlib.sha256(text.encode()).hexdigest()


def next_entry(
    complaint_id: int,
    last: ComplaintEntry | None,
    act: Act,
    told: Mapping[str, Any],
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> ComplaintEntry:
    """The entry that follows `last`."""
    entry = ComplaintEntry(
        complaint_id=complaint_id,
        seq=last.seq + 1 if last else 1,
        act=act,
        at=at,
        actor_id=actor.person_id,
        actor_name=actor.name,
        unit_name=seat.unit_name if seat else None,
        role=seat.role if seat else None,
        told=dict(told),
    )
    entry.hash = _hash(entry, last.hash if last else GENESIS)
    return entry


def chain_holds(
    complaint: Complaint, officers: Collection[int], entries: Sequence[ComplaintEntry]
) -> bool:
    """Whether nothing is missing or changed, and the rows say what the entries tell.

    `officers` are those whom the rows keep it from.
    """
    previous = GENESIS
    for number, entry in enumerate(entries, 1):
        if entry.seq != number or entry.hash != _hash(entry, previous):
            return False
        previous = entry.hash
    return bool(entries) and _rows_hold(complaint, officers, entries)


def code_of(day: date, number: int) -> str:
    """How its sender calls the feedback of that number on a day."""
    return f"PA-{day:%y%m%d}-{number:04d}"


def day_of(code: str) -> str:
    """The six digits of the day in a code."""
    return code[3:9]


def told_of(complaint: Complaint, officers: Collection[int]) -> dict[str, Any]:
    """What the first entry says of the complaint itself."""
    term = {"due_at": complaint.due_at.isoformat()} if complaint.due_at else {}
    return term | {
        "code": complaint.code,
        "concern": complaint.concern.value,
        "unit": complaint.unit_id,
        "dossier": complaint.dossier_id,
        "procedure": complaint.procedure_id,
        "officers": sorted(officers),
        "officer": digest(complaint.officer),
        "subject": digest(complaint.subject),
        "text": digest(complaint.text),
        "sender": complaint.sender_id,
    }


def _rows_hold(
    complaint: Complaint, officers: Collection[int], entries: Sequence[ComplaintEntry]
) -> bool:
    first, last = entries[0], entries[-1]
    if (first.told, first.at) != (told_of(complaint, officers), complaint.sent_at):
        return False
    answers = [(one.told["answer"], one.at) for one in entries if one.act is Act.ANSWERED]
    known = []
    if complaint.answer is not None:
        known = [(digest(complaint.answer), complaint.answered_at)]
    return complaint.state is STATES[last.act] and answers == known


def _hash(entry: ComplaintEntry, previous: bytes) -> bytes:
    told = [
        entry.complaint_id,
        entry.seq,
        entry.act.value,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.unit_name,
        entry.role,
        entry.told,
        previous.hex(),
    ]
    return hashlib.sha256(canonical_json(told)).digest()
