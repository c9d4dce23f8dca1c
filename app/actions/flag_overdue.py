"""Let the alarms of steps ring: a warning, the end, then up the chain of the unit."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_idle_item
from app.actions.escalate import LateClock, escalate
from app.actions.record import Entry, record_all
from app.actions.urgency import item_rank
from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.alarms import Alarm, AlarmKind, next_at, ringing
from app.domain.inbox.due import SET_ASIDE, URGENT
from app.domain.inbox.model import IS_OPEN, InboxItem, ItemState
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.queries.alarm_plans import step_alarms, told_when_late

#: Open steps that have something to say.
LATE_STEPS = DueRows(number=InboxItem.id, instant=InboxItem.alarm_at, waiting=(IS_OPEN,))

_EVENTS = {
    AlarmKind.WARNED: Event.STEP_WARNED,
    AlarmKind.OVERDUE: Event.STEP_OVERDUE,
    AlarmKind.ESCALATED: Event.STEP_ESCALATED,
}


def flag_overdue(session: Session, item_id: int, *, at: datetime) -> bool:
    """Tell what one step has to say now, once; False when it is done meanwhile, or being worked on.

    The dossier's lock comes first, as in every verb; the item is read under it.
    """
    found = open_idle_item(session, item_id, at)
    if found is None:
        return False
    item, work = found
    if item.state is not ItemState.OPEN or item.alarm_at is None or item.alarm_at > at:
        return False
    calendar = loaded_edition(session, item.calendar_version_id).calendar
    planned = step_alarms(work.definition, calendar, item.step, item.opened_at, item.due_at)
    rung = ringing(planned, item.stage, at)
    entries = [_entry(session, work, item, alarm, at=at) for alarm in rung]
    _note(session, item, planned, rung, at)
    if entries:
        record_all(session, work, entries, at=at)
    session.flush()
    return True


def _note(
    session: Session,
    item: InboxItem,
    planned: tuple[Alarm, ...],
    rung: tuple[Alarm, ...],
    at: datetime,
) -> None:
    if rung:
        item.stage = rung[-1].stage
        item.rank = URGENT
    if any(alarm.kind is AlarmKind.OVERDUE for alarm in rung):
        item.overdue_at = at
    item.alarm_at = next_at(planned, item.stage)
    if item.alarm_at:
        comes_due(session, item.alarm_at)


def _entry(
    session: Session, work: Casework, item: InboxItem, alarm: Alarm, *, at: datetime
) -> Entry:
    told: dict[str, Any] = {
        "step": item.step,
        "task": item.task_id,
        "due_at": item.due_at.isoformat(),
    }
    if alarm.kind is AlarmKind.ESCALATED:
        calendar = loaded_edition(session, item.calendar_version_id).calendar
        role = told_when_late(work.definition, calendar, item.step)[alarm.level - 1]
        late = LateClock(due_at=item.due_at, unit_id=item.unit_id, item_id=item.id)
        told |= escalate(session, work, late, role=role, level=alarm.level, at=at)
    return Entry(event=_EVENTS[alarm.kind], told=told, actor=SYSTEM)


def plan_step_again(session: Session, work: Casework, item: InboxItem, at: datetime) -> None:
    """After its due date has moved: what is not late any more may become so again."""
    if item.due_at > at:
        item.stage, item.overdue_at = 0, None
    if item.rank != SET_ASIDE:
        item.rank = item_rank(work, item)
    ring_next(session, work, item)


def ring_next(session: Session, work: Casework, item: InboxItem) -> None:
    """Set the next alarm of a step; none while it waits for a payment or the post."""
    if item.rank == SET_ASIDE:
        item.alarm_at = None
        return
    calendar = loaded_edition(session, item.calendar_version_id).calendar
    planned = step_alarms(work.definition, calendar, item.step, item.opened_at, item.due_at)
    item.alarm_at = next_at(planned, item.stage)
    if item.alarm_at:
        comes_due(session, item.alarm_at)
