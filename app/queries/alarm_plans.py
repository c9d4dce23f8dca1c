"""When the clocks of a dossier and of its steps ring, each with all it needs to be planned.

Verbs plan with it, and the audit plans again with it: there is no second way to count an alarm.
"""

from datetime import datetime
from decimal import Decimal

from app.domain.deadlines.alarms import Alarm, alarms
from app.domain.inbox.due import NEVER
from app.engine import Definition
from app.worktime import WorkingCalendar, working_hours_between


def told_when_late(definition: Definition, calendar: WorkingCalendar, step: str) -> tuple[str, ...]:
    """Roles that hear of a late step one after the other: its own, else the province's."""
    own = definition.steps[step].escalation if step in definition.steps else None
    return calendar.rules.escalation_roles if own is None else own


def is_handed_over(definition: Definition, step: str) -> bool:
    """Whether the law of a hand-over ends the step, and not its hours (spec L-03)."""
    return step in definition.steps and definition.steps[step].deadline == "handover"


def step_alarms(
    definition: Definition,
    calendar: WorkingCalendar,
    step: str,
    opened_at: datetime,
    due_at: datetime,
) -> tuple[Alarm, ...]:
    """Every alarm of a step; none for a step without hours."""
    if due_at >= NEVER:
        return ()
    hours = working_hours_between(calendar, opened_at, due_at)
    levels = len(told_when_late(definition, calendar, step))
    return alarms(calendar, due_at=due_at, hours=hours, levels=levels)


def clock_alarms(
    calendar: WorkingCalendar, due_at: datetime, hours: Decimal | None
) -> tuple[Alarm, ...]:
    """Every alarm of a reception or term: the province's superiors hear of both."""
    levels = len(calendar.rules.escalation_roles)
    return alarms(calendar, due_at=due_at, hours=hours or Decimal(0), levels=levels)
