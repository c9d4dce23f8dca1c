"""Working time: calendars and arithmetic. Pure: no database, no clock of its own."""

from app.worktime.arithmetic import (
    add_working_hours,
    extended_due,
    is_working_time,
    next_opening,
    subtract_working_hours,
    working_hours_between,
    working_seconds_between,
)
from app.worktime.calendar import (
    WEEKDAYS,
    Day,
    DayException,
    ExceptionKind,
    Hours,
    Interval,
    WorkingCalendar,
)
from app.worktime.counting import Counting
from app.worktime.days import add_working_days, calendar_days_due, subtract_working_days
from app.worktime.editions import edition_content, read_calendar, read_edition
from app.worktime.errors import (
    CalendarInvalid,
    DaysUncountable,
    HoursUncountable,
    IntervalInvalid,
    NoWorkingTime,
    OutOfReach,
    WorkingTimeEnds,
)
from app.worktime.holidays import vietnam_holidays
from app.worktime.presets import PRESETS, preset
from app.worktime.reception import (
    GRACE_HOURS,
    RECEPTION_HOURS,
    ReceptionDeadline,
    handover_due,
    reception_deadline,
)
from app.worktime.rules import OutOfHours, Rules

__all__ = [
    "GRACE_HOURS",
    "PRESETS",
    "RECEPTION_HOURS",
    "WEEKDAYS",
    "CalendarInvalid",
    "Counting",
    "Day",
    "DayException",
    "DaysUncountable",
    "ExceptionKind",
    "Hours",
    "HoursUncountable",
    "Interval",
    "IntervalInvalid",
    "NoWorkingTime",
    "OutOfHours",
    "OutOfReach",
    "ReceptionDeadline",
    "Rules",
    "WorkingCalendar",
    "WorkingTimeEnds",
    "add_working_days",
    "add_working_hours",
    "calendar_days_due",
    "edition_content",
    "extended_due",
    "handover_due",
    "is_working_time",
    "next_opening",
    "preset",
    "read_calendar",
    "read_edition",
    "reception_deadline",
    "subtract_working_days",
    "subtract_working_hours",
    "vietnam_holidays",
    "working_hours_between",
    "working_seconds_between",
]
