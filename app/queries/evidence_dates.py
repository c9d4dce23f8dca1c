"""The due dates of a dossier, and the editions behind them, against the journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry

#: Entry (if a single one) and detail of something that differs.
Finding = tuple[int | None, str]


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the journal said last: when, with which edition, in which entry."""

    due_at: datetime
    edition: int
    seq: int


def odd_dates(
    dossier: Dossier, items: Iterable[InboxItem], entries: Sequence[JournalEntry]
) -> Iterator[Finding]:
    """Due dates of the dossier and of its open steps that are not those last told.

    Entries from before steps told their dates say nothing about them.
    """
    told, steps = _last_told(entries)
    if told:
        if dossier.due_at_current != told.due_at:
            yield told.seq, "due_at_current"
        if dossier.calendar_version_id != told.edition:
            yield told.seq, "calendar_version_id"
    for item in sorted(items, key=lambda one: one.id):
        known = steps.get(item.task_id) if item.state is ItemState.OPEN else None
        if known and (item.due_at, item.calendar_version_id) != (known.due_at, known.edition):
            yield known.seq, f"task {item.task_id} {item.step}"


def _last_told(entries: Sequence[JournalEntry]) -> tuple[_Told | None, dict[str, _Told]]:
    told: _Told | None = None
    steps: dict[str, _Told] = {}
    for entry in entries:
        payload: Mapping[str, Any] = entry.payload or {}
        if payload and entry.event is Event.DOSSIER_SUBMITTED:
            told = _said({"edition": entry.calendar_version_id, **payload}, entry.seq)
        if payload and entry.event is Event.DUE_DATES_MOVED:
            told = _said(payload, entry.seq)
            steps |= {one["task"]: _said(one, entry.seq) for one in payload["steps"]}
        steps |= {
            one["task"]: _said(one, entry.seq)
            for one in payload.get("opened", ())
            if "due_at" in one
        }
    return told, steps


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
