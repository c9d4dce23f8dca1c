"""One calendar's answers to what FEEL asks."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.worktime.arithmetic import add_working_hours, working_hours_between
from app.worktime.calendar import WorkingCalendar
from app.worktime.days import add_working_days


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A working calendar for FEEL: `working hours from(start, hours)` and its sisters ask it.

    All that it cannot count raises a ValueError, which FEEL answers with null.
    """

    calendar: WorkingCalendar

    def add_hours(self, start: datetime, hours: Decimal) -> datetime:
        """See `add_working_hours`."""
        return add_working_hours(self.calendar, start, hours)

    def add_days(self, start: datetime, days: int) -> datetime:
        """See `add_working_days`."""
        return add_working_days(self.calendar, start, days)

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        """See `working_hours_between`."""
        return working_hours_between(self.calendar, start, end)
