"""How a result goes back, told again from the journal and compared with its rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.postal.model import Parcel, ResultReturn
from app.domain.postal.states import UNTOLD, ParcelState
from app.queries.findings import Finding
from app.queries.result_returns import return_told


def return_findings(
    row: ResultReturn | None, parcel: Parcel | None, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """A choice or a parcel that is not what the journal tells, or that it does not know."""
    chosen = [one for one in entries if one.event is Event.RESULT_RETURN_CHOSEN]
    if (row is None) != (not chosen):
        yield None, "choice"
    elif row is not None and chosen[-1].payload is not None:
        yield from _choice(row, chosen[-1], entries)
    yield from _parcel(parcel, entries)


def _choice(
    row: ResultReturn, last: JournalEntry, entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    if row.choice != return_told(entries):
        yield last.seq, "choice"
    if row.chosen_at != last.at:
        yield last.seq, "chosen_at"
    if row.chosen_by_id != last.actor_id:
        yield last.seq, "chosen_by_id"


def _parcel(row: Parcel | None, entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """A parcel that the carrier has is where he has last said that it is."""
    seq, told = _told(entries)
    if row is None or row.state in UNTOLD:
        if told:
            yield seq, "parcel"
        return
    if not told:
        yield None, "parcel"
    for column, value in told.items():
        if getattr(row, column) != value:
            yield seq, f"parcel {column}"


def _told(entries: Sequence[JournalEntry]) -> tuple[int | None, dict[str, Any]]:
    """The columns of the parcel as the entries give them, and the last of these."""
    seq, told = None, dict[str, Any]()
    for entry in entries:
        said = entry.payload
        if said is None:
            continue
        if entry.event is Event.PARCEL_ORDERED:
            seq, told = entry.seq, {"state": ParcelState.ORDERED, "ordered_at": entry.at}
            told |= {"number": said["order"], "item_code": said["item_code"]}
        elif entry.event is Event.PARCEL_MOVED:
            moved_at = datetime.fromisoformat(said["moved_at"])
            known = told.get("moved_at", moved_at)
            seq = entry.seq
            told |= {"state": ParcelState(said["state"]), "moved_at": max(moved_at, known)}
    return seq, told
