"""The rating of a dossier, and whether it is what the journal tells."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.feedback.computed import RULES, Computed
from app.domain.feedback.model import Rating
from app.domain.feedback.rules import RATEABLE, digest_of_comment
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.queries.findings import Finding
from app.queries.rating_facts import computed_criteria


def rating_of(session: Session, dossier_id: int) -> Rating | None:
    """The rating in force; None while nobody has rated."""
    return session.get(Rating, dossier_id, populate_existing=True)


def as_told(computed: Sequence[Computed]) -> tuple[dict[str, int], dict[str, Any]]:
    """Points and facts by the number of the criterion, as row and journal keep them."""
    points = {str(int(one.criterion)): one.points for one in computed}
    facts = {str(int(one.criterion)): dict(one.facts) for one in computed}
    return points, facts


def rating_findings(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """A rating that is not the one last told, and points that its facts do not give again."""
    told = [one for one in entries if one.event is Event.DOSSIER_RATED and one.payload is not None]
    if not told and dossier.status not in RATEABLE:
        return
    row = rating_of(session, dossier.id)
    if not told:
        if row is not None:
            yield None, "rating"
        return
    if row is None:
        yield told[-1].seq, "rating"
        return
    last, payload = told[-1], told[-1].payload or {}
    for name in _differing(row, told[0], last):
        yield last.seq, name
    if payload["rules"] == RULES:
        yield from _counted_again(session, dossier, entries, last)


def _differing(row: Rating, first: JournalEntry, last: JournalEntry) -> Iterator[str]:
    """Columns that hold something else than the last entry tells."""
    payload = last.payload or {}
    expected = {
        "seq": last.seq,
        "rated_by_id": last.actor_id,
        "rated_at": last.at,
        "first_rated_at": first.at,
    } | {name: payload[name] for name in ("rules", "points", "facts", "total")}
    yield from (name for name, value in expected.items() if getattr(row, name) != value)
    if digest_of_comment(row.comment) != payload["comment"]:
        yield "comment"


def _counted_again(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry], last: JournalEntry
) -> Iterator[Finding]:
    """Criteria 1 to 4 follow from what the journal told before."""
    before = [entry for entry in entries if entry.seq < last.seq]
    points, facts = as_told(computed_criteria(session, dossier, before))
    payload = last.payload or {}
    for number, value in points.items():
        if (payload["points"][number], payload["facts"][number]) != (value, facts[number]):
            yield last.seq, f"criterion {number}"
