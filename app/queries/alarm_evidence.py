"""Deadlines and open steps as they ring, against what the journal tells of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.apologies.model import LetterState
from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.alarms import OVERDUE, SILENT
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.model import Dossier
from app.domain.inbox.due import due_of
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry
from app.queries.alarms_told import Told, ToldStep, told_alarms
from app.queries.apology_evidence import letters_told
from app.queries.findings import Finding


@dataclass(frozen=True, kw_only=True)
class ToldTimer:
    """A timer of the diagram: its element, and when it goes off."""

    step: str
    due_at: datetime


def alarm_findings(
    session: Session,
    dossier: Dossier,
    items: Iterable[InboxItem],
    rows: Sequence[Deadline],
    entries: Sequence[JournalEntry],
) -> Iterator[Finding]:
    """Columns of clocks and steps that do not follow from the journal: what rings when, how far
    it has rung, when it was settled, and where it stands in its queue."""
    if any(entry.payload is None for entry in entries):
        return
    told = told_alarms(session, dossier, entries)
    for item in sorted(items, key=lambda one: one.id):
        known = told.steps.get(item.task_id)
        for column in _odd_columns(session, item, known) if known else ():
            yield None, f"{column} of task {item.task_id} {item.step}"
        if known and item.state is ItemState.OPEN and item.rank != told.rank(known):
            yield None, f"rank of task {item.task_id} {item.step}"
    if dossier.clock_stage != told.clock_stage:
        yield None, "clock_stage"
    yield from _odd_clocks(rows, told)
    yield from _looks(rows, entries, paused=told.paused)


def _odd_clocks(rows: Sequence[Deadline], told: Told) -> Iterator[Finding]:
    for kind in (DeadlineKind.RECEPTION, DeadlineKind.TERM):
        found, clocks = [row for row in rows if row.kind is kind], told.clocks.get(kind, [])
        if len(found) != len(clocks):
            yield None, f"rows of {kind.value}"
        for row, clock in zip(found, clocks, strict=False):
            for column, value in vars(clock).items():
                if getattr(row, column) != value and not _fell_silent(row, column):
                    yield None, f"{column} of {kind.value}"


def _fell_silent(row: Deadline, column: str) -> bool:
    """Clocks that were over before superiors heard of them had nothing more to say at their end."""
    return column == "alarm_at" and bool(row.settled_at) and row.stage == OVERDUE


def _odd_columns(session: Session, item: InboxItem, known: ToldStep) -> Iterator[str]:
    for column in ("stage", "overdue_at"):
        if getattr(item, column) != getattr(known, column):
            yield column
    if item.opened_at != known.since:
        yield "opened_at"
    if item.alarm_at not in _alarms_of(item, known):
        yield "alarm_at"
    if item.state is ItemState.CANCELLED and item.done_at != known.closed_at:
        yield "done_at"
    if not (known.handed_over or (known.before_clocks and item.hours is None)):
        calendar = loaded_edition(session, known.edition).calendar
        if due_of(calendar, item.hours, known.since) != known.due_at:
            yield "hours"


def _alarms_of(item: InboxItem, known: ToldStep) -> set[datetime | None]:
    """When it may ring next. Work that was open when the clocks came rings at its end, once; what
    was done by then, or late, not at all."""
    if not known.before_clocks:
        return {known.alarm_at}
    if known.stage != SILENT:
        return {known.alarm_at, None}
    done = {None} if item.state is not ItemState.OPEN else set()
    return {known.alarm_at, known.due_at} | done


def _looks(
    rows: Iterable[Deadline], entries: Sequence[JournalEntry], *, paused: bool
) -> Iterator[Finding]:
    """Whether a running term is looked at for a letter; when exactly follows from no entry."""
    written = any(
        letter["state"] is not LetterState.OBSOLETE for letter in letters_told(entries).values()
    )
    for row in rows:
        if row.kind is not DeadlineKind.TERM or row.settled_at:
            continue
        needed = not (paused or written or row.stage >= OVERDUE)
        looked_at = row.apology_at is not None and row.apology_at <= row.due_at
        if (needed and not looked_at) or (paused and row.apology_at):
            yield None, f"apology_at of {row.kind.value}"


def timer_findings(
    rows: Sequence[Deadline],
    entries: Sequence[JournalEntry],
    *,
    waiting: Mapping[str, ToldTimer] | None,
    known: Mapping[str, ToldTimer] | None,
) -> Iterator[Finding]:
    """Timers that are not those of the diagram, or not settled when the journal closed them.

    `waiting` are those that the stored state waits for, `known` all there ever were; None where
    nobody can say.
    """
    timers = [row for row in rows if row.kind is DeadlineKind.TIMER]
    closed = _closed(entries)
    fired = {
        entry.at
        for entry in entries
        if entry.event is Event.TIMER_FIRED and not (entry.payload or {}).get("closed")
    }
    for row in timers:
        for column in _odd_timer(row, closed.get(row.task_id or ""), fired):
            yield None, f"{column} of timer {row.step}"
    yield from _untold(timers, entries)
    unsettled = [row for row in timers if row.settled_at is None]
    for found, told in ((unsettled, waiting), (timers, known)):
        if told is not None:
            yield from _unlike(found, told)


def _untold(timers: Sequence[Deadline], entries: Sequence[JournalEntry]) -> Iterator[Finding]:
    """Every timer that went off is there as the journal tells it."""
    rows = {(row.settled_at, row.step, row.due_at) for row in timers}
    for entry in entries:
        if entry.event is Event.TIMER_FIRED and entry.payload:
            due_at = datetime.fromisoformat(entry.payload["due_at"])
            if (entry.at, entry.payload["step"], due_at) not in rows:
                yield entry.seq, f"timer {entry.payload['step']}"


def _closed(entries: Sequence[JournalEntry]) -> dict[str, datetime]:
    return {
        task: entry.at
        for entry in entries
        if entry.event in RUNS
        for task in (entry.payload or {}).get("closed", ())
    }


def _odd_timer(
    row: Deadline, closed_at: datetime | None, fired: Collection[datetime]
) -> Iterator[str]:
    gone_off = closed_at is None and row.settled_at in fired
    if row.settled_at != closed_at and not gone_off:
        yield "settled_at"
    if row.stage != SILENT:
        yield "stage"
    # Those that were settled before there were alarms have none.
    if row.alarm_at != row.due_at and not (row.alarm_at is None and row.settled_at):
        yield "alarm_at"


def _unlike(rows: Iterable[Deadline], told: Mapping[str, ToldTimer]) -> Iterator[Finding]:
    found = {row.task_id or "": ToldTimer(step=row.step or "", due_at=row.due_at) for row in rows}
    for task in sorted(found.keys() | told.keys()):
        if found.get(task) != told.get(task):
            step = (told.get(task) or found[task]).step
            yield None, f"timer {step}"
