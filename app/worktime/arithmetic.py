"""Adding working time to an instant."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from app.foundation.clock import LOCAL_ZONE
from app.worktime.calendar import Interval, WorkingCalendar

#: Ten years of steps; a term beyond that is a slip of the pen.
MAX_HOURS = Decimal(24 * 366 * 10)


def add_working_hours(calendar: WorkingCalendar, start: datetime, hours: Decimal) -> datetime:
    """The earliest instant (UTC) at which `hours` working hours have elapsed (spec SLA-5).

    A start outside working time counts from the next opening (spec SLA-3, strict reading); no
    hours at all have elapsed at the start itself.
    Raises ValueError for a naive start or for hours that are not within 0..MAX_HOURS.
    """
    if start.tzinfo is None:
        raise ValueError("a start without a time zone is not an instant")
    if not 0 <= hours <= MAX_HOURS:
        raise ValueError(f"{hours} working hours cannot be counted")
    if hours == 0:
        return start.astimezone(UTC)
    left = timedelta(seconds=float(hours * 3600))
    moment = start.astimezone(LOCAL_ZONE)
    while True:
        for interval in calendar.intervals(moment.date()):
            opens, closes = _bounds(moment, interval)
            if moment >= closes:
                continue
            begins = max(moment, opens)
            if closes - begins >= left:
                return (begins + left).astimezone(UTC)
            left -= closes - begins
        moment = _next_midnight(moment)


def _bounds(day: datetime, interval: Interval) -> tuple[datetime, datetime]:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        midnight.replace(hour=interval.opens.hour, minute=interval.opens.minute),
        midnight.replace(hour=interval.closes.hour, minute=interval.closes.minute),
    )


def _next_midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
