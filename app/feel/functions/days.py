"""Built-ins that make or question dates, times and durations."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from app.feel import limits, numerics
from app.feel.calendar import fixed_zone, parse_date, parse_duration, parse_moment, parse_time
from app.feel.distant import Day, day_of, is_moment, join, nearby, split
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value, YearsMonths

#: English day and month names are part of the language, whoever reads the screen.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@builtin("date", "from: string")
def _date_text(_run: Run, text: str) -> Value:
    return parse_date(text)


@builtin("date", "from: day")
def _date_day(_run: Run, day: Day) -> Value:
    cycles, near = split(day)
    return join(cycles, near.date()) if isinstance(near, datetime) else day


@builtin("date", "year: number", "month: number", "day: number")
def _date_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    parts = [numerics.whole(part) for part in (year, month, day)]
    known = [part for part in parts if part is not None]
    return day_of(*known) if len(known) == len(parts) else None


@builtin("time", "from: string")
def _time_text(run: Run, text: str) -> Value:
    run.charge(limits.STEPS_OF_ZONE if "@" in text else limits.STEPS_OF_DAY)
    return parse_time(text.removeprefix("T"))


@builtin("time", "from: moment")
def _time_moment(_run: Run, moment: Day | time) -> Value:
    if isinstance(moment, time):
        return moment
    near = nearby(moment)
    return near.timetz() if isinstance(near, datetime) else time(tzinfo=UTC)


@builtin("time", "hour: number", "minute: number", "second: number", "offset: span|null?")
def _time_parts(
    _run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Value:
    hours, minutes = numerics.whole(hour), numerics.whole(minute)
    zone = None if offset is None else fixed_zone(offset)
    wrong_zone = offset is not None and zone is None
    if hours is None or minutes is None or wrong_zone or not 0 <= second < 60:
        return None
    try:
        return time(hours, minutes, int(second), int(second % 1 * 1_000_000), zone)
    except (ValueError, OverflowError):
        return None


@builtin("date and time", "from: string")
def _moment_text(run: Run, text: str) -> Value:
    run.charge(limits.STEPS_OF_ZONE if "@" in text else limits.STEPS_OF_DAY)
    return parse_moment(text)


@builtin("date and time", "from: day")
def _moment_day(_run: Run, day: Day) -> Value:
    return day if is_moment(day) else _combined(day, time())


@builtin("date and time", "date: day", "time: time")
def _moment_parts(_run: Run, day: Day, clock: time) -> Value:
    return _combined(day, clock)


def _combined(day: Day, clock: time) -> Value:
    cycles, near = split(day)
    return join(cycles, datetime.combine(near, clock))


@builtin("duration", "from: string")
def _duration_text(_run: Run, text: str) -> Value:
    return parse_duration(text)


@builtin("duration", "from: duration")
def _duration(_run: Run, span: timedelta | YearsMonths) -> Value:
    return span


@builtin("years and months duration", "from: day", "to: day")
def _years_months(_run: Run, start: Day, end: Day) -> Value:
    """Count whole months by the days alone; the time of day plays no part."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonths(months)


@builtin("now")
def _now(run: Run) -> Value:
    return run.now


@builtin("today")
def _today(run: Run) -> Value:
    return run.now.date()


@builtin("day of week", "date: day")
def _day_of_week(_run: Run, day: Day) -> Value:
    return _WEEKDAYS[nearby(day).weekday()]


@builtin("month of year", "date: day")
def _month_of_year(_run: Run, day: Day) -> Value:
    return _MONTHS[day.month - 1]


@builtin("day of year", "date: day")
def _day_of_year(_run: Run, day: Day) -> Value:
    return Decimal(nearby(day).timetuple().tm_yday)


@builtin("week of year", "date: day")
def _week_of_year(_run: Run, day: Day) -> Value:
    return Decimal(nearby(day).isocalendar().week)
