"""The dates of a dossier, counted again from its journal and the editions named there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.clock import COUNTED, Clocks, ClockState, Fact, Pause, after
from app.domain.dossiers.clock_history import TermHistory, counted_again, remembered
from app.domain.dossiers.clock_rules import Hold, Law, Move, begin, follow
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.journal.events import PAYS, RUNS, Event
from app.domain.journal.model import JournalEntry
from app.queries.clock_upgrade import Upgraded, is_from_before_clocks
from app.queries.clocks import clocks_of, law_of
from app.queries.findings import Finding
from app.queries.payment_holds import HOLD

#: By the number of a run's entry, what held the clock after it: known only to a replay.
Holds = Mapping[int, tuple[Hold, ...]]


@dataclass(frozen=True, kw_only=True)
class _Turn:
    """A run, a new edition or a new promise, and the facts about the clocks right after it."""

    entry: JournalEntry
    facts: tuple[Fact, ...]


def clock_findings(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry], holds: Holds | None
) -> Iterator[Finding]:
    """Facts that do not follow from the runs, and columns that do not follow from the facts.

    Without a replay nobody knows what held the clock; then it is taken from the facts, and the
    dates alone are counted again. Of a dossier from before the clocks the first date is taken as it
    is told, and its clocks as the upgrade set them; everything from their first fact on is counted
    again.
    """
    first = next((one.payload for one in entries if one.event is Event.DOSSIER_SUBMITTED), None)
    if not first:
        return
    walk = _Walk(
        session=session,
        dossier=dossier,
        submitted_at=entries[0].at,
        clocks=Clocks(due_at_current=datetime.fromisoformat(first["due_at"])),
        upgraded=Upgraded(entries) if is_from_before_clocks(entries) else None,
    )
    if not walk.upgraded and not walk.begins(entries[0]):
        yield entries[0].seq, "due_at"
    for turn in _turns(entries):
        if not walk.turns(turn, holds):
            yield turn.entry.seq, "dates" if turn.entry.event in _ALONE else "facts"
    yield from _columns(dossier, walk.clocks, walk.upgraded)


@dataclass(kw_only=True)
class _Walk:
    """How far the journal has been followed."""

    session: Session
    dossier: Dossier
    submitted_at: datetime
    clocks: Clocks
    status: Status = Status.SUBMITTED
    history: TermHistory = field(default_factory=TermHistory)
    #: Whether a leader has set the date anew, which may happen once (spec L-06).
    promised_again: bool = False
    #: Number of the demand that keeps the dossier waiting beside its diagram.
    owed: int | None = None
    #: How a dossier from before the clocks stands, until a fact about them is told.
    upgraded: Upgraded | None = None

    def turns(self, turn: _Turn, holds: Holds | None) -> bool:
        """Follow what happened next; says whether it is what the rules give."""
        if self.upgraded:
            if not turn.facts and self.upgraded.follows(turn.entry):
                self.clocks, self.status = self.upgraded.clocks, self.upgraded.status
                return True
            self.clocks = self.upgraded.paused_as_told(turn.facts)
            self.upgraded = None
        alone = _ALONE.get(turn.entry.event)
        return alone(self, turn.entry) if alone else self.runs(turn, holds)

    def begins(self, entry: JournalEntry) -> bool:
        """Whether the date that was told first is right."""
        law = self._law(entry.calendar_version_id)
        return self.clocks == begin(self.submitted_at, law)

    def runs(self, turn: _Turn, holds: Holds | None) -> bool:
        """Follow a run; says whether its facts are what the rules give."""
        told, at = turn.entry.payload or {}, turn.entry.at
        before, self.status = self.status, Status(told["status"])
        self._owes(turn.entry)
        held = _inferred(self.clocks, turn) if holds is None else holds.get(turn.entry.seq, ())
        if self.owed is not None and holds is not None:
            held = (*held, HOLD)
        move = Move(at=at, before=before, after=self.status, holds=held)
        law = self._law(turn.entry.calendar_version_id)
        right = [_plain(fact) for fact in follow(self.clocks, move, law)]
        for fact in turn.facts:
            self.clocks = after(self.clocks, fact, at)
            self.history = remembered(self.history, fact, at)
        return [_plain(fact) for fact in turn.facts] == right

    def _owes(self, entry: JournalEntry) -> None:
        """Follow what has to be paid: a wait ends with its demand, and with status 6."""
        told = entry.payload or {}
        if entry.event is Event.PAYMENT_DEMANDED and told["holds"]:
            self.owed = told["number"]
        elif entry.event in PAYS and told["number"] == self.owed:
            self.owed = None
        if self.status is not Status.AWAITING_PAYMENT:
            self.owed = None

    def moves(self, entry: JournalEntry) -> bool:
        """Follow a new edition; says whether it gives the dates that are told."""
        told = entry.payload or {}
        law = self._law(int(told["edition"]))
        right = counted_again(self.clocks, self.history, law, self.submitted_at)
        self.clocks = after(self.clocks, Fact(event=entry.event, told=told), entry.at)
        found = (self.clocks.due_at_current, self.clocks.reception_due_at)
        return found == (right.due_at, right.reception_due_at)

    def promises(self, entry: JournalEntry) -> bool:
        """Follow a new promise; says whether it could be made: once, by a person, and later."""
        told, before = entry.payload or {}, self.clocks
        fact = Fact(event=entry.event, told=told)
        self.clocks = after(before, fact, entry.at)
        self.history = remembered(self.history, fact, entry.at)
        first, self.promised_again = not self.promised_again, True
        right = before.due_at_current == datetime.fromisoformat(told["due_before"])
        later = self.clocks.due_at_current > max(before.due_at_current, entry.at)
        running = before.state is ClockState.RUNNING
        return first and right and later and running and entry.actor_id is not None

    def _law(self, edition_id: int) -> Law:
        return law_of(self.dossier, loaded_edition(self.session, edition_id).calendar)


#: What happens to the clocks without a run.
_ALONE: Mapping[Event, Callable[[_Walk, JournalEntry], bool]] = {
    Event.DUE_DATES_MOVED: _Walk.moves,
    Event.DATE_REAPPOINTED: _Walk.promises,
}


def _turns(entries: Sequence[JournalEntry]) -> Iterator[_Turn]:
    """Runs and payments with the facts behind them; new editions and promises stand alone."""
    turn: _Turn | None = None
    for entry in entries:
        if entry.event in RUNS | PAYS or entry.event in _ALONE:
            if turn:
                yield turn
            turn = _Turn(entry=entry, facts=())
        elif turn and entry.event in COUNTED:
            fact = Fact(event=entry.event, told=entry.payload or {})
            turn = replace(turn, facts=(*turn.facts, fact))
    if turn:
        yield turn


def _inferred(clocks: Clocks, turn: _Turn) -> tuple[Hold, ...]:
    """What must have held the clock for the facts to be right."""
    told: Sequence[Hold] = [
        Hold(pause=Pause(fact.told["reason"]), step=fact.told["step"])
        for fact in turn.facts
        if fact.event is Event.CLOCK_PAUSED
    ]
    goes_on = not any(fact.event is Event.CLOCK_RESUMED for fact in turn.facts)
    if clocks.state is ClockState.PAUSED and clocks.paused_for and goes_on:
        return (Hold(pause=clocks.paused_for, step=""),)
    return tuple(told)


def _plain(fact: Fact) -> tuple[str, dict[str, Any]]:
    return fact.event.value, dict(fact.told)


def _columns(dossier: Dossier, clocks: Clocks, upgraded: Upgraded | None) -> Iterator[Finding]:
    found = clocks_of(dossier)
    if upgraded and clocks.paused_at and found.paused_at in upgraded.moments:
        clocks = replace(clocks, paused_at=found.paused_at)
    for name in Clocks.__dataclass_fields__:
        if getattr(found, name) != getattr(clocks, name):
            yield None, "clock" if name == "state" else name
