"""The letters of a dossier, told again from its journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.apologies.model import Apology, LetterState
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.queries.findings import Finding, compared

Letters = dict[int, dict[str, Any]]


def letter_findings(
    letters: Iterable[Apology], entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """Letters that are not what the journal tells, and letters that it does not know."""
    kept = {letter.number: letter for letter in letters}
    yield from compared("letter", kept, letters_told(entries))


def letters_told(entries: Sequence[JournalEntry]) -> Letters:
    """The columns of every letter as the entries give them, by the letter's number."""
    letters: Letters = {}
    for entry in entries:
        if entry.event in _READERS and entry.payload is not None:
            _READERS[entry.event](letters, entry, entry.payload)
    return letters


def _drafted(letters: Letters, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    letters[told["number"]] = {
        "state": LetterState.DRAFT,
        "due_before": datetime.fromisoformat(told["due_before"]),
        "due_at": datetime.fromisoformat(told["due_at"]),
        "cause": told["cause"],
        "drafted_at": entry.at,
        "drafted_by_id": entry.actor_id,
        "edited_by_id": None,
        "reason": None,
        "document": None,
        "decided_at": None,
        "decided_by_id": None,
    }


def _edited(letters: Letters, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    due_at = datetime.fromisoformat(told["due_at"])
    change = {"reason": told["reason"], "due_at": due_at, "edited_by_id": entry.actor_id}
    letters[told["number"]] |= change


def _decided(letters: Letters, entry: JournalEntry, told: Mapping[str, Any]) -> None:
    approved = entry.event is Event.DATE_REAPPOINTED
    state = LetterState.APPROVED if approved else LetterState.REJECTED
    change = {"state": state, "reason": told["reason"]}
    change |= {"decided_at": entry.at, "decided_by_id": entry.actor_id}
    if approved:
        due_at = datetime.fromisoformat(told["due_at"])
        change |= {"document": told["document"], "due_at": due_at}
    letters[told["number"]] |= change


def _lapsed(letters: Letters, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
    """The date of a draft counts no more: the clock waits or stops, or the date moved."""
    if "due_before" in told and told["due_before"] == told["due_at"]:
        return
    for letter in letters.values():
        if letter["state"] is LetterState.DRAFT:
            letter["state"] = LetterState.OBSOLETE


_READERS: Mapping[Event, Callable[[Letters, JournalEntry, Mapping[str, Any]], None]] = {
    Event.APOLOGY_DRAFTED: _drafted,
    Event.APOLOGY_EDITED: _edited,
    Event.APOLOGY_REJECTED: _decided,
    Event.DATE_REAPPOINTED: _decided,
    Event.CLOCK_PAUSED: _lapsed,
    Event.CLOCK_STOPPED: _lapsed,
    Event.DUE_DATES_MOVED: _lapsed,
}
