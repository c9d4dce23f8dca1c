"""How far every clock and every open step has rung, told again from the journal.

The rows say when something rings next and how urgent it is. Whoever moves an alarm far away, or an
item to the end of its queue, changes no date; so this is told again too, column by column.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.alarms import OVERDUE, SILENT, Alarm, next_at, ringing
from app.domain.deadlines.model import DeadlineKind
from app.domain.dossiers.clock import COUNTED
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.inbox.due import SET_ASIDE, rank_of
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.procedures.cases import SupplementClock
from app.engine import Definition
from app.queries.alarm_plans import clock_alarms, is_handed_over, step_alarms
from app.queries.definitions import loaded_version
from app.worktime import WorkingCalendar, working_hours_between


@dataclass(kw_only=True)
class ToldStep:
    """An inbox item as the journal tells it."""

    step: str
    #: Whether the law of a hand-over ends it and not its hours.
    handed_over: bool
    #: Whether it was opened before there were clocks that could ring.
    before_clocks: bool
    since: datetime
    due_at: datetime
    edition: int
    alarm_at: datetime | None = None
    stage: int = SILENT
    overdue_at: datetime | None = None
    closed_at: datetime | None = None
    #: Whether it waits for a payment, or for the post.
    set_aside: bool = False


@dataclass(kw_only=True)
class ToldClock:
    """A deadline of the dossier as the journal tells it."""

    due_at: datetime
    hours: Decimal
    alarm_at: datetime | None
    stage: int = SILENT
    settled_at: datetime | None = None
    #: No clock belongs to a step.
    task_id: None = None
    step: None = None


def told_alarms(session: Session, dossier: Dossier, entries: Sequence[JournalEntry]) -> "Told":
    """What the whole journal tells; none of its entries may be erased."""
    first = entries[0].payload or {} if entries else {}
    told = Told(session=session, dossier=dossier, before_clocks="term" not in first)
    for entry in entries:
        told.follow(entry)
    return told


@dataclass(kw_only=True)
class Told:
    """How far the journal has been followed."""

    session: Session
    dossier: Dossier
    #: The edition that the dossier was dated with last.
    edition: int = 0
    paused: bool = False
    #: Number of the demand that the whole dossier waits for (`actions/set_aside.py`).
    owed: int | None = None
    #: Whether no clock has said a word yet, in a dossier from before the clocks.
    before_clocks: bool
    steps: dict[str, ToldStep] = field(default_factory=dict)
    clocks: dict[DeadlineKind, list[ToldClock]] = field(default_factory=dict)

    def follow(self, entry: JournalEntry) -> None:
        """One entry more."""
        told = entry.payload or {}
        self.before_clocks &= entry.event not in COUNTED
        if entry.event in RUNS:
            self._run(entry, told)
        elif read := _READERS.get(entry.event):
            read(self, entry, told)

    @property
    def calendar(self) -> WorkingCalendar:
        """What the clocks of the dossier ring by."""
        return loaded_edition(self.session, self.edition).calendar

    def _definition(self, entry: JournalEntry) -> Definition:
        version = loaded_version(self.session, entry.version_id)
        return version.diagram(version.case(self.dossier.case_key).diagram)

    def _run(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        if entry.event is Event.DOSSIER_SUBMITTED:
            self.edition = entry.calendar_version_id
        for task in told["closed"]:
            if task in self.steps:
                self.steps[task].closed_at = entry.at
        names = told.get("mapping", {})
        for step in self._open():
            step.step = names.get(step.step, step.step)
        for one in told["opened"]:
            if "due_at" in one:
                self.steps[one["task"]] = self._opened(entry, one)
        self._go_on_waiting(entry, told["status"])

    def _opened(self, entry: JournalEntry, told: Mapping[str, Any]) -> ToldStep:
        step = ToldStep(
            step=told["step"],
            handed_over=is_handed_over(self._definition(entry), told["step"]),
            before_clocks=self.before_clocks,
            since=entry.at,
            due_at=_moment(told["due_at"]),
            edition=int(told["edition"]),
        )
        step.alarm_at = next_at(self._planned(entry, step), SILENT)
        return step

    def _planned(self, entry: JournalEntry, step: ToldStep) -> tuple[Alarm, ...]:
        calendar = loaded_edition(self.session, step.edition).calendar
        return step_alarms(self._definition(entry), calendar, step.step, step.since, step.due_at)

    def _open(self) -> list[ToldStep]:
        return [one for one in self.steps.values() if one.closed_at is None]

    @property
    def clock_stage(self) -> int:
        """How far the clock has rung that runs or waits."""
        clocks = (self.running(kind) for kind in self.clocks)
        return max((clock.stage for clock in clocks if clock), default=SILENT)

    def rank(self, step: ToldStep) -> int:
        """Where an open step stands now: how far it has rung, or the clock of the dossier."""
        if step.set_aside:
            return SET_ASIDE
        return rank_of(self.dossier.channel, max(step.stage, self.clock_stage), step.due_at)

    def running(self, kind: DeadlineKind) -> ToldClock | None:
        """The clock of that kind that is watched now."""
        found = self.clocks.get(kind, [])
        return next((one for one in found if one.settled_at is None), None)

    # What each event means for the rows; the verbs that write them are named beside it.

    def step_rings(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`flag_overdue`."""
        step = self.steps.get(told["task"])
        if step is None:
            return
        planned = self._planned(entry, step)
        if entry.event is Event.STEP_OVERDUE:
            step.stage, step.overdue_at = OVERDUE, entry.at
        elif entry.event is Event.STEP_ESCALATED:
            step.stage = OVERDUE + told["level"]
        else:
            step.stage = _rung(planned, step.stage, entry.at)
        step.alarm_at = next_at(planned, step.stage)

    def clock_rings(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`sound_clock`."""
        if clock := self.running(_RINGS[entry.event]):
            planned = clock_alarms(self.calendar, clock.due_at, clock.hours)
            if entry.event in _OVERDUE:
                clock.stage = OVERDUE
            elif "level" in told:
                clock.stage = OVERDUE + told["level"]
            else:
                clock.stage = _rung(planned, clock.stage, entry.at)
            clock.alarm_at = next_at(planned, clock.stage)

    def starts_reception(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`keep_clocks`, as the next ones."""
        self.edition = entry.calendar_version_id
        if told["due_at"]:
            self._add(DeadlineKind.RECEPTION, entry.at, _moment(told["due_at"]))

    def meets_reception(self, entry: JournalEntry, _told: Mapping[str, Any]) -> None:
        """The office has answered."""
        self._settle(DeadlineKind.RECEPTION, entry.at)

    def promises(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """The term is watched from now on."""
        self.edition = entry.calendar_version_id
        self._add(DeadlineKind.TERM, _moment(told["since"]), _moment(told["due_at"]))

    def pauses(self, _entry: JournalEntry, _told: Mapping[str, Any]) -> None:
        """Nothing rings."""
        self.paused = True
        if clock := self.running(DeadlineKind.TERM):
            clock.alarm_at = None

    def resumes(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """The term goes on, or begins anew."""
        self.edition, self.paused = entry.calendar_version_id, False
        due_at = _moment(told["due_at"])
        if told["mode"] == SupplementClock.RESTART.value:
            self._settle(DeadlineKind.TERM, entry.at)
            self._add(DeadlineKind.TERM, entry.at, due_at)
        elif clock := self.running(DeadlineKind.TERM):
            self._plan(clock, due_at, entry.at)

    def stops(self, entry: JournalEntry, _told: Mapping[str, Any]) -> None:
        """The office is done."""
        self._settle(DeadlineKind.TERM, entry.at)

    def appoints(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`approve_apology`."""
        if clock := self.running(DeadlineKind.TERM):
            self._plan(clock, _moment(told["due_at"]), entry.at)

    def moves(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`redate`."""
        self.edition = int(told["edition"])
        dates = {
            DeadlineKind.RECEPTION: told.get("reception_due_at"),
            DeadlineKind.TERM: told["due_at"],
        }
        for kind, due_at in dates.items():
            clock = self.running(kind)
            if clock and due_at:
                self._plan(clock, _moment(due_at), entry.at)
                if self.paused and kind is DeadlineKind.TERM:
                    clock.alarm_at = None
        for one in told["steps"]:
            if one["task"] in self.steps:
                self._move(entry, self.steps[one["task"]], one)

    def _move(self, entry: JournalEntry, step: ToldStep, told: Mapping[str, Any]) -> None:
        step.due_at, step.edition = _moment(told["due_at"]), int(told["edition"])
        if step.due_at > entry.at:
            step.stage, step.overdue_at = SILENT, None
        planned = next_at(self._planned(entry, step), step.stage)
        step.alarm_at = None if step.set_aside else planned

    def demands(self, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`demand_payment`."""
        if told["holds"]:
            self.owed = told["number"]
            self._set_aside()

    def settles(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`take_money` and `drop`."""
        if told["number"] != self.owed:
            return
        self.owed = None
        self.takes_up(entry, told)

    def takes_up(self, entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`take_up`: steps that waited go on; a parcel that is still on its way names none.

        Nor do the first entries about parcels, which knew no steps.
        """
        for one in told.get("steps", ()):
            if step := self.steps.get(one["task"]):
                step.since, step.set_aside = _moment(one["since"]), False
                self._move(entry, step, one)

    def waits_for_the_post(self, _entry: JournalEntry, told: Mapping[str, Any]) -> None:
        """`prepare_hand_over`: nobody is late while the carrier has the result."""
        if step := self.steps.get(told["task"]):
            step.alarm_at, step.set_aside = None, True

    def _go_on_waiting(self, entry: JournalEntry, status: int) -> None:
        """`follow_run`: a run that leaves status 6 ends the wait."""
        if self.owed is None:
            return
        if status == Status.AWAITING_PAYMENT:
            self._set_aside()
            return
        self.owed = None
        for step in self._open():
            step.set_aside = False
            step.alarm_at = next_at(self._planned(entry, step), step.stage)

    def _set_aside(self) -> None:
        for step in self._open():
            step.alarm_at, step.set_aside = None, True

    def _add(self, kind: DeadlineKind, since: datetime, due_at: datetime) -> None:
        hours = working_hours_between(self.calendar, since, due_at)
        planned = clock_alarms(self.calendar, due_at, hours)
        clock = ToldClock(due_at=due_at, hours=hours, alarm_at=next_at(planned, SILENT))
        self.clocks.setdefault(kind, []).append(clock)

    def _plan(self, clock: ToldClock, due_at: datetime, at: datetime) -> None:
        clock.due_at = due_at
        if clock.stage >= OVERDUE and due_at > at:
            clock.stage = SILENT
        clock.alarm_at = next_at(clock_alarms(self.calendar, due_at, clock.hours), clock.stage)

    def _settle(self, kind: DeadlineKind, at: datetime) -> None:
        if clock := self.running(kind):
            clock.settled_at = at


_RINGS: Mapping[Event, DeadlineKind] = {
    Event.RECEPTION_WARNED: DeadlineKind.RECEPTION,
    Event.RECEPTION_OVERDUE: DeadlineKind.RECEPTION,
    Event.TERM_WARNED: DeadlineKind.TERM,
    Event.TERM_OVERDUE: DeadlineKind.TERM,
    Event.RECEPTION_ESCALATED: DeadlineKind.RECEPTION,
    Event.TERM_ESCALATED: DeadlineKind.TERM,
}
_OVERDUE = frozenset({Event.RECEPTION_OVERDUE, Event.TERM_OVERDUE})
_READERS: Mapping[Event, Callable[[Told, JournalEntry, Mapping[str, Any]], None]] = {
    **dict.fromkeys(_RINGS, Told.clock_rings),
    Event.STEP_WARNED: Told.step_rings,
    Event.STEP_OVERDUE: Told.step_rings,
    Event.STEP_ESCALATED: Told.step_rings,
    Event.RECEPTION_STARTED: Told.starts_reception,
    Event.RECEPTION_MET: Told.meets_reception,
    Event.DUE_DATE_SET: Told.promises,
    Event.CLOCK_PAUSED: Told.pauses,
    Event.CLOCK_RESUMED: Told.resumes,
    Event.CLOCK_STOPPED: Told.stops,
    Event.DATE_REAPPOINTED: Told.appoints,
    Event.DUE_DATES_MOVED: Told.moves,
    Event.PAYMENT_DEMANDED: Told.demands,
    Event.PAYMENT_RECEIVED: Told.settles,
    Event.PAYMENT_CANCELLED: Told.settles,
    Event.PARCEL_PREPARED: Told.waits_for_the_post,
    Event.PARCEL_MOVED: Told.takes_up,
    Event.PARCEL_BLOCKED: Told.takes_up,
}


def _rung(planned: tuple[Alarm, ...], stage: int, at: datetime) -> int:
    """The stage after what rings now."""
    return max((alarm.stage for alarm in ringing(planned, stage, at)), default=stage)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)
