"""Working time: calendars and arithmetic. Pure: no database, no clock of its own."""

from app.worktime.arithmetic import add_working_hours
from app.worktime.calendar import Interval, NoWorkingTime, WorkingCalendar, read_calendar
from app.worktime.counting import Counting, add_working_days, working_hours_between

__all__ = [
    "Counting",
    "Interval",
    "NoWorkingTime",
    "WorkingCalendar",
    "add_working_days",
    "add_working_hours",
    "read_calendar",
    "working_hours_between",
]
