"""Dossiers that were handed in before there were clocks, as the upgrade has left them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.dossiers.clock import Clocks, ClockState, Fact, Pause
from app.domain.dossiers.status import ASKED, FINISHED, RECEIVED, Status
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry

_PAUSES = {Status.SUPPLEMENT_REQUESTED: Pause.SUPPLEMENT, Status.AWAITING_PAYMENT: Pause.PAYMENT}


def is_from_before_clocks(entries: Sequence[JournalEntry]) -> bool:
    """Whether the submission tells no legal term, as all do since there are clocks."""
    first = next((one.payload for one in entries if one.event is Event.DOSSIER_SUBMITTED), None)
    return first is not None and "term" not in first


class Upgraded:
    """The clocks of such a dossier while nothing has been told about them.

    Whenever the upgrade came, it set them by the status of that moment; if nothing was told since
    then, they still stand so. It dated the beginning of a pause by the last change of the process.
    """

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        first = entries[0].payload or {}
        self.status = Status.SUBMITTED
        #: When the process may have changed last.
        self.moments = frozenset(entry.at for entry in entries)
        self._received = False
        self._promised = datetime.fromisoformat(first["due_at"])
        self.clocks = Clocks(due_at_current=self._promised, reception_started_at=entries[0].at)

    def follows(self, entry: JournalEntry) -> bool:
        """Take in an entry that told nothing of clocks; False if it moves them nevertheless."""
        told = entry.payload or {}
        if entry.event in RUNS:
            self.status = Status(told["status"])
            self._received |= self.status in RECEIVED
            self.clocks = replace(self.clocks, **self._by_status(entry.at))
            return True
        if entry.event is Event.DUE_DATES_MOVED and "reception_due_at" not in told:
            moved = datetime.fromisoformat(told["due_at"])
            self.clocks = replace(self.clocks, due_at_current=moved)
            return True
        return False

    def paused_as_told(self, facts: Sequence[Fact]) -> Clocks:
        """The clocks before these facts, of which one may tell when the pause began."""
        for fact in facts:
            if fact.event is Event.CLOCK_RESUMED and self.clocks.paused_at:
                told = datetime.fromisoformat(fact.told["paused_at"])
                if told in self.moments:
                    return replace(self.clocks, paused_at=told)
        return self.clocks

    def _by_status(self, at: datetime) -> dict[str, Any]:
        paused = self._received and self.status in ASKED
        state = ClockState.PAUSED if paused else ClockState.RUNNING
        if not self._received:
            state = ClockState.WAITING
        if self.status in FINISHED:
            state = ClockState.STOPPED
        return {
            "state": state,
            "due_at_original": self._promised if self._received else None,
            "paused_at": at if paused else None,
            "paused_for": _PAUSES[self.status] if paused else None,
        }
