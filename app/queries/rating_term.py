"""What a rating compares the whole time of a dossier with: the promise on its receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.dossiers.model import Dossier
from app.domain.feedback.computed import TermFacts
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.procedures.cases import SupplementClock
from app.worktime import WorkingCalendar, extended_due


@dataclass(frozen=True, kw_only=True)
class _Promise:
    """The date on the receipt, as far as the journal has told."""

    due_at: datetime | None = None
    reappointed: bool = False
    in_time: bool | None = None


def term_facts(
    dossier: Dossier, entries: Sequence[JournalEntry], calendar: WorkingCalendar
) -> TermFacts:
    """The promise of the receipt, moved by pauses and calendars but by no apology (spec L-06).

    `calendar` is the one that the dossier's dates are counted with.
    """
    promise = _Promise()
    for entry in entries:
        read = _READERS.get(entry.event)
        if read is not None and entry.payload:
            promise = read(promise, entry, entry.payload, calendar)
    return TermFacts(
        due_at=promise.due_at,
        finished_at=_finished_at(dossier, entries),
        reappointed=promise.reappointed,
        received_in_time=promise.in_time,
    )


def _answered(
    promise: _Promise, _entry: JournalEntry, told: Mapping[str, Any], _calendar: WorkingCalendar
) -> _Promise:
    """Late once is late."""
    return replace(promise, in_time=promise.in_time is not False and bool(told["in_time"]))


def _promised(
    promise: _Promise, _entry: JournalEntry, told: Mapping[str, Any], _calendar: WorkingCalendar
) -> _Promise:
    return replace(promise, due_at=_moment(told["due_at"]))


def _resumed(
    promise: _Promise, entry: JournalEntry, told: Mapping[str, Any], calendar: WorkingCalendar
) -> _Promise:
    """After an apology the journal tells the date of that: the first one is counted on here."""
    if told["mode"] == SupplementClock.RESTART.value:
        return replace(promise, due_at=_moment(told["due_at"]), reappointed=False)
    if promise.reappointed and promise.due_at is not None:
        due_at = extended_due(calendar, promise.due_at, _moment(told["paused_at"]), entry.at)
        return replace(promise, due_at=due_at)
    return replace(promise, due_at=_moment(told["due_at"]))


def _moved(
    promise: _Promise, _entry: JournalEntry, told: Mapping[str, Any], _calendar: WorkingCalendar
) -> _Promise:
    """Before the receipt nothing is promised yet, and a date of an apology is no promise here."""
    if promise.due_at is None or promise.reappointed:
        return promise
    return replace(promise, due_at=_moment(told["due_at"]))


def _reappointed(
    promise: _Promise, _entry: JournalEntry, _told: Mapping[str, Any], _calendar: WorkingCalendar
) -> _Promise:
    return replace(promise, reappointed=True)


_READERS: Mapping[Event, Callable[..., _Promise]] = {
    Event.RECEPTION_MET: _answered,
    Event.DUE_DATE_SET: _promised,
    Event.CLOCK_RESUMED: _resumed,
    Event.DUE_DATES_MOVED: _moved,
    Event.DATE_REAPPOINTED: _reappointed,
}


def _finished_at(dossier: Dossier, entries: Sequence[JournalEntry]) -> datetime:
    """When the clock stopped; dossiers from before the clocks have it in their row."""
    stopped = [entry.at for entry in entries if entry.event is Event.CLOCK_STOPPED]
    return stopped[-1] if stopped else dossier.finished_at or entries[-1].at


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)
