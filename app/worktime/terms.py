"""Legal terms: an amount and the unit the law counts it in (spec §4.3)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext
from app.worktime.arithmetic import add_working_hours
from app.worktime.calendar import WorkingCalendar
from app.worktime.days import add_working_days, calendar_days_due

#: Internal processes are written with so many hours for a working day (spec W-05).
HOURS_OF_DAY = 8


class TermInvalid(Invalid, ValueError):
    """A term that is negative, endless, or counts parts of calendar days."""

    message = lazy_gettext("%(amount)s is no term: give a number, in whole days for calendar days.")


class TermUnit(Enum):
    """How the law counts."""

    WORKING_HOURS = "working_hours"  # giờ làm việc
    WORKING_DAYS = "working_days"  # ngày làm việc
    CALENDAR_DAYS = "calendar_days"  # ngày


@dataclass(frozen=True, kw_only=True)
class Term:
    """So many hours or days; a part of a working day is that part of eight hours.

    Raises TermInvalid.
    """

    amount: Decimal | int
    unit: TermUnit = TermUnit.WORKING_HOURS

    def __post_init__(self) -> None:
        amount = Decimal(self.amount)
        if not amount.is_finite() or amount < 0:
            raise TermInvalid(amount=self.amount)
        if self.unit is TermUnit.CALENDAR_DAYS and amount % 1:
            raise TermInvalid(amount=self.amount)

    @property
    def hours(self) -> Decimal:
        """Working hours to plan the steps with, eight for a working day.

        Of calendar days only the fewest working days count that they can hold where Saturdays and
        Sundays are off, so that a plan made for them fits wherever the term begins.
        """
        amount = Decimal(self.amount)
        if self.unit is TermUnit.WORKING_HOURS:
            return amount
        if self.unit is TermUnit.WORKING_DAYS:
            return amount * HOURS_OF_DAY
        weeks, rest = divmod(int(amount), 7)
        return Decimal(HOURS_OF_DAY * (5 * weeks + max(rest - 2, min(rest, 1))))


def term_due(calendar: WorkingCalendar, start: datetime, term: Term) -> datetime:
    """When the term is over, UTC; raises as the three ways of counting do."""
    if term.unit is TermUnit.WORKING_HOURS:
        return add_working_hours(calendar, start, term.amount)
    if term.unit is TermUnit.CALENDAR_DAYS:
        return calendar_days_due(calendar, start, int(term.amount))
    days, part = divmod(Decimal(term.amount), 1)
    last = add_working_days(calendar, start, int(days))
    return add_working_hours(calendar, last, part * HOURS_OF_DAY)
