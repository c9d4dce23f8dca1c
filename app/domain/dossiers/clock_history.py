"""What a date rests on, so that it can be counted again with another calendar."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.dossiers.clock import Clocks, ClockState, Fact
from app.domain.dossiers.clock_rules import Law, begin, expected_at
from app.domain.journal.events import Event
from app.domain.procedures.cases import SupplementClock
from app.worktime import extended_due, reception_deadline, term_due


@dataclass(frozen=True, kw_only=True)
class TermHistory:
    """Since when the term counts, and when it has waited since then."""

    #: None before the reception, and for dossiers from before the clocks.
    since: datetime | None = None
    #: The date that a leader has set instead of what the term gives; it is no matter of counting.
    appointed: datetime | None = None
    #: When it has waited, since that date was set if one was.
    pauses: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClockDates:
    """The dates of a dossier's clocks."""

    due_at: datetime
    reception_due_at: datetime | None


#: The facts that a history is made of.
REMEMBERED = frozenset({Event.DUE_DATE_SET, Event.CLOCK_RESUMED, Event.DATE_REAPPOINTED})


def remembered(history: TermHistory, fact: Fact, at: datetime) -> TermHistory:
    """The history with one fact more."""
    if fact.event is Event.DUE_DATE_SET:
        return TermHistory(since=datetime.fromisoformat(fact.told["since"]))
    if fact.event is Event.DATE_REAPPOINTED:
        appointed = datetime.fromisoformat(fact.told["due_at"])
        return replace(history, appointed=appointed, pauses=())
    if fact.event is not Event.CLOCK_RESUMED:
        return history
    if fact.told["mode"] == SupplementClock.RESTART.value:
        return TermHistory(since=at)
    pause = (datetime.fromisoformat(fact.told["paused_at"]), at)
    return replace(history, pauses=(*history.pauses, pause))


def counted_again(
    clocks: Clocks, history: TermHistory, law: Law, submitted_at: datetime
) -> ClockDates:
    """The dates under `law`, whose calendar may be another than before.

    What the office has done by now stays: an answered reception keeps its deadline, a stopped term
    its date. A term from before the clocks counts from the submission, as it did then. Raises as
    the counting does.
    """
    started_at, reception_due_at = clocks.reception_started_at, clocks.reception_due_at
    if clocks.open_reception_due_at and started_at:
        reception_due_at = reception_deadline(law.calendar, started_at).due
    due_at = clocks.due_at_current
    if clocks.state is ClockState.WAITING:
        due_at = (
            expected_at(started_at, law) if started_at else begin(submitted_at, law).due_at_current
        )
    elif clocks.state is not ClockState.STOPPED:
        counted = term_due(law.calendar, history.since or submitted_at, law.term)
        due_at = history.appointed or counted
        for paused_at, resumed_at in history.pauses:
            due_at = extended_due(law.calendar, due_at, paused_at, resumed_at)
    return ClockDates(due_at=due_at, reception_due_at=reception_due_at)
