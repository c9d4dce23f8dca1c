"""Will the result be there in time? And if not, when? (spec L-06)

The forecast counts what the steps open now have left of their hours, and the hours of the steps
that probably follow. A step that has used up its hours is not done; nobody knows how long it still
takes, so nothing can be counted on any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from app.worktime import WorkingCalendar, add_working_hours, subtract_working_hours

#: While the work still fits into the last stretch, it is looked at again after so many hours.
LOOK_AGAIN = Decimal(1)
#: The new date lies a working day behind the old one at least: a shorter delay needs no letter
#: that would be wrong again before it is read.
LEAST_DELAY = Decimal(8)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What is left to do until the office is done."""

    #: When the steps open now have used up their hours.
    open_until: tuple[datetime, ...]
    #: Working hours of the steps that probably follow.
    ahead: Decimal


def first_look(calendar: WorkingCalendar, due_at: datetime) -> datetime:
    """When it has to be decided whether a letter is due: so that it is out in time (L-06)."""
    return subtract_working_hours(calendar, due_at, calendar.rules.apology_hours)


def will_be_late(
    calendar: WorkingCalendar, forecast: Forecast, due_at: datetime, at: datetime
) -> bool:
    """Whether the promise cannot be kept any more, by what is known at `at`."""
    if at >= due_at or any(until <= at for until in forecast.open_until):
        return True
    return _done_at(calendar, forecast, at) > due_at


def next_look(
    calendar: WorkingCalendar, forecast: Forecast, due_at: datetime, at: datetime
) -> datetime:
    """When to look again at a dossier that may still be in time; never after its date."""
    return min(due_at, add_working_hours(calendar, at, LOOK_AGAIN), *forecast.open_until)


def proposed_date(
    calendar: WorkingCalendar, forecast: Forecast, due_at: datetime, at: datetime
) -> datetime:
    """The new date: when the work that is left will be done, a working day later at least.

    It is a full minute, since that is how people are told it.
    """
    earliest = add_working_hours(calendar, max(due_at, at), LEAST_DELAY)
    return _full_minute(max(_done_at(calendar, forecast, at), earliest))


def _done_at(calendar: WorkingCalendar, forecast: Forecast, at: datetime) -> datetime:
    begins = max((at, *forecast.open_until))
    return add_working_hours(calendar, begins, forecast.ahead)


def _full_minute(at: datetime) -> datetime:
    down = at.replace(second=0, microsecond=0)
    return down if down == at else down + _MINUTE
