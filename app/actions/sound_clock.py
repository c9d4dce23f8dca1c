"""Let the alarms of a dossier's reception or term ring: a warning, the end, then its superiors."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.escalate import LateClock, escalate
from app.actions.keep_clocks import dated_with
from app.actions.record import Entry, record_all
from app.actions.urgency import urge
from app.domain.deadlines.alarms import Alarm, AlarmKind, next_at, ringing
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.queries.alarm_plans import clock_alarms

_EVENTS: Mapping[tuple[DeadlineKind, AlarmKind], Event] = {
    (DeadlineKind.RECEPTION, AlarmKind.WARNED): Event.RECEPTION_WARNED,
    (DeadlineKind.RECEPTION, AlarmKind.OVERDUE): Event.RECEPTION_OVERDUE,
    (DeadlineKind.RECEPTION, AlarmKind.ESCALATED): Event.RECEPTION_ESCALATED,
    (DeadlineKind.TERM, AlarmKind.WARNED): Event.TERM_WARNED,
    (DeadlineKind.TERM, AlarmKind.OVERDUE): Event.TERM_OVERDUE,
    (DeadlineKind.TERM, AlarmKind.ESCALATED): Event.TERM_ESCALATED,
}


def sound_clock(session: Session, work: Casework, deadline: Deadline, *, at: datetime) -> None:
    """Tell what a clock of the dossier has to say now, and put its open work in front."""
    calendar = dated_with(session, work.dossier)
    planned = clock_alarms(calendar, deadline.due_at, deadline.hours)
    rung = ringing(planned, deadline.stage, at)
    entries = [_entry(session, work, deadline, alarm, at) for alarm in rung]
    if rung:
        deadline.stage = rung[-1].stage
    deadline.alarm_at = next_at(planned, deadline.stage)
    work.dossier.clock_stage = deadline.stage
    if deadline.alarm_at:
        comes_due(session, deadline.alarm_at)
    session.flush()
    if entries:
        record_all(session, work, entries, at=at)
        urge(session, work)


def _entry(
    session: Session, work: Casework, deadline: Deadline, alarm: Alarm, at: datetime
) -> Entry:
    told: dict[str, Any] = {"due_at": deadline.due_at.isoformat()}
    if alarm.kind is AlarmKind.ESCALATED:
        late = LateClock(
            due_at=deadline.due_at,
            unit_id=_first_unit(work, deadline.kind),
            deadline_id=deadline.id,
        )
        roles = dated_with(session, work.dossier).rules.escalation_roles
        role = roles[alarm.level - 1]
        told |= escalate(session, work, late, role=role, level=alarm.level, at=at)
    return Entry(event=_EVENTS[deadline.kind, alarm.kind], told=told, actor=SYSTEM)


def _first_unit(work: Casework, kind: DeadlineKind) -> int:
    """A reception is late at the counter that took the dossier in, a term where it is settled."""
    dossier = work.dossier
    at_counter = kind is DeadlineKind.RECEPTION
    return dossier.receiving_unit_id if at_counter else dossier.handling_unit_id
