"""Counting with dates, times and durations; a result outside all bounds is null."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.feel.distant import CYCLE, CYCLE_DAYS, Day, join, split
from app.feel.numerics import divide, multiply
from app.feel.values import Value, YearsMonths

_MICRO = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def plus_months(day: Day, span: YearsMonths) -> Day | None:
    """Return the same day some months later, or the last day of that month (also for moments)."""
    cycles, near = split(day)
    year, month = divmod(near.year * 12 + near.month - 1 + span.months, 12)
    more, year = divmod(year, CYCLE)
    last = monthrange(year + CYCLE, month + 1)[1]
    there = near.replace(year=year + CYCLE, month=month + 1, day=min(near.day, last))
    return join(cycles + more - 1, there)


def plus_span(moment: Day, span: Value) -> Day | None:
    """Return date or moment plus a duration; with a named zone, real time passes."""
    if not isinstance(span, timedelta):
        return None
    if isinstance(moment, date) and 1 < moment.year + span.days / 365 < 9998:
        return _near_plus_span(moment, span)
    cycles, near = split(moment)
    more, rest = divmod(span, CYCLE_DAYS)
    return join(cycles + more, _near_plus_span(near, rest))


def _near_plus_span(moment: date, span: timedelta) -> date:
    if not isinstance(moment, datetime):
        return (datetime.combine(moment, time()) + span).date()
    if isinstance(moment.tzinfo, ZoneInfo):
        return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
    return moment + span


def turn_clock(clock: time, span: timedelta) -> time:
    """Return the time of day that a clock shows after `span`."""
    turned = datetime.combine(date(2000, 1, 2), clock) + span % _DAY
    return turned.timetz()


def difference(a: Day, b: Day) -> timedelta | None:
    """Return a - b; a date alone counts as midnight UTC beside a time with a zone."""
    (cycles, first), (other_cycles, last) = split(a), split(b)
    try:
        gap = _comparable(first, last) - _comparable(last, first)
        return gap + (cycles - other_cycles) * CYCLE_DAYS
    except (TypeError, OverflowError):  # only one of them has a zone, or they are too far apart
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
