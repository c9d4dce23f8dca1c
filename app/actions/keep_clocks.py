"""Keep the clocks of a dossier: its columns, the deadlines that watch them, what the journal tells.

Called by the corridor after every run of the engine; the rules are `dossiers/clock_rules`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.record import Entry
from app.actions.urgency import rank_again
from app.domain.apologies.forecast import first_look
from app.domain.apologies.model import Apology, LetterState
from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.alarms import OVERDUE, SILENT, next_at
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.clock import DATED, Clocks, Fact, after
from app.domain.dossiers.clock_rules import Move, follow
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.journal.events import Event
from app.domain.procedures.cases import SupplementClock
from app.engine import Outcome
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.foundation.db import add_rows, table_of
from app.queries.alarm_plans import clock_alarms
from app.queries.clocks import clocks_of, holds_of, law_of
from app.queries.payment_holds import payment_hold
from app.worktime import WorkingCalendar, working_hours_between

_CLOCK = (
    Deadline.dossier_id == bindparam("dossier"),
    Deadline.kind == bindparam("clock"),
    Deadline.settled_at.is_(None),
)
_SETTLE = update(table_of(Deadline)).where(*_CLOCK).values(settled_at=bindparam("at"))
_HOLD = update(table_of(Deadline)).where(*_CLOCK).values(alarm_at=None, apology_at=None)
_LAPSE = (
    update(Apology)
    .where(Apology.dossier_id == bindparam("dossier"), Apology.state == LetterState.DRAFT)
    .values(state=LetterState.OBSOLETE)
    .execution_options(synchronize_session=False)
)
_OPEN = select(Deadline).where(*_CLOCK).execution_options(populate_existing=True)


def keep_clocks(
    session: Session, work: Casework, outcome: Outcome, *, before: Status, at: datetime
) -> tuple[Fact, ...]:
    """Let the clocks follow a run that led from the status `before` to the present one.

    Gives the facts for the journal. Raises as the counting does (`app.worktime`), so that no
    dossier ever goes on without its date.
    """
    dossier = work.dossier
    law = law_of(dossier, work.calendar)
    holds = (*holds_of(work.definition, outcome), *payment_hold(session, dossier))
    move = Move(at=at, before=before, after=dossier.status, holds=holds)
    clocks, stage = clocks_of(dossier), dossier.clock_stage
    facts = follow(clocks, move, law)
    for fact in facts:
        clocks = after(clocks, fact, at)
        _WATCH[fact.event](session, work, fact, at)
    if facts:
        _write(dossier, clocks)
    if any(fact.event in DATED for fact in facts):
        dossier.calendar_version_id = work.edition.id
    rank_again(session, work, stage)
    return facts


def entries_of(facts: Iterable[Fact]) -> list[Entry]:
    """The facts as entries of the journal: the platform has counted, nobody else."""
    return [Entry(event=fact.event, told=fact.told, actor=SYSTEM) for fact in facts]


def _write(dossier: Dossier, clocks: Clocks) -> None:
    dossier.clock = clocks.state
    dossier.due_at_current = clocks.due_at_current
    dossier.due_at_original = clocks.due_at_original
    dossier.reception_started_at = clocks.reception_started_at
    dossier.reception_due_at = clocks.reception_due_at
    dossier.reception_met_at = clocks.reception_met_at
    dossier.paused_at = clocks.paused_at
    dossier.paused_for = clocks.paused_for


# What each fact means for the deadlines.


def _watch_reception(session: Session, work: Casework, fact: Fact, at: datetime) -> None:
    if fact.told["due_at"]:
        _add(session, work, DeadlineKind.RECEPTION, at, _moment(fact.told["due_at"]))


def _settle_reception(session: Session, work: Casework, _fact: Fact, at: datetime) -> None:
    _settle(session, work, DeadlineKind.RECEPTION, at)


def _watch_term(session: Session, work: Casework, fact: Fact, _at: datetime) -> None:
    since, due_at = _moment(fact.told["since"]), _moment(fact.told["due_at"])
    _add(session, work, DeadlineKind.TERM, since, due_at)


def _hold_term(session: Session, work: Casework, _fact: Fact, _at: datetime) -> None:
    told = {"dossier": work.dossier.id, "clock": DeadlineKind.TERM}
    session.connection().execute(_HOLD, told)
    lapse_draft(session, work)


def _move_term(session: Session, work: Casework, fact: Fact, at: datetime) -> None:
    due_at = _moment(fact.told["due_at"])
    if fact.told["mode"] == SupplementClock.RESTART.value:
        _settle(session, work, DeadlineKind.TERM, at)
        _add(session, work, DeadlineKind.TERM, at, due_at)
        return
    told = {"dossier": work.dossier.id, "clock": DeadlineKind.TERM}
    if deadline := session.scalar(_OPEN, told):
        plan_again(session, work, deadline, due_at, calendar=work.calendar, at=at)


def _settle_term(session: Session, work: Casework, _fact: Fact, at: datetime) -> None:
    _settle(session, work, DeadlineKind.TERM, at)
    lapse_draft(session, work)


def lapse_draft(session: Session, work: Casework) -> None:
    """A letter that nobody has approved yet speaks of a date that counts no more."""
    session.execute(_LAPSE, {"dossier": work.dossier.id})


_WATCH: Mapping[Event, Callable[[Session, Casework, Fact, datetime], None]] = {
    Event.RECEPTION_STARTED: _watch_reception,
    Event.RECEPTION_MET: _settle_reception,
    Event.DUE_DATE_SET: _watch_term,
    Event.CLOCK_PAUSED: _hold_term,
    Event.CLOCK_RESUMED: _move_term,
    Event.CLOCK_STOPPED: _settle_term,
}


def watch_again(session: Session, work: Casework, *, at: datetime) -> None:
    """Move the deadlines of the dossier's clocks to the dates it has now.

    A date that stays may ring at other moments under the edition that the dossier has now.
    """
    dossier = work.dossier
    dates = {
        DeadlineKind.RECEPTION: dossier.reception_due_at,
        DeadlineKind.TERM: dossier.due_at_current,
    }
    for kind, due_at in dates.items():
        found = session.scalar(_OPEN, {"dossier": dossier.id, "clock": kind})
        if found and due_at:
            plan_again(session, work, found, due_at, calendar=work.calendar, at=at)
            if kind is DeadlineKind.TERM and dossier.paused_at:
                found.alarm_at = found.apology_at = None
    session.flush()


def dated_with(session: Session, dossier: Dossier) -> WorkingCalendar:
    """The calendar that the dossier's dates were counted with last, and its clocks ring by."""
    return loaded_edition(session, dossier.calendar_version_id).calendar


def plan_again(
    session: Session,
    work: Casework,
    deadline: Deadline,
    due_at: datetime,
    *,
    calendar: WorkingCalendar,
    at: datetime,
) -> None:
    """Give a clock this due date.

    Alarms that have rung stay so, unless a late clock is not late any more: then it may become so
    again. `calendar` is that of the edition the dossier names, else nobody could tell later why it
    rang.
    """
    look = deadline.due_at != due_at or deadline.apology_at is None
    deadline.due_at = due_at
    if deadline.stage >= OVERDUE and due_at > at:
        deadline.stage = SILENT
    work.dossier.clock_stage = deadline.stage
    planned = clock_alarms(calendar, due_at, deadline.hours)
    deadline.alarm_at = next_at(planned, deadline.stage)
    if look and deadline.kind is DeadlineKind.TERM:
        deadline.apology_at = first_look(calendar, due_at)
    comes_due(session, *filter(None, (deadline.alarm_at, deadline.apology_at)))
    session.flush()


def _add(
    session: Session, work: Casework, kind: DeadlineKind, since: datetime, due_at: datetime
) -> None:
    calendar = work.calendar
    hours = working_hours_between(calendar, since, due_at)
    row: dict[str, Any] = {
        "dossier_id": work.dossier.id,
        "kind": kind,
        "task_id": None,
        "step": None,
        "due_at": due_at,
        "hours": hours,
        "alarm_at": next_at(clock_alarms(calendar, due_at, hours), SILENT),
        "stage": SILENT,
        "apology_at": first_look(calendar, due_at) if kind is DeadlineKind.TERM else None,
    }
    add_rows(session, Deadline, [row])
    work.dossier.clock_stage = SILENT


def _settle(session: Session, work: Casework, kind: DeadlineKind, at: datetime) -> None:
    told = {"dossier": work.dossier.id, "clock": kind, "at": at}
    session.connection().execute(_SETTLE, told)
    work.dossier.clock_stage = SILENT


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)
