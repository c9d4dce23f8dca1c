"""Counting with dates, times and durations; a result outside the years 1 to 9999 is null."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.feel.numerics import divide, multiply
from app.feel.values import Value, YearsMonths

_MICRO = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def plus_months(day: date, span: YearsMonths) -> date | None:
    """Return the same day some months later, or the last day of that month (also for datetime)."""
    year, month = divmod(day.year * 12 + day.month - 1 + span.months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def plus_span(moment: date, span: Value) -> date | None:
    """Return date or datetime plus a duration; with a named zone, real time passes."""
    if not isinstance(span, timedelta):
        return None
    try:
        if not isinstance(moment, datetime):
            return (datetime.combine(moment, time()) + span).date()
        if isinstance(moment.tzinfo, ZoneInfo):
            return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
        return moment + span
    except OverflowError:
        return None


def turn_clock(clock: time, span: timedelta) -> time:
    """Return the time of day that a clock shows after `span`."""
    turned = datetime.combine(date(2000, 1, 2), clock) + span % _DAY
    return turned.timetz()


def difference(a: date, b: date) -> timedelta | None:
    """Return a - b; a date alone counts as midnight UTC beside a time with a zone."""
    try:
        return _comparable(a, b) - _comparable(b, a)
    except (TypeError, OverflowError):  # only one of them has a zone
        return None


def _comparable(moment: date, other: date) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC) if moment.tzinfo else moment
    return datetime.combine(moment, time(), UTC if isinstance(other, datetime) else None)


def clock_difference(a: time, b: time) -> timedelta | None:
    """Return a - b between two times of the same day."""
    if (a.tzinfo is None) != (b.tzinfo is None):
        return None
    return _since_midnight(a) - _since_midnight(b)


def _since_midnight(clock: time) -> timedelta:
    local = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    return local + clock.microsecond * _MICRO - (clock.utcoffset() or timedelta())


def join_spans(a: Value, b: Value) -> Value:
    """Return the sum of two durations of one kind."""
    if isinstance(a, YearsMonths) and isinstance(b, YearsMonths):
        return YearsMonths(a.months + b.months)
    if isinstance(a, timedelta) and isinstance(b, timedelta):
        try:
            return a + b
        except OverflowError:
            pass
    return None


def _size(span: timedelta | YearsMonths) -> Decimal:
    return Decimal(span.months if isinstance(span, YearsMonths) else span // _MICRO)


def _span_of(size: Decimal | None, like: timedelta | YearsMonths) -> Value:
    if size is None or size.adjusted() > 20:
        return None
    if isinstance(like, YearsMonths):
        return YearsMonths(int(size))
    try:
        return timedelta(microseconds=int(size))
    except OverflowError:
        return None


def stretch(span: timedelta | YearsMonths, factor: Decimal) -> Value:
    """Return a duration times a number, cut to whole months or microseconds."""
    return _span_of(multiply(_size(span), factor), span)


def shrink(span: timedelta | YearsMonths, divisor: Decimal) -> Value:
    """Return a duration divided by a number."""
    return _span_of(divide(_size(span), divisor), span)


def ratio(a: timedelta | YearsMonths, b: timedelta | YearsMonths) -> Decimal | None:
    """Return how many times b goes into a."""
    return divide(_size(a), _size(b))
