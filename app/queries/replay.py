"""Rebuild a dossier's process from its journal, and compare every state (design: proof)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.journal.rules import Break, Head, verify
from app.domain.processes.model import Process
from app.engine import Definition, Outcome, complete, finish_service, start, tick
from app.queries.definitions import loaded_version


@dataclass(frozen=True, kw_only=True)
class ReplayedStep:
    """One journal entry, run again."""

    seq: int
    event: Event
    #: Whether the rebuilt state is byte for byte the recorded one.
    identical: bool
    #: Elements passed; a leading minus marks one that was cancelled.
    passed: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """The verdict on a whole dossier."""

    steps: tuple[ReplayedStep, ...]
    #: Where the hash chain breaks; None when it holds.
    chain: Break | None
    #: Whether the stored state of the process equals the last rebuilt one.
    state_identical: bool

    @property
    def identical(self) -> bool:
        """Whether everything that can be compared is the same."""
        return self.chain is None and self.state_identical and all(s.identical for s in self.steps)


def verify_chain(session: Session, dossier: Dossier) -> Break | None:
    """Check the hash chain of a dossier."""
    process = session.get_one(Process, dossier.id)
    head = Head(seq=process.head_seq, hash=process.head_hash)
    return verify(entries_of(session, dossier.id), head)


def replay(session: Session, dossier: Dossier) -> Replay:
    """Run the journal again with the pinned version, the recorded clock and the recorded seed."""
    entries = entries_of(session, dossier.id)
    process = session.get_one(Process, dossier.id)
    definition = loaded_version(session, dossier.version_id).diagram(process.diagram)
    steps, last = _run_all(definition, entries)
    return Replay(
        steps=steps,
        chain=verify(entries, Head(seq=process.head_seq, hash=process.head_hash)),
        state_identical=last == process.snapshot,
    )


def _run_all(
    definition: Definition, entries: Sequence[JournalEntry]
) -> tuple[tuple[ReplayedStep, ...], bytes]:
    steps: list[ReplayedStep] = []
    snapshot = b""
    open_steps: tuple[str, ...] = ()
    for entry in entries:
        if entry.event not in RUNS or entry.payload is None:
            steps.append(_quiet(entry, open_steps))
            continue
        outcome = _run(definition, snapshot, entry)
        snapshot = outcome.snapshot
        open_steps = tuple(task.step for task in outcome.open)
        steps.append(_compared(entry, outcome, open_steps))
    return tuple(steps), snapshot


def _run(definition: Definition, snapshot: bytes, entry: JournalEntry) -> Outcome:
    told = entry.payload or {}
    match entry.event:
        case Event.DOSSIER_SUBMITTED:
            return start(definition, told["variables"], now=entry.at, seed=told["seed"])
        case Event.TASK_COMPLETED:
            return complete(definition, snapshot, told["task"], told["variables"], now=entry.at)
        case Event.SERVICE_COMPLETED:
            return finish_service(
                definition, snapshot, told["task"], told["variables"], now=entry.at
            )
        case _:
            return tick(definition, snapshot, now=entry.at)


def _quiet(entry: JournalEntry, open_steps: tuple[str, ...]) -> ReplayedStep:
    """An entry that moved nothing; an erased run can no longer be compared."""
    return ReplayedStep(
        seq=entry.seq,
        event=entry.event,
        identical=entry.event not in RUNS,
        passed=(),
        open=open_steps,
    )


def _compared(entry: JournalEntry, outcome: Outcome, open_steps: tuple[str, ...]) -> ReplayedStep:
    told = entry.payload or {}
    return ReplayedStep(
        seq=entry.seq,
        event=entry.event,
        identical=told.get("state") == outcome.digest.hex(),
        passed=tuple(told.get("passed", ())),
        open=open_steps,
    )
