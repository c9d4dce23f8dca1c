"""Where the clocks of a whole dossier stand, reception and term (docs/adr/0010).

The journal tells facts about them, and these facts alone give their state: whoever reads the
journal again finds the same dates. Which facts follow from what happens says `clock_rules`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from app.domain.journal.events import Event


class ClockState(Enum):
    """What the term does (spec §3.4)."""

    WAITING = "waiting"  # not received yet: nothing is promised, only the reception counts
    RUNNING = "running"  # it passes
    PAUSED = "paused"  # it waits for the applicant, for a payment, or where the law says so
    STOPPED = "stopped"  # the office is done (spec L-11)


class Pause(Enum):
    """Why the term waits; what comes first here counts where several reasons hold at once."""

    SUPPLEMENT = "supplement"  # the applicant completes the dossier
    PAYMENT = "payment"  # a fee or another obligation is to be paid (spec L-09)
    STEP = "step"  # a step whose time the law does not count


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something about the clocks that the journal has to tell."""

    event: Event
    told: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Where the clocks of a dossier stand; the columns of its row."""

    state: ClockState = ClockState.WAITING
    #: The date to reckon with: the promise, or before the reception the latest it can become.
    due_at_current: datetime
    #: The promise on the receipt; None until there is one.
    due_at_original: datetime | None = None
    #: When it was last handed in complete: sent, paid for, or supplemented before its reception.
    reception_started_at: datetime | None = None
    #: By when it has to be received; None where the law sets no such term.
    reception_due_at: datetime | None = None
    #: When the office answered: received it, asked for a supplement, refused it.
    reception_met_at: datetime | None = None
    paused_at: datetime | None = None
    paused_for: Pause | None = None

    @property
    def open_reception_due_at(self) -> datetime | None:
        """By when it has to be received, while that time is passing."""
        return self.reception_due_at if self.reception_met_at is None else None


def after(clocks: Clocks, fact: Fact, at: datetime) -> Clocks:
    """The clocks once the fact is true; facts of other things change nothing."""
    read = _READERS.get(fact.event)
    return read(clocks, fact.told, at) if read else clocks


def _read_start(clocks: Clocks, told: Mapping[str, Any], at: datetime) -> Clocks:
    return replace(
        clocks,
        reception_started_at=at,
        reception_due_at=_moment(told["due_at"]) if told["due_at"] else None,
        reception_met_at=None,
        due_at_current=_moment(told["expected_at"]),
    )


def _read_answer(clocks: Clocks, _told: Mapping[str, Any], at: datetime) -> Clocks:
    return replace(clocks, reception_met_at=at)


def _read_promise(clocks: Clocks, told: Mapping[str, Any], _at: datetime) -> Clocks:
    due_at = _moment(told["due_at"])
    return replace(clocks, state=ClockState.RUNNING, due_at_original=due_at, due_at_current=due_at)


def _read_pause(clocks: Clocks, told: Mapping[str, Any], at: datetime) -> Clocks:
    return replace(clocks, state=ClockState.PAUSED, paused_at=at, paused_for=Pause(told["reason"]))


def _read_resumption(clocks: Clocks, told: Mapping[str, Any], _at: datetime) -> Clocks:
    return replace(
        clocks,
        state=ClockState.RUNNING,
        due_at_current=_moment(told["due_at"]),
        paused_at=None,
        paused_for=None,
    )


def _read_stop(clocks: Clocks, _told: Mapping[str, Any], _at: datetime) -> Clocks:
    return replace(clocks, state=ClockState.STOPPED)


def _read_move(clocks: Clocks, told: Mapping[str, Any], _at: datetime) -> Clocks:
    """Another edition of the calendar; entries from before the clocks tell of no reception."""
    reception = told.get("reception_due_at")
    return replace(
        clocks,
        due_at_current=_moment(told["due_at"]),
        reception_due_at=_moment(reception) if reception else clocks.reception_due_at,
    )


def _read_new_date(clocks: Clocks, told: Mapping[str, Any], _at: datetime) -> Clocks:
    """A leader has promised another date; the first promise stays what it was (spec Q-06)."""
    return replace(clocks, due_at_current=_moment(told["due_at"]))


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


_READERS: Mapping[Event, Callable[[Clocks, Mapping[str, Any], datetime], Clocks]] = {
    Event.RECEPTION_STARTED: _read_start,
    Event.RECEPTION_MET: _read_answer,
    Event.DUE_DATE_SET: _read_promise,
    Event.CLOCK_PAUSED: _read_pause,
    Event.CLOCK_RESUMED: _read_resumption,
    Event.CLOCK_STOPPED: _read_stop,
    Event.DUE_DATES_MOVED: _read_move,
    Event.DATE_REAPPOINTED: _read_new_date,
}

#: The facts that follow from a run, see `clock_rules`.
COUNTED = frozenset(_READERS) - {Event.DUE_DATES_MOVED, Event.DATE_REAPPOINTED}
#: The facts whose date is counted with the calendar in force at that moment.
DATED = frozenset({Event.RECEPTION_STARTED, Event.DUE_DATE_SET, Event.CLOCK_RESUMED})
