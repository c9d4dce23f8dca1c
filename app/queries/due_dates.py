"""What the due dates of a dossier rest on, and what they are under an edition of its calendar.

`dates_under` is the only place that says how an open dossier is dated again: the preview of an
edition and the verb that follows its saving both ask it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.clock import Clocks, Fact
from app.domain.dossiers.clock_history import REMEMBERED, TermHistory, counted_again, remembered
from app.domain.dossiers.clock_rules import Law
from app.domain.dossiers.model import Dossier
from app.domain.inbox.due import NEVER, due_of_step
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.domain.journal.model import JournalEntry
from app.queries.alarm_plans import is_handed_over
from app.queries.clocks import CLOCK_COLUMNS, LAW_COLUMNS, clocks_of, law_of
from app.queries.definitions import loaded_version
from app.worktime import WorkingCalendar, working_hours_between


@dataclass(frozen=True, kw_only=True)
class Step:
    """An open step with hours."""

    item_id: int
    task: str
    step: str
    unit_id: int
    opened_at: datetime
    hours: Decimal
    due_at: datetime
    #: Whether the law of a hand-over ends it and not its hours (spec L-03).
    handed_over: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An open dossier with everything its due dates follow from, and the dates as they stand."""

    dossier_id: int
    code: str
    handling_unit_id: int
    edition_id: int
    submitted_at: datetime
    #: With the calendar of `edition_id`.
    law: Law
    clocks: Clocks
    history: TermHistory
    steps: tuple[Step, ...]

    @property
    def due_at(self) -> datetime:
        """The date to reckon with."""
        return self.clocks.due_at_current


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The due dates of a dossier and, by number of the inbox item, of its open steps."""

    due_at: datetime
    reception_due_at: datetime | None
    steps: Mapping[int, datetime]

    def moved_steps(self, standing: Standing) -> list[Step]:
        """The steps that are due at another moment now."""
        return [one for one in standing.steps if self.steps[one.item_id] != one.due_at]

    def moves(self, standing: Standing) -> bool:
        """Whether anything is due at another moment now."""
        clocks = (standing.clocks.due_at_current, standing.clocks.reception_due_at)
        return (self.due_at, self.reception_due_at) != clocks or bool(self.moved_steps(standing))


def dates_under(standing: Standing, calendar_for: Callable[[int], WorkingCalendar]) -> Dates:
    """The due dates when every unit keeps the calendar that `calendar_for` gives for it.

    Raises what the counting raises, for example where the calendar has no more hours.
    """
    law = replace(standing.law, calendar=calendar_for(standing.handling_unit_id))
    dates = counted_again(standing.clocks, standing.history, law, standing.submitted_at)
    return Dates(
        due_at=dates.due_at,
        reception_due_at=dates.reception_due_at,
        steps={
            one.item_id: due_of_step(
                calendar_for(one.unit_id), one.hours, one.opened_at, handed_over=one.handed_over
            )
            for one in standing.steps
        },
    )


_DOSSIERS = select(
    Dossier.id,
    Dossier.code,
    Dossier.handling_unit_id,
    Dossier.calendar_version_id,
    Dossier.submitted_at,
    Dossier.version_id,
    Dossier.case_key,
    *LAW_COLUMNS,
    *CLOCK_COLUMNS,
).where(Dossier.closed_at.is_(None))
#: What the promises that are counted now rest on.
_FACTS = (
    select(JournalEntry.dossier_id, JournalEntry.event, JournalEntry.at, JournalEntry.payload)
    .where(
        JournalEntry.dossier_id.in_(bindparam("dossiers", expanding=True)),
        JournalEntry.event.in_(REMEMBERED),
    )
    .order_by(JournalEntry.dossier_id, JournalEntry.seq)
)
_STEPS = (
    select(
        InboxItem.dossier_id,
        InboxItem.id,
        InboxItem.task_id,
        InboxItem.step,
        InboxItem.unit_id,
        InboxItem.opened_at,
        InboxItem.hours,
        InboxItem.due_at,
        InboxItem.calendar_version_id,
    )
    .where(
        IS_OPEN,
        InboxItem.due_at < NEVER,
        InboxItem.dossier_id.in_(bindparam("dossiers", expanding=True)),
    )
    .order_by(InboxItem.id)
)
#: So many dossiers have their steps read at once; databases take only so many values.
_AT_ONCE = 5000


def standings(session: Session, *which: ColumnElement[bool], limit: int) -> list[Standing]:
    """The open dossiers of which that is true, oldest first.

    One statement for them and two more for the steps and the past of every five thousand. These
    are asked for by the numbers of their dossiers: a join would hang on the planner's guess how
    many there are.
    """
    found = session.execute(_DOSSIERS.where(*which).order_by(Dossier.id).limit(limit)).all()
    steps: dict[int, list[Step]] = {}
    histories: dict[int, TermHistory] = {}
    for first in range(0, len(found), _AT_ONCE):
        part = {row.id: row for row in found[first : first + _AT_ONCE]}
        rows = session.execute(_STEPS, {"dossiers": list(part)})
        steps |= _by_dossier(session, rows, part)
        promised = [row.id for row in part.values() if row.due_at_original]
        if promised:
            histories |= _histories(session.execute(_FACTS, {"dossiers": promised}))
    return [
        _standing(session, row, steps.get(row.id, ()), histories.get(row.id, TermHistory()))
        for row in found
    ]


def _histories(rows: Iterable[Any]) -> dict[int, TermHistory]:
    histories: dict[int, TermHistory] = {}
    for row in rows:
        known = histories.get(row.dossier_id, TermHistory())
        fact = Fact(event=row.event, told=row.payload)
        histories[row.dossier_id] = remembered(known, fact, row.at)
    return histories


def _by_dossier(
    session: Session, rows: Iterable[Any], dossiers: Mapping[int, Any]
) -> Mapping[int, list[Step]]:
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for row in rows:
        step = Step(
            item_id=row.id,
            task=row.task_id,
            step=row.step,
            unit_id=row.unit_id,
            opened_at=row.opened_at,
            hours=_hours(session, row),
            due_at=row.due_at,
            handed_over=_is_handed_over(session, dossiers[row.dossier_id], row.step),
        )
        steps[row.dossier_id].append(step)
    return steps


def _is_handed_over(session: Session, dossier: Any, step: str) -> bool:
    """By the diagram that the dossier runs on now; a version is read once per process."""
    version = loaded_version(session, dossier.version_id)
    return is_handed_over(version.diagram(version.case(dossier.case_key).diagram), step)


def _hours(session: Session, row: Any) -> Decimal:
    """The hours of a step; one from before they were kept still shows them by its due date."""
    if row.hours is not None:
        return Decimal(row.hours)
    counted_with = loaded_edition(session, row.calendar_version_id).calendar
    return working_hours_between(counted_with, row.opened_at, row.due_at)


def _standing(session: Session, row: Any, steps: Iterable[Step], history: TermHistory) -> Standing:
    return Standing(
        dossier_id=row.id,
        code=row.code,
        handling_unit_id=row.handling_unit_id,
        edition_id=row.calendar_version_id,
        submitted_at=row.submitted_at,
        law=law_of(row, loaded_edition(session, row.calendar_version_id).calendar),
        clocks=clocks_of(row),
        history=history,
        steps=tuple(steps),
    )
