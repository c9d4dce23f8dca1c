"""When a clock rings: warned before its end, overdue at it, then up the chain of the unit.

How far a clock has rung is one number, its stage: the share of its time in per cent at the last
warning, 100 once it is overdue, 100 + n once the n-th superior knows. A stage only grows, so no
alarm rings twice, whatever a pause or a new calendar does to the instants.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from app.worktime import WorkingCalendar, add_working_hours, subtract_working_hours

#: The stage of a clock that has not rung yet, and of one that is overdue.
SILENT, OVERDUE = 0, 100


class AlarmKind(Enum):
    """What an alarm says."""

    WARNED = "warned"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One alarm of a clock."""

    stage: int
    at: datetime

    @property
    def kind(self) -> AlarmKind:
        """What it says."""
        if self.stage == OVERDUE:
            return AlarmKind.OVERDUE
        return AlarmKind.WARNED if self.stage < OVERDUE else AlarmKind.ESCALATED

    @property
    def level(self) -> int:
        """Which superior is told, from 1; 0 for the other alarms."""
        return max(self.stage - OVERDUE, 0)


def alarms(
    calendar: WorkingCalendar, *, due_at: datetime, hours: Decimal, levels: int
) -> tuple[Alarm, ...]:
    """Every alarm of a clock of so many working hours, in the order in which they ring.

    They are counted from the due date, which a pause moves: when a quarter of the time is left,
    three quarters are used. `levels` superiors are told one after the other, the first at once.
    Raises as `add_working_hours` does.
    """
    return (*_warnings(calendar, due_at, hours), *_lateness(calendar, due_at, levels))


def _warnings(calendar: WorkingCalendar, due_at: datetime, hours: Decimal) -> Iterator[Alarm]:
    for ratio in calendar.rules.warn_ratios:
        left = hours * (1 - ratio)
        if left > 0:
            at = subtract_working_hours(calendar, due_at, left)
            yield Alarm(stage=int(ratio * OVERDUE), at=at)


def _lateness(calendar: WorkingCalendar, due_at: datetime, levels: int) -> Iterator[Alarm]:
    yield Alarm(stage=OVERDUE, at=due_at)
    for level in range(1, levels + 1):
        waited = calendar.rules.escalation_hours * (level - 1)
        yield Alarm(stage=OVERDUE + level, at=add_working_hours(calendar, due_at, waited))


def next_at(planned: tuple[Alarm, ...], stage: int) -> datetime | None:
    """When the clock rings next after that stage; None if it has nothing more to say."""
    return next((alarm.at for alarm in planned if alarm.stage > stage), None)


def ringing(planned: tuple[Alarm, ...], stage: int, at: datetime) -> tuple[Alarm, ...]:
    """What is to be told now, in order.

    After an outage this may be several alarms. A warning that comes after the end would be none
    and is left out; everybody up the chain is told.
    """
    due = [alarm for alarm in planned if alarm.stage > stage and alarm.at <= at]
    late = tuple(alarm for alarm in due if alarm.kind is not AlarmKind.WARNED)
    return late or tuple(due[-1:])
