"""Rebuild a dossier's process from its journal, and compare every state (design: proof)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import feel
from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.clock_rules import Hold
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.journal.events import PAYS, RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import chain_of, readable
from app.domain.journal.rules import EMPTY, Break, Head, Unreadable, verify
from app.domain.processes.model import Process, ProcessState
from app.engine import (
    Definition,
    Outcome,
    complete,
    deliver,
    end,
    event_of,
    finish_service,
    look,
    start,
    tick,
)
from app.engine.migrating import Route, move
from app.queries.alarm_evidence import ToldTimer
from app.queries.clock_upgrade import is_from_before_clocks
from app.queries.clocks import holds_of
from app.queries.definitions import loaded_version
from app.queries.evidence import Disagreement, Rebuilt, Soundness, agreement
from app.queries.evidence_timers import timers_of
from app.worktime import Counting


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
class Stop:
    """Where a replay could not go on, and why: the name of the error."""

    seq: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What can be said about a dossier without running anything again."""

    #: Where the hash chain breaks; None when it holds.
    chain: Break | None
    #: Rows that the journal does not bear out.
    disagreements: tuple[Disagreement, ...]
    #: Whether it was handed in before there were clocks: then its first date and how its clocks
    #: stood at the upgrade are taken as the record has them; all that came after is counted again.
    before_clocks: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.chain is None and not self.disagreements


@dataclass(frozen=True, kw_only=True)
class Replay(Verdict):
    """The verdict on a whole dossier."""

    steps: tuple[ReplayedStep, ...]
    #: Where running the entries again failed; None when all of them ran.
    stopped: Stop | None
    #: Whether the stored state of the process equals the last rebuilt one.
    state_identical: bool

    @property
    def identical(self) -> bool:
        """Whether everything that can be compared is the same."""
        ran = self.stopped is None and all(step.identical for step in self.steps)
        return self.holds and self.state_identical and ran


def verify_dossier(
    session: Session, dossier: Dossier, *, sound: Soundness | None = None
) -> Verdict:
    """Check the hash chain of a dossier, and its rows against the journal; runs nothing.

    `sound` is remembered from one dossier to the next, see `agreement`.
    """
    chain = chain_of(session, dossier.id)
    entries = readable(chain)
    return Verdict(
        chain=_check_chain(session, dossier, chain),
        disagreements=agreement(session, dossier, entries, sound=sound),
        before_clocks=is_from_before_clocks(entries),
    )


def journals_without_dossier(session: Session) -> Sequence[int]:
    """Numbers under which there is a journal and no dossier: somebody has deleted it."""
    return session.scalars(
        select(JournalEntry.dossier_id)
        .where(~exists().where(Dossier.id == JournalEntry.dossier_id))
        .distinct()
        .order_by(JournalEntry.dossier_id)
    ).all()


def replay(
    session: Session,
    dossier: Dossier,
    *,
    chain: Sequence[JournalEntry | Unreadable] | None = None,
) -> Replay:
    """Run the journal again with the pinned version, the recorded clock and the recorded seed.

    `chain` is its journal, where that was read already. Never raises for what somebody may have
    done to the rows: a replay that fails in the middle says at which entry.
    """
    chain = chain_of(session, dossier.id) if chain is None else chain
    entries = readable(chain)
    process = session.get(Process, dossier.id)
    run = _Rerun()
    stopped = _run_all(run, session, dossier, process, chain)
    rebuilt = (
        Rebuilt(
            state=_state_after(run.last),
            open={task.task_id: task.step for task in run.last.open},
            holds=run.holds,
            timers=run.timers,
            waiting=timers_of(run.last),
        )
        if run.last and not stopped
        else None
    )
    return Replay(
        steps=tuple(run.steps),
        chain=_check_chain(session, dossier, chain),
        stopped=stopped,
        state_identical=process is not None and run.snapshot == process.snapshot,
        disagreements=agreement(session, dossier, entries, rebuilt=rebuilt, read_bytes=True),
        before_clocks=is_from_before_clocks(entries),
    )


def _check_chain(
    session: Session, dossier: Dossier, chain: Sequence[JournalEntry | Unreadable]
) -> Break | None:
    """Without its process row a chain has no known end, which is as if the end were missing."""
    process = session.get(Process, dossier.id)
    head = Head(seq=process.head_seq, hash=process.head_hash) if process else EMPTY
    return verify(chain, head)


@dataclass(kw_only=True)
class _Rerun:
    """How far a replay has come."""

    steps: list[ReplayedStep] = field(default_factory=list)
    last: Outcome | None = None
    #: The diagram of the last run.
    definition: Definition | None = None
    #: What held the clock after each run, by the number of its entry.
    holds: dict[int, tuple[Hold, ...]] = field(default_factory=dict)
    #: Every timer that ever waited, by task.
    timers: dict[str, ToldTimer] = field(default_factory=dict)

    @property
    def snapshot(self) -> bytes:
        """The state so far."""
        return self.last.snapshot if self.last else b""

    @property
    def open(self) -> tuple[str, ...]:
        """The steps open so far."""
        return tuple(task.step for task in self.last.open) if self.last else ()


@dataclass(frozen=True)
class _Pinned:
    """The edition of the calendar that an entry names, read only where an expression counts."""

    session: Session
    edition: int

    @property
    def _counting(self) -> Counting:
        return Counting(calendar=loaded_edition(self.session, self.edition).calendar)

    def add_hours(self, start: datetime, hours: Decimal) -> datetime:
        return self._counting.add_hours(start, hours)

    def add_days(self, start: datetime, days: int) -> datetime:
        return self._counting.add_days(start, days)

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        return self._counting.hours_between(start, end)


def _run_all(
    run: _Rerun,
    session: Session,
    dossier: Dossier,
    process: Process | None,
    chain: Sequence[JournalEntry | Unreadable],
) -> Stop | None:
    """Run every entry; what a damaged one raises cannot be foreseen, and is part of the verdict."""
    seq = chain[0].seq if chain else 1
    try:
        if process is None:
            return Stop(seq=seq, reason="no process row")
        for entry in chain:
            seq = entry.seq
            if isinstance(entry, Unreadable):
                return Stop(seq=seq, reason="unreadable")
            definition = _pinned_diagram(session, dossier, entry)
            _again(run, definition, entry, _Pinned(session, entry.calendar_version_id))
    except Exception as failure:
        return Stop(seq=seq, reason=type(failure).__name__)
    return None


def _pinned_diagram(session: Session, dossier: Dossier, entry: JournalEntry) -> Definition:
    """The diagram of the dossier's case in the version that the entry names."""
    version = loaded_version(session, entry.version_id)
    return version.diagram(version.case(dossier.case_key).diagram)


def _again(
    run: _Rerun, definition: Definition, entry: JournalEntry, calendar: feel.Calendar
) -> None:
    if entry.event in PAYS and run.last and run.definition:
        # What the diagram itself keeps waiting is as it was.
        run.holds[entry.seq] = tuple(holds_of(run.definition, run.last))
    if entry.event not in RUNS or entry.payload is None:
        run.steps.append(_quiet(entry, run.open))
        return
    before = run.snapshot
    if entry.event is Event.VERSION_MIGRATED and run.definition:
        route = Route(run.definition, definition, entry.payload["mapping"])
        run.last = move(route, before, entry.payload["variables"]).outcome
    else:
        run.last = _run(definition, before, entry, calendar)
        if entry.payload.get("returned"):
            run.last = end(definition, run.last, status=Status.REFUSED, now=entry.at)
    run.definition = definition
    run.timers |= timers_of(run.last)
    run.holds[entry.seq] = tuple(holds_of(definition, run.last))
    run.steps.append(_compared(entry, before, run.last, run.open))


def _run(
    definition: Definition, snapshot: bytes, entry: JournalEntry, calendar: feel.Calendar
) -> Outcome:
    told, at = entry.payload or {}, entry.at
    match entry.event:
        case Event.DOSSIER_SUBMITTED:
            given, seed = told["variables"], told["seed"]
            return start(definition, given, now=at, seed=seed, calendar=calendar)
        case Event.TASK_COMPLETED:
            task, given = told["task"], told["variables"]
            return complete(definition, snapshot, task, given, now=at, calendar=calendar)
        case Event.SERVICE_COMPLETED:
            task, given = told["task"], told["variables"]
            return finish_service(definition, snapshot, task, given, now=at, calendar=calendar)
        case Event.MESSAGE_DELIVERED:
            event, given = event_of(told["kind"], told["name"]), told["variables"]
            return deliver(definition, snapshot, event, given, now=at, calendar=calendar)
        case Event.DOSSIER_WITHDRAWN:
            standing = look(definition, snapshot, now=at)
            return end(definition, standing, status=Status.WITHDRAWN, now=at)
        case _:
            return tick(definition, snapshot, now=at, calendar=calendar)


def _quiet(entry: JournalEntry, open_steps: tuple[str, ...]) -> ReplayedStep:
    """An entry that moved nothing; an erased run can no longer be compared."""
    return ReplayedStep(
        seq=entry.seq,
        event=entry.event,
        identical=entry.event not in RUNS,
        passed=(),
        open=open_steps,
    )


def _compared(
    entry: JournalEntry, before: bytes, outcome: Outcome, open_steps: tuple[str, ...]
) -> ReplayedStep:
    told = entry.payload or {}
    from_same = told.get("state_before") in (None, sha256(before).hexdigest())
    return ReplayedStep(
        seq=entry.seq,
        event=entry.event,
        identical=from_same and told.get("state") == outcome.digest.hex(),
        passed=tuple(told.get("passed", ())),
        open=open_steps,
    )


def _state_after(outcome: Outcome) -> ProcessState:
    if outcome.incident:
        return ProcessState.INCIDENT
    return ProcessState.COMPLETED if outcome.finished else ProcessState.RUNNING
