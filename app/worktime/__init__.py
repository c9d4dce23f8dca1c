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
from app.worktime.estimates import Estimates, unconfirmed
from app.worktime.holidays import vietnam_holidays
from app.worktime.ledger import Ledger, LedgerDay, LedgerEntry, Pause, ledger
from app.worktime.presets import PRESETS, preset
from app.worktime.reception import (
    GRACE_HOURS,
    RECEPTION_HOURS,
    ReceptionDeadline,
    handover_due,
    reception_deadline,
)
from app.worktime.rules import OutOfHours, Rules
from app.worktime.stretches import StretchKind
from app.worktime.terms import HOURS_OF_DAY, Term, TermInvalid, TermUnit, term_due
from app.worktime.timeliness import Standing, Timeliness, classify

__all__ = [
    "GRACE_HOURS",
    "HOURS_OF_DAY",
    "PRESETS",
    "RECEPTION_HOURS",
    "WEEKDAYS",
    "CalendarInvalid",
    "Counting",
    "Day",
    "DayException",
    "DaysUncountable",
    "Estimates",
    "ExceptionKind",
    "Hours",
    "HoursUncountable",
    "Interval",
    "IntervalInvalid",
    "Ledger",
    "LedgerDay",
    "LedgerEntry",
    "NoWorkingTime",
    "OutOfHours",
    "OutOfReach",
    "Pause",
    "ReceptionDeadline",
    "Rules",
    "Standing",
    "StretchKind",
    "Term",
    "TermInvalid",
    "TermUnit",
    "Timeliness",
    "WorkingCalendar",
    "WorkingTimeEnds",
    "add_working_days",
    "add_working_hours",
    "calendar_days_due",
    "classify",
    "edition_content",
    "extended_due",
    "handover_due",
    "is_working_time",
    "ledger",
    "next_opening",
    "preset",
    "read_calendar",
    "read_edition",
    "reception_deadline",
    "subtract_working_days",
    "subtract_working_hours",
    "term_due",
    "unconfirmed",
    "vietnam_holidays",
    "working_hours_between",
    "working_seconds_between",
]
