"""Working time: calendars and arithmetic. Pure: no database, no clock of its own."""

from app.worktime.arithmetic import add_working_hours
from app.worktime.calendar import Interval, NoWorkingTime, WorkingCalendar, read_calendar

__all__ = ["Interval", "NoWorkingTime", "WorkingCalendar", "add_working_hours", "read_calendar"]
