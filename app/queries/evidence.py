"""Compare the rows everybody reads with the journal that says how they came about."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.queries import sound_hash
from app.domain.deadlines.model import Deadline
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINAL, FINISHED, RECEIVED, Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import PAYS, RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.processes.model import Process, ProcessState
from app.queries.alarm_evidence import ToldTimer, alarm_findings, timer_findings
from app.queries.apology_evidence import letter_findings
from app.queries.clock_evidence import Holds, clock_findings
from app.queries.definitions import loaded_version
from app.queries.escalation_evidence import escalation_findings
from app.queries.evidence_application import claimed_columns, told_columns
from app.queries.evidence_beside import Beside, rows_beside
from app.queries.evidence_dates import named_editions, odd_dates, told_hashes
from app.queries.evidence_files import file_findings
from app.queries.evidence_succession import succession_findings
from app.queries.evidence_timers import is_proven, waiting_timers
from app.queries.evidence_versions import content_that_holds
from app.queries.payment_evidence import payment_findings
from app.queries.ratings import rating_findings
from app.queries.return_evidence import return_findings


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A row that says something else than the journal."""

    #: What is compared, one of `KINDS`.
    what: str
    #: The entry that says otherwise; None where no single one does.
    seq: int | None
    #: Columns, tasks or files, by name: never what they hold, which may be personal.
    detail: str


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """Where a replay ended."""

    state: ProcessState
    #: Step by task of what is open.
    open: Mapping[str, str]
    #: What held the clock after each run, by the number of its entry.
    holds: Holds
    #: Every timer that ever waited, and those that wait now, by task.
    timers: Mapping[str, ToldTimer]
    waiting: Mapping[str, ToldTimer]


@dataclass(frozen=True, kw_only=True)
class Soundness:
    """The hashes of versions and editions that were looked at, for all dossiers that use them.

    None stands for what does not give the hash it was stored with.
    """

    versions: dict[int, bytes | None] = field(default_factory=dict)
    editions: dict[int, bytes | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One dossier with everything that is compared."""

    session: Session
    dossier: Dossier
    process: Process | None
    entries: Sequence[JournalEntry]
    rebuilt: Rebuilt | None
    sound: Soundness
    read_bytes: bool

    @property
    def runs(self) -> list[JournalEntry]:
        """The entries that moved the diagram and whose content is there."""
        return [one for one in self.entries if one.event in RUNS and one.payload is not None]

    @property
    def is_proven(self) -> bool:
        """Whether the stored state is the one that the last run has left."""
        last = next((one for one in reversed(self.entries) if one.event in RUNS), None)
        if self.process is None or last is None or last.payload is None:
            return False
        return is_proven(self.process.snapshot, last)

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """Everything that is watched; raises as `items` does."""
        wanted = select(Deadline).where(Deadline.dossier_id == self.dossier.id)
        return self.session.scalars(wanted.order_by(Deadline.id)).all()

    @property
    def moves(self) -> list[JournalEntry]:
        """The entries that may have changed the status."""
        wanted = RUNS | PAYS
        return [one for one in self.entries if one.event in wanted and one.payload is not None]

    @cached_property
    def beside(self) -> Beside:
        """Letters, the way back of the result, neighbours; raises as `items` does."""
        return rows_beside(self.session, self.dossier.id)

    @cached_property
    def items(self) -> Sequence[InboxItem]:
        """All work of the dossier; raises where a row means nothing."""
        wanted = select(InboxItem).where(InboxItem.dossier_id == self.dossier.id)
        return self.session.scalars(wanted).all()


def agreement(
    session: Session,
    dossier: Dossier,
    entries: Sequence[JournalEntry],
    *,
    rebuilt: Rebuilt | None = None,
    sound: Soundness | None = None,
    read_bytes: bool = False,
) -> tuple[Disagreement, ...]:
    """Every row of the dossier that the journal does not bear out.

    Open work is compared with `rebuilt` if there was a replay, otherwise with what the entries say
    was opened and closed. `sound` remembers between dossiers what was found sound.
    `read_bytes` also hashes every file in the store. A comparison that cannot be made is a
    disagreement, not an error.
    """
    case = _Case(
        session=session,
        dossier=dossier,
        process=session.get(Process, dossier.id),
        entries=entries,
        rebuilt=rebuilt,
        sound=Soundness() if sound is None else sound,
        read_bytes=read_bytes,
    )
    return tuple(found for what, check in KINDS.items() for found in _guarded(what, check, case))


#: Finds entry (if a single one) and detail of everything that differs.
Check = Callable[[_Case], Iterator[tuple[int | None, str]]]


def _guarded(what: str, check: Check, case: _Case) -> list[Disagreement]:
    try:
        return [Disagreement(what=what, seq=seq, detail=detail) for seq, detail in check(case)]
    except Exception as failure:
        # Whatever a damaged row raises, it is a finding.
        detail = f"unreadable ({type(failure).__name__})"
        return [Disagreement(what=what, seq=None, detail=detail)]


def _application(case: _Case) -> Iterator[tuple[int | None, str]]:
    """What was handed in: the dossier's own columns against the submission."""
    first = next((one for one in case.runs if one.event is Event.DOSSIER_SUBMITTED), None)
    if first is None:
        return
    told = {**told_columns(case.session, first), **claimed_columns(case.entries)}
    yield from _odd(first.seq, case.dossier, told)
    own = case.dossier.submitter_id
    if case.dossier.owner_id not in (None, own):
        yield first.seq, "owner_id"


def _odd(seq: int, row: object, told: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The columns of the row that hold something else; `x.value` looks inside an enum."""
    for path, expected in told.items():
        found: Any = row
        for name in path.split("."):
            found = getattr(found, name)
        if found != expected:
            yield seq, path.removesuffix(".value")


def _course(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Where it stands and since when, as the runs tell one after the other."""
    if not case.runs:
        return
    told: dict[str, Any] = dict.fromkeys(("received_at", "finished_at", "closed_at"))
    told["supplement_requests"] = 0
    status = Status.SUBMITTED
    for run in case.moves:
        before, status = status, Status((run.payload or {})["status"])
        if status is not before:
            _moved(told, status, run.at)
        if (run.payload or {}).get("returned"):
            told["supplement_requests"] += 1
    yield from _odd(case.moves[-1].seq, case.dossier, told | {"status": status})


def _moved(told: dict[str, Any], status: Status, at: datetime) -> None:
    """The same consequences as `dossiers.rules.move_to`, from the record alone."""
    if status is Status.SUPPLEMENT_REQUESTED:
        told["supplement_requests"] += 1
    if status in RECEIVED:
        told["received_at"] = told["received_at"] or at
    if status in FINISHED:
        told["finished_at"] = told["finished_at"] or at
    if status in FINAL:
        told["closed_at"] = at


def _clocks(case: _Case) -> Iterator[tuple[int | None, str]]:
    """The dates follow from what happened and the calendars of the time."""
    holds = case.rebuilt.holds if case.rebuilt else None
    yield from clock_findings(case.session, case.dossier, case.entries, holds)


def _process(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Whether it runs on: as rebuilt, or as far as the entries alone can tell."""
    if case.process is None:
        yield None, "missing"
        return
    version = loaded_version(case.session, case.dossier.version_id)
    if case.process.diagram != version.case(case.dossier.case_key).diagram:
        yield None, "diagram"
    if not case.is_proven:
        yield None, "snapshot"
    state, last = case.process.state, case.runs[-1] if case.runs else None
    stuck = any(
        e.event is Event.INCIDENT_RAISED and last and e.seq > last.seq for e in case.entries
    )
    if case.rebuilt:
        if state is not (ProcessState.INCIDENT if stuck else case.rebuilt.state):
            yield last.seq if last else None, "state"
    elif stuck != (state is ProcessState.INCIDENT):
        yield None, "state"
    elif not stuck and _open_by_entries(case.runs) and state is not ProcessState.RUNNING:
        yield last.seq if last else None, "state"


def _open_by_entries(runs: Iterable[JournalEntry]) -> dict[str, str]:
    """Step by task of what was opened and not closed."""
    waiting: dict[str, str] = {}
    for run in runs:
        told = run.payload or {}
        for task in told["closed"]:
            waiting.pop(task, None)
        names = told.get("mapping", {})
        waiting = {task: names.get(step, step) for task, step in waiting.items()}
        waiting |= {one["task"]: one["step"] for one in told["opened"]}
    return waiting


def _open_work(case: _Case) -> Iterator[tuple[int | None, str]]:
    """The inbox offers exactly the work that is open."""
    items = {one.task_id: one.step for one in case.items if one.state is ItemState.OPEN}
    told = case.rebuilt.open if case.rebuilt else _open_by_entries(case.runs)
    for task in sorted(items.keys() | told.keys()):
        if items.get(task) != told.get(task):
            yield None, f"task {task} {items.get(task) or told.get(task)}"


def _done_work(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Every item that says it was done was completed by whom it says, then, and no other was."""
    items = {one.task_id: one for one in case.items if one.state is ItemState.DONE}
    for run in case.runs:
        if run.event is not Event.TASK_COMPLETED:
            continue
        told = run.payload or {}
        item = items.pop(told["task"], None)
        if item is None:
            yield run.seq, f"task {told['task']} {told['step']}"
            continue
        columns = {"step": told["step"], "done_by_id": run.actor_id, "done_at": run.at}
        yield from _odd(run.seq, item, columns | {"done_status": Status(told["status"])})
    for task in sorted(items):
        yield None, f"task {task} {items[task].step}"


def _versions(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Diagrams, forms and catalogue entry give the hash they were published with, and it is the
    one that the journal names: whoever exchanges files and hash together cannot reach the chain."""
    known = case.sound.versions
    for number in sorted({entry.version_id for entry in case.entries} | {case.dossier.version_id}):
        if number not in known:
            known[number] = content_that_holds(case.session, number)
        if known[number] is None:
            yield None, f"version {number}"
    if case.entries and case.dossier.version_id != case.entries[-1].version_id:
        yield case.entries[-1].seq, "version_id"
    for run in case.runs:
        told, found = (run.payload or {}).get("version_hash"), known[run.version_id]
        if told is not None and found is not None and told != found.hex():
            yield run.seq, f"content of version {run.version_id}"


def _due_dates(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Dossier and steps are due when the journal last said."""
    return odd_dates(case.dossier, case.items, case.entries)


def _alarms(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Clocks and steps ring next when they have to, and stand in their queue where they should."""
    return alarm_findings(case.session, case.dossier, case.items, case.deadlines, case.entries)


def _timers(case: _Case) -> Iterator[tuple[int | None, str]]:
    """The timers of the diagram are watched, and were settled when they went off."""
    waiting = case.rebuilt.waiting if case.rebuilt else None
    if waiting is None and case.process and case.is_proven:
        version = loaded_version(case.session, case.dossier.version_id)
        waiting = waiting_timers(version.diagram(case.process.diagram), case.process.snapshot)
    known = case.rebuilt.timers if case.rebuilt else None
    return timer_findings(case.deadlines, case.entries, waiting=waiting, known=known)


def _editions(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Every edition named still says what it said when something was dated with it."""
    for number in named_editions(case.dossier, case.items, case.entries):
        if _edition_hash(case, number) is None:
            yield None, f"edition {number}"
    for seq, number, told in told_hashes(case.entries):
        found = _edition_hash(case, number)
        if found is not None and found.hex() != told:
            yield seq, f"edition {number}"


def _edition_hash(case: _Case, number: int) -> bytes | None:
    known = case.sound.editions
    if number not in known:
        known[number] = sound_hash(case.session, number)
    return known[number]


def _files(case: _Case) -> Iterator[tuple[int | None, str]]:
    """Every paper is the one that was handed in, and there is no other."""
    return file_findings(case.session, case.dossier.id, case.entries, read_bytes=case.read_bytes)


#: Every comparison by its name; doors put the names in words.
KINDS: Mapping[str, Check] = {
    "application": _application,
    "course": _course,
    "clocks": _clocks,
    "process": _process,
    "open work": _open_work,
    "done work": _done_work,
    "procedure version": _versions,
    "due dates": _due_dates,
    "alarms": _alarms,
    "timers": _timers,
    "calendar": _editions,
    "files": _files,
    "letters": lambda case: letter_findings(case.beside.letters, case.entries),
    "payments": lambda case: payment_findings(case.session, case.dossier.id, case.entries),
    "result return": lambda case: return_findings(
        case.beside.choice, case.beside.parcel, case.entries
    ),
    "succession": lambda case: succession_findings(case.beside, case.entries),
    "escalations": lambda case: escalation_findings(case.session, case.dossier, case.entries),
    "rating": lambda case: rating_findings(case.session, case.dossier, case.entries),
}
