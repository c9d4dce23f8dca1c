"""What happens to a dossier and the law of its case give facts about its clocks (docs/adr/0010)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.dossiers.clock import Clocks, ClockState, Fact, Pause, after
from app.domain.dossiers.status import ASKED, FINISHED, RECEIVED, Status
from app.domain.journal.events import Event
from app.domain.procedures.cases import SupplementClock
from app.worktime import Term, WorkingCalendar, classify, extended_due, reception_deadline, term_due


@dataclass(frozen=True, kw_only=True)
class Law:
    """What a dossier's dates are counted with."""

    #: Whether the time to receive it is limited, as for all that is sent online (spec L-01).
    online: bool
    term: Term
    supplement_clock: SupplementClock
    #: Of the unit that settles it, with the province's rules.
    calendar: WorkingCalendar

    @property
    def restarts(self) -> bool:
        """Whether a full new term follows on a supplement."""
        return self.supplement_clock is SupplementClock.RESTART


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A step that is open now and keeps the term waiting."""

    pause: Pause
    step: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """What an engine run did to a dossier."""

    at: datetime
    before: Status
    after: Status
    #: Everything that keeps the term waiting from now on.
    holds: tuple[Hold, ...] = ()

    @property
    def hold(self) -> Hold | None:
        """The hold that counts: a supplement before a payment before any other step."""
        order = list(Pause)
        return min(self.holds, key=lambda hold: order.index(hold.pause), default=None)

    @property
    def comes_back(self) -> bool:
        """Whether the applicant has answered or paid."""
        return self.before in ASKED and self.after not in ASKED


def begin(at: datetime, law: Law) -> Clocks:
    """The clocks of a dossier that is being handed in."""
    return Clocks(due_at_current=expected_at(at, law))


def expected_at(at: datetime, law: Law) -> datetime:
    """The latest date the applicant has to reckon with if he hands in at that moment."""
    begins = reception_deadline(law.calendar, at).due if law.online else at
    return term_due(law.calendar, begins, law.term)


def follow(clocks: Clocks, move: Move, law: Law) -> tuple[Fact, ...]:
    """What a run means for the clocks, fact by fact in the order of the law.

    Raises as the counting does (`app.worktime`): a date that cannot be found stops the run.
    """
    facts: list[Fact] = []
    for rule in _RULES:
        for fact in rule(clocks, move, law):
            facts.append(fact)
            clocks = after(clocks, fact, move.at)
    return tuple(facts)


def _answered(clocks: Clocks, move: Move, _law: Law) -> Iterator[Fact]:
    """Any way out of status 1 is an answer (spec L-02); opening the dossier is none (SLA-6)."""
    due_at = clocks.open_reception_due_at
    if due_at is not None and move.after is not Status.SUBMITTED:
        told = {"due_at": due_at.isoformat(), "answer": int(move.after)}
        yield Fact(event=Event.RECEPTION_MET, told=told | {"in_time": move.at <= due_at})


def _handed_in(clocks: Clocks, move: Move, law: Law) -> Iterator[Fact]:
    """Sent, paid for (SLA-7) or supplemented before its reception (SLA-8): the time begins anew."""
    first = clocks.reception_started_at is None
    waits = clocks.state is ClockState.WAITING and move.after is Status.SUBMITTED
    if waits and (first or move.comes_back):
        due = reception_deadline(law.calendar, move.at).due if law.online else None
        yield Fact(
            event=Event.RECEPTION_STARTED,
            told={
                "due_at": due.isoformat() if due else None,
                "expected_at": expected_at(move.at, law).isoformat(),
            },
        )


def _received(clocks: Clocks, move: Move, law: Law) -> Iterator[Fact]:
    """The receipt promises a date. At a counter it counts from when the papers were handed in."""
    if clocks.state is ClockState.WAITING and move.after in RECEIVED:
        handed_in = None if law.online or move.comes_back else clocks.reception_started_at
        since = handed_in or move.at
        due_at = term_due(law.calendar, since, law.term)
        told = {"since": since.isoformat(), "due_at": due_at.isoformat()}
        yield Fact(event=Event.DUE_DATE_SET, told=told)


def _resumed(clocks: Clocks, move: Move, law: Law) -> Iterator[Fact]:
    """A pause ends with its reason, and with the dossier: then what passed must not count."""
    reason, paused_at = clocks.paused_for, clocks.paused_at
    if reason is None or paused_at is None:
        return
    ends = move.after in FINISHED
    if not ends and move.hold and move.hold.pause is reason:
        return
    due_before, mode = clocks.due_at_current, SupplementClock.RESUME
    due_at = extended_due(law.calendar, due_before, paused_at, move.at)
    if reason is Pause.SUPPLEMENT and not ends and law.restarts:
        mode = SupplementClock.RESTART
        due_at = term_due(law.calendar, move.at, law.term)
    told = {
        "reason": reason.value,
        "mode": mode.value,
        "paused_at": paused_at.isoformat(),
        "due_before": due_before.isoformat(),
        "due_at": due_at.isoformat(),
    }
    yield Fact(event=Event.CLOCK_RESUMED, told=told)


def _paused(clocks: Clocks, move: Move, _law: Law) -> Iterator[Fact]:
    """The term waits with whoever holds it (spec L-04, L-09)."""
    running = clocks.state is ClockState.RUNNING and move.after not in FINISHED
    if running and move.hold:
        yield Fact(
            event=Event.CLOCK_PAUSED,
            told={
                "reason": move.hold.pause.value,
                "step": move.hold.step,
                "due_at": clocks.due_at_current.isoformat(),
            },
        )


def _stopped(clocks: Clocks, move: Move, _law: Law) -> Iterator[Fact]:
    """The office is done; whether in time is said by date and by instant (spec L-10, L-11)."""
    if clocks.state is ClockState.STOPPED or move.after not in FINISHED:
        return
    told: dict[str, Any] = dict.fromkeys(("due_at", "by_date", "by_instant"))
    if clocks.due_at_original is not None:
        timing = classify(move.at, clocks.due_at_current, move.at)
        told = {
            "due_at": clocks.due_at_current.isoformat(),
            "by_date": timing.by_date.value,
            "by_instant": timing.by_instant.value,
        }
    yield Fact(event=Event.CLOCK_STOPPED, told=told)


_RULES: tuple[Callable[[Clocks, Move, Law], Iterator[Fact]], ...] = (
    _answered,
    _handed_in,
    _received,
    _resumed,
    _paused,
    _stopped,
)
