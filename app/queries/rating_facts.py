"""Criteria 1 to 4 of a rating, counted from the journal of the dossier (spec L-14).

Years later the same entries give the same points: a rating can be counted again by the audit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.feedback.computed import (
    Computed,
    Contact,
    StepTime,
    agencies,
    contacts,
    total_time,
    unit_time,
)
from app.domain.inbox.due import NEVER
from app.domain.inbox.model import InboxItem
from app.domain.journal.events import DATES_STEPS, RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import APPLICANT, Unit
from app.queries.rating_term import term_facts
from app.worktime import WorkingCalendar, working_hours_between

#: Every unit of a province, and far more.
_MOST_UNITS = 5000
Calendars = Callable[[int], WorkingCalendar]


@dataclass(frozen=True, kw_only=True)
class _Work:
    """Whose a task is: what the journal does not tell of it."""

    unit_id: int
    unit: str
    is_applicants: bool


@dataclass(frozen=True, kw_only=True)
class _Open:
    """A task that waits, with the date it has now."""

    since: datetime
    due_at: datetime
    edition: int
    #: When it was packed for the post, which takes its time from then on.
    packed_at: datetime | None = None


def computed_criteria(
    session: Session, dossier: Dossier, entries: Sequence[JournalEntry]
) -> tuple[Computed, ...]:
    """The four computed criteria of a dossier that is settled. Two statements."""
    work = _work_of(session, dossier.id)
    asked = tuple(_asked(entries, work))

    def calendar_of(number: int) -> WorkingCalendar:
        return loaded_edition(session, number).calendar

    return (
        total_time(term_facts(dossier, entries, calendar_of(dossier.calendar_version_id))),
        unit_time(tuple(_steps(entries, work, calendar_of))),
        contacts([Contact(seq=entry.seq, at=entry.at) for entry in asked]),
        agencies(_agencies(session, dossier, asked)),
    )


def _work_of(session: Session, dossier_id: int) -> Mapping[str, _Work]:
    found = session.execute(
        select(InboxItem.task_id, InboxItem.role, InboxItem.unit_id, Unit.name)
        .join(Unit, Unit.id == InboxItem.unit_id)
        .where(InboxItem.dossier_id == dossier_id)
    )
    return {
        row.task_id: _Work(unit_id=row.unit_id, unit=row.name, is_applicants=row.role == APPLICANT)
        for row in found
    }


def _steps(
    entries: Sequence[JournalEntry], work: Mapping[str, _Work], calendar_of: Calendars
) -> Iterator[StepTime]:
    """Every step of an office that was done, or was late when the diagram left it."""
    waiting: dict[str, _Open] = {}
    for entry in entries:
        told = entry.payload or {}
        for task in told.get("closed", ()):
            known, whose = waiting.pop(task, None), work.get(task)
            if known is None or whose is None or whose.is_applicants:
                continue
            done = entry.event is Event.TASK_COMPLETED and told.get("task") == task
            ended_at = known.packed_at or entry.at
            if done or ended_at > known.due_at:
                yield _time(known, ended_at, whose, calendar_of(known.edition))
        if entry.event is Event.PARCEL_PREPARED and told.get("task") in waiting:
            known = waiting[told["task"]]
            waiting[told["task"]] = replace(known, packed_at=known.packed_at or entry.at)
        if entry.event in DATES_STEPS:
            waiting |= {
                one["task"]: _dated(one, waiting[one["task"]].since)
                for one in told.get("steps") or ()
                if one["task"] in waiting
            }
        waiting |= {
            one["task"]: _dated(one, entry.at)
            for one in told.get("opened", ())
            if "due_at" in one and _moment(one["due_at"]) < NEVER
        }


def _dated(told: Mapping[str, Any], since: datetime) -> _Open:
    return _Open(since=since, due_at=_moment(told["due_at"]), edition=int(told["edition"]))


def _time(known: _Open, ended_at: datetime, whose: _Work, calendar: WorkingCalendar) -> StepTime:
    return StepTime(
        unit=whose.unit,
        allowed=working_hours_between(calendar, known.since, max(known.since, known.due_at)),
        used=working_hours_between(calendar, known.since, ended_at),
        late=ended_at > known.due_at,
    )


def _asked(entries: Sequence[JournalEntry], work: Mapping[str, _Work]) -> Iterator[JournalEntry]:
    """Entries in which the applicant was asked to complete the dossier; a fee is no such thing."""
    status = Status.SUBMITTED
    for entry in entries:
        told = entry.payload or {}
        before, status = status, Status(told.get("status") or status)
        if entry.event not in RUNS or status is Status.AWAITING_PAYMENT:
            continue
        opened = (work.get(one["task"]) for one in told.get("opened", ()))
        newly = status is Status.SUPPLEMENT_REQUESTED and before is not status
        if newly or any(one.is_applicants for one in opened if one):
            yield entry


def _agencies(session: Session, dossier: Dossier, asked: Sequence[JournalEntry]) -> list[str]:
    """Where it was handed in, and every other agency that asked the applicant for something.

    Units of one agency are one: whoever receives, whoever handles, and what lies below them.
    """
    units = {row.code: row for row in session.execute(_UNITS)}
    by_id = {row.id: row for row in units.values()}
    own = {dossier.handling_unit_id, dossier.receiving_unit_id}
    names = {dossier.receiving_unit_id: by_id[dossier.receiving_unit_id].name}
    for entry in asked:
        unit = units.get(entry.unit_code or "")
        if unit is not None and not _lies_in(unit.id, own, by_id):
            names.setdefault(unit.id, unit.name)
    return list(names.values())


_UNITS = select(Unit.id, Unit.parent_id, Unit.code, Unit.name).limit(_MOST_UNITS)


def _lies_in(unit: int, roots: set[int], units: Mapping[int, Any]) -> bool:
    here: int | None = unit
    for _ in units:
        if here is None or here in roots:
            break
        here = units[here].parent_id
    return here in roots


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)
