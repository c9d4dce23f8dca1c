"""Whether the records of feedback hold, and whether any of it is gone."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.feedback.complaint_chain import chain_holds, day_of
from app.domain.feedback.complaints import Complaint, ComplaintCounter
from app.queries.complaint_pages import concerned_by, entries_about


@dataclass(frozen=True, kw_only=True)
class FeedbackVerdict:
    """What was found; codes only, since whoever checks need not be allowed to read."""

    checked: int
    broken: tuple[str, ...]
    #: How much of a day is gone, as every code that was given has its feedback; below zero, how
    #: much has a code that nobody gave.
    missing: tuple[tuple[date, int], ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.broken and not self.missing


def verify_feedback(session: Session, codes: Collection[str] = ()) -> FeedbackVerdict:
    """Check the chain of all feedback, or of `codes`, and the rows against it.

    What cannot be read is broken, and keeps nothing else from being checked.
    """
    wanted = select(Complaint.id, Complaint.code).order_by(Complaint.id)
    if codes:
        wanted = wanted.where(Complaint.code.in_(codes))
    before = _given(session)
    found = session.execute(wanted).all()
    known = Counter(day_of(row.code) for row in found)
    missing = () if codes else _missing(before, known, _given(session))
    broken = tuple(row.code for row in found if not _holds(session, row.id))
    return FeedbackVerdict(checked=len(found), broken=broken, missing=missing)


def _holds(session: Session, number: int) -> bool:
    try:
        complaint = session.get_one(Complaint, number)
        officers, entries = concerned_by(session, number), entries_about(session, number)
        return chain_holds(complaint, officers, entries)
    except Exception:  # whatever a damaged row raises, it is a finding
        return False


def _given(session: Session) -> dict[date, int]:
    """How many codes were given on each day."""
    wanted = select(ComplaintCounter.day, ComplaintCounter.last).order_by(ComplaintCounter.day)
    return {row.day: row.last for row in session.execute(wanted)}


def _missing(
    before: Mapping[date, int], known: Counter[str], after: Mapping[date, int]
) -> tuple[tuple[date, int], ...]:
    """Where fewer are there than codes were given before they were read, or more than after.

    What citizens send while the record is read is neither.
    """
    found = []
    for day, last in after.items():
        there = known[f"{day:%y%m%d}"]
        if count := max(before.get(day, 0) - there, 0) or min(last - there, 0):
            found.append((day, count))
    return tuple(found)
