"""How a result goes back, told again from the journal and compared with its rows."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.postal.model import ResultReturn
from app.queries.result_returns import return_told

#: Entry (if a single one) and detail of what differs.
Finding = tuple[int | None, str]


def return_findings(
    session: Session, dossier_id: int, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """A choice that is not what the journal tells, or that it does not know."""
    chosen = [one for one in entries if one.event is Event.RESULT_RETURN_CHOSEN]
    row = session.get(ResultReturn, dossier_id, populate_existing=True)
    if (row is None) != (not chosen):
        yield None, "choice"
    if row is None or not chosen or chosen[-1].payload is None:
        return
    last = chosen[-1]
    if row.choice != return_told(entries):
        yield last.seq, "choice"
    if row.chosen_at != last.at:
        yield last.seq, "chosen_at"
    if row.chosen_by_id != last.actor_id:
        yield last.seq, "chosen_by_id"
