"""Append to the record of a complaint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.feedback.complaint_chain import STATES, next_entry
from app.domain.feedback.complaints import Act, Complaint, ComplaintEntry
from app.foundation.actor import Actor, Seat


def note_act(
    session: Session,
    complaint: Complaint,
    act: Act,
    told: Mapping[str, Any],
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """Add one entry, and bring the complaint to the state it leads to.

    The caller holds the lock of the complaint's row.
    """
    last = session.scalar(
        select(ComplaintEntry)
        .where(ComplaintEntry.complaint_id == complaint.id)
        .order_by(ComplaintEntry.seq.desc())
        .limit(1)
    )
    session.add(next_entry(complaint.id, last, act, told, actor=actor, seat=seat, at=at))
    complaint.state = STATES[act]
    session.flush()
