"""Built-ins of ours that count working time with the calendar given to the evaluation.

A date stands for its first moment, and a time without a zone for local time.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.feel import limits, numerics
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value
from app.foundation.clock import LOCAL_ZONE


def _moment(day: date) -> datetime:
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)


@builtin("working hours from", "start: near day", "hours: number")
def _hours_from(run: Run, start: date, hours: Decimal) -> Value:
    calendar = run.calendar
    if not 0 <= hours <= limits.MAX_WORKING_HOURS:
        return None
    run.charge(int(hours) * limits.STEPS_OF_WORKING_HOUR)
    try:
        return calendar.add_hours(_moment(start), hours).astimezone(LOCAL_ZONE)
    except (ValueError, OverflowError):
        return None


@builtin("working days from", "start: near day", "days: number")
def _days_from(run: Run, start: date, days: Decimal) -> Value:
    """Count from a moment to a moment, and from a date, which is not counted itself, to a date."""
    calendar, count = run.calendar, numerics.whole(days)
    if count is None or not 0 <= count <= limits.MAX_WORKING_DAYS:
        return None
    run.charge(count * limits.STEPS_OF_WORKING_DAY)
    try:
        if isinstance(start, datetime):
            return calendar.add_days(_moment(start), count).astimezone(LOCAL_ZONE)
        day_is_over = _moment(start + timedelta(days=1))
        end = calendar.add_days(day_is_over, count).astimezone(LOCAL_ZONE)
    except (ValueError, OverflowError):
        return None
    return end.date() if count else start


@builtin("working hours between", "start: near day", "end: near day")
def _hours_between(run: Run, start: date, end: date) -> Value:
    calendar = run.calendar
    try:
        first, last = _moment(start), _moment(end)
        run.charge(abs((last - first).days) * limits.STEPS_OF_WORKING_DAY)
        return numerics.number_from(calendar.hours_between(first, last))
    except (ValueError, OverflowError):
        return None
