"""The due dates of a dossier, and the editions behind them, against the journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.dossiers.clock import DATED
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.journal.events import DATES_STEPS, Event
from app.domain.journal.model import JournalEntry
from app.queries.findings import Finding

#: What gives the dossier itself a date.
_DATING = DATED | {Event.DOSSIER_SUBMITTED, Event.DUE_DATES_MOVED}


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the journal said last of a step: when, with which edition, in which entry."""

    due_at: datetime
    edition: int
    seq: int


def odd_dates(
    dossier: Dossier, items: Iterable[InboxItem], entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """The dossier's edition and the due dates of its steps that are not those last told.

    The dossier's own dates are counted again elsewhere, see `clock_evidence`.

    Entries from before steps told their dates say nothing about them.
    """
    edition, steps = _last_told(entries)
    if edition and dossier.calendar_version_id != edition[1]:
        yield edition[0], "calendar_version_id"
    for item in sorted(items, key=lambda one: one.id):
        known = steps.get(item.task_id)
        if known and (item.due_at, item.calendar_version_id) != (known.due_at, known.edition):
            yield known.seq, f"task {item.task_id} {item.step}"


def _last_told(
    entries: Sequence[JournalEntry],
) -> tuple[tuple[int, int] | None, dict[str, _Told]]:
    """Entry and number of the edition that the dossier was dated with last, and its steps."""
    edition: tuple[int, int] | None = None
    steps: dict[str, _Told] = {}
    for entry in entries:
        payload: Mapping[str, Any] = entry.payload or {}
        if payload and entry.event in _DATING:
            edition = entry.seq, int(payload.get("edition", entry.calendar_version_id))
        if entry.event in DATES_STEPS:
            told = payload.get("steps", ())
            steps |= {one["task"]: _said(one, entry.seq) for one in told}
        steps |= {
            one["task"]: _said(one, entry.seq)
            for one in payload.get("opened", ())
            if "due_at" in one
        }
    return edition, steps


def _said(told: Mapping[str, Any], seq: int) -> _Told:
    return _Told(
        due_at=datetime.fromisoformat(told["due_at"]), edition=int(told["edition"]), seq=seq
    )


def named_editions(
    dossier: Dossier, items: Iterable[InboxItem], entries: Iterable[JournalEntry]
) -> list[int]:
    """Every edition that the dossier, its work or its journal names."""
    named = {entry.calendar_version_id for entry in entries}
    return sorted(
        named | {dossier.calendar_version_id} | {one.calendar_version_id for one in items}
    )


def told_hashes(entries: Iterable[JournalEntry]) -> Iterator[tuple[int, int, str]]:
    """Entry, edition and hash wherever the journal tells one."""
    for entry in entries:
        for number, told in (entry.payload or {}).get("editions", {}).items():
            yield entry.seq, int(number), told
