"""The alarms of one step: planned when it opens, and again whenever its due date moves."""

from datetime import datetime

from app.actions.casework import Casework
from app.domain.deadlines.alarms import Alarm, alarms
from app.domain.inbox.due import NEVER
from app.worktime import WorkingCalendar, working_hours_between


def told_when_late(work: Casework, calendar: WorkingCalendar, step: str) -> tuple[str, ...]:
    """Roles that hear of a late step one after the other: its own, else the province's."""
    own = work.definition.steps[step].escalation if step in work.definition.steps else None
    return calendar.rules.escalation_roles if own is None else own


def step_alarms(
    work: Casework, calendar: WorkingCalendar, step: str, opened_at: datetime, due_at: datetime
) -> tuple[Alarm, ...]:
    """Every alarm of a step; none for a step without hours."""
    if due_at >= NEVER:
        return ()
    hours = working_hours_between(calendar, opened_at, due_at)
    levels = len(told_when_late(work, calendar, step))
    return alarms(calendar, due_at=due_at, hours=hours, levels=levels)
