"""Which timers a dossier has: as a replay tells them, or as its proven state has them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from app.domain.journal.model import JournalEntry
from app.engine import Definition, Outcome, look
from app.queries.alarm_evidence import ToldTimer

#: Looking runs nothing, so that no moment makes a difference.
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


def is_proven(snapshot: bytes, last: JournalEntry) -> bool:
    """Whether the stored state is the one whose digest the journal tells."""
    return sha256(snapshot).hexdigest() == (last.payload or {}).get("state")


def waiting_timers(definition: Definition, snapshot: bytes) -> Mapping[str, ToldTimer]:
    """The timers that a state waits for, by task; none where the diagram has no timer."""
    if not any(step.kind == "timer" for step in definition.steps.values()):
        return {}
    return timers_of(look(definition, snapshot, now=_ANY))


def timers_of(outcome: Outcome) -> dict[str, ToldTimer]:
    """The timers that wait after a run, by task."""
    return {
        timer.task_id: ToldTimer(step=timer.step, due_at=timer.due_at) for timer in outcome.timers
    }
