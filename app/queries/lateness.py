"""What is left to do for a dossier, and why it takes longer than was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.analysis import Counting
from app.analysis.hours import allotted
from app.domain.apologies.forecast import Forecast
from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINISHED
from app.domain.inbox.due import NEVER
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import APPLICANT, Unit
from app.engine import Definition, Step
from app.queries.journey import still_to_come
from app.worktime import WorkingCalendar, working_hours_between

_SECOND_OF_HOURS = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """How a running dossier stands to its promise."""

    forecast: Forecast
    #: What the record says about why: `{"steps": [...], "open": [...], "ahead": hours,
    #: "pauses": [...]}`. Steps that used more than their hours, the worst first; steps, units and
    #: hours only, no person.
    cause: dict[str, Any]


_ITEMS = (
    select(
        InboxItem.step,
        InboxItem.name,
        InboxItem.state,
        InboxItem.hours,
        InboxItem.opened_at,
        InboxItem.done_at,
        InboxItem.due_at,
        InboxItem.calendar_version_id,
        Unit.name.label("unit"),
    )
    .join(Unit, Unit.id == InboxItem.unit_id)
    .where(InboxItem.dossier_id == bindparam("dossier"), InboxItem.role != APPLICANT)
    .order_by(InboxItem.opened_at, InboxItem.id)
)
_PAUSES = (
    select(JournalEntry.event, JournalEntry.at, JournalEntry.payload)
    .where(
        JournalEntry.dossier_id == bindparam("dossier"),
        JournalEntry.event.in_([Event.CLOCK_PAUSED, Event.CLOCK_RESUMED]),
    )
    .order_by(JournalEntry.seq)
)


def lateness(
    session: Session,
    dossier: Dossier,
    definition: Definition,
    calendar: WorkingCalendar,
    at: datetime,
) -> Lateness:
    """The forecast at `at`, and the cause as the record has it. Two statements."""
    items = session.execute(_ITEMS, {"dossier": dossier.id}).all()
    open_now = [item for item in items if item.state is ItemState.OPEN]
    ahead = _ahead(definition, dossier, [item.step for item in open_now])
    until = tuple(item.due_at for item in open_now if item.due_at < NEVER)
    cause = {
        "steps": _overrun(session, items, at),
        "open": [{"name": item.name, "unit": item.unit} for item in open_now],
        "ahead": _told(ahead),
        "pauses": _pauses(session, dossier.id, calendar),
    }
    return Lateness(forecast=Forecast(open_until=until, ahead=ahead), cause=cause)


def _ahead(definition: Definition, dossier: Dossier, open_steps: Sequence[str]) -> Decimal:
    """The hours of the steps that probably follow until the office is done (spec L-11)."""
    known = {"case": dossier.case_key, "channel": dossier.channel.value}
    hours = Decimal(0)
    for step in still_to_come(definition, open_steps):
        if step.status in FINISHED:
            break
        hours += _hours(step, known)
    return hours


def _hours(step: Step, known: dict[str, str]) -> Decimal:
    part = allotted(step, known)
    return part.hours if part.counting is Counting.COUNTED else Decimal(0)


def _overrun(session: Session, items: Sequence[Any], at: datetime) -> list[dict[str, str]]:
    """Steps that took more than their hours, the worst first."""
    found: list[tuple[Decimal, dict[str, str]]] = []
    for item in items:
        if item.hours is None:
            continue
        calendar = loaded_edition(session, item.calendar_version_id).calendar
        used = working_hours_between(calendar, item.opened_at, item.done_at or at)
        if used > item.hours:
            told = {"name": item.name, "unit": item.unit}
            told |= {"hours": _told(item.hours), "used": _told(used)}
            found.append((used - item.hours, told))
    return [told for _, told in sorted(found, key=lambda pair: -pair[0])]


def _pauses(session: Session, dossier_id: int, calendar: WorkingCalendar) -> list[dict[str, str]]:
    """Every time the clock waited, with the working hours that it took."""
    pauses = []
    for row in session.execute(_PAUSES, {"dossier": dossier_id}):
        if row.event is Event.CLOCK_RESUMED and row.payload:
            began = datetime.fromisoformat(row.payload["paused_at"])
            hours = working_hours_between(calendar, began, row.at)
            pauses.append({"reason": row.payload["reason"], "hours": _told(hours)})
    return pauses


def _told(hours: Decimal) -> str:
    return f"{hours.quantize(_SECOND_OF_HOURS).normalize():f}"
