"""How times, hours, money and sizes are written for people."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask

from app.foundation.clock import LOCAL_ZONE
from app.foundation.text import gettext, ngettext

#: Internal processes are written in hours with 8 h = 1 working day (spec W-05).
HOURS_A_DAY = 8

_MINUTES_AN_HOUR = 60
_KILO = 1024


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone is not a moment")
    return value.astimezone(LOCAL_ZONE)


def _grouped(value: int) -> str:
    """Thousands separated as in Vietnam: 1.200.000."""
    return f"{value:,}".replace(",", ".")


def counted_to(most: int, count: int) -> str:
    """`42`; `99+` where counting ended at `most`, a hundred."""
    return f"{most - 1}+" if count >= most else str(count)


def datetime_vn(value: datetime | None) -> str:
    """`17:30 ngày 05/11/2024`, in legal time; nothing for None."""
    if value is None:
        return ""
    local = _local(value)
    return gettext("%(time)s on %(date)s", time=f"{local:%H:%M}", date=f"{local:%d/%m/%Y}")


def date_vn(value: date | None) -> str:
    """`05/11/2024`; a moment is first taken to legal time."""
    if value is None:
        return ""
    day = _local(value) if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


def time_vn(value: datetime | None) -> str:
    """`17:30`, in legal time."""
    return "" if value is None else f"{_local(value):%H:%M}"


def iso(value: date | None) -> str:
    """For the attribute `datetime` of HTML's `<time>`."""
    if value is None:
        return ""
    return _local(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def hours_vn(value: float | Decimal | timedelta | None) -> str:
    """Working hours in words, unsigned: `3 giờ 15 phút`, `160 giờ (20 ngày làm việc)`."""
    if value is None:
        return ""
    hours = value / timedelta(hours=1) if isinstance(value, timedelta) else float(value)
    minutes = round(abs(hours) * _MINUTES_AN_HOUR)
    whole, rest = divmod(minutes, _MINUTES_AN_HOUR)
    if rest:
        return _hours_and_minutes(whole, rest)
    words = ngettext("%(num)s working hour", "%(num)s working hours", whole)
    days, odd = divmod(whole, HOURS_A_DAY)
    if odd or not days:
        return words
    day_words = ngettext("%(num)s working day", "%(num)s working days", days)
    return f"{words} ({day_words})"


def span_vn(value: float | Decimal | None) -> str:
    """Hours in words where it is clear that they are working hours: `8 giờ`, `3 giờ 15 phút`."""
    if value is None:
        return ""
    hours, minutes = divmod(round(abs(float(value)) * _MINUTES_AN_HOUR), _MINUTES_AN_HOUR)
    if minutes:
        return _hours_and_minutes(hours, minutes)
    return ngettext("%(num)s hour", "%(num)s hours", hours)


def left_vn(value: timedelta | None) -> str:
    """How long there is still time, in words: `còn 12 ngày`, on the last day `còn 5 giờ`."""
    if value is None:
        return ""
    if value <= timedelta():
        return gettext("the time is over")
    if value >= timedelta(days=1):
        return gettext("%(span)s left", span=ngettext("%(num)s day", "%(num)s days", value.days))
    hours = max(1, int(value / timedelta(hours=1)))
    return gettext("%(span)s left", span=ngettext("%(num)s hour", "%(num)s hours", hours))


def _hours_and_minutes(hours: int, minutes: int) -> str:
    minute_words = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if not hours:
        return minute_words
    hour_words = ngettext("%(num)s hour", "%(num)s hours", hours)
    return f"{hour_words} {minute_words}"


def money_vn(value: int | None) -> str:
    """Whole VND: `100.000 đ`; zero is `Miễn phí`."""
    if value is None:
        return ""
    return f"{_grouped(value)} đ" if value else gettext("Free of charge")


def size_vn(value: int | None) -> str:
    """Size of a file from bytes: `812 B`, `34 KB`, `1,4 MB`."""
    if value is None:
        return ""
    if value < _KILO:
        return f"{value} B"
    if value < _KILO**2:
        return f"{round(value / _KILO)} KB"
    return f"{value / _KILO**2:.1f} MB".replace(".", ",")


FILTERS = (datetime_vn, date_vn, time_vn, iso, hours_vn, span_vn, left_vn, money_vn, size_vn)


def init_app(app: Flask) -> None:
    """Give the templates every filter under its own name."""
    app.jinja_env.filters.update({rule.__name__: rule for rule in FILTERS})
