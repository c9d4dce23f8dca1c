"""Days that a calendar does not know yet, for an administrator to confirm.

The package `holidays` may only propose (design §9): it knows no worked Saturday but by name, lacks
days that a notice adds, and cannot know what the government will decide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version

import holidays

from app.worktime import DayException, ExceptionKind, WorkingCalendar, vietnam_holidays

#: Years for which the package gives days that mean something.
FIRST_YEAR, LAST_YEAR = 2000, 2075
#: Stored with the day, hence in the language of the record.
WORKED_OUT = f"Gói phần mềm holidays {version('holidays')} tính ra, chưa có thông báo"
#: How the package names a day off in exchange for a day that is worked.
_INSTEAD = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")


def proposed_days(
    year: int, calendar: WorkingCalendar, above: WorkingCalendar | None = None
) -> list[DayException]:
    """The exceptional days of a year that `calendar` has no word on, in order.

    First what the calendar above has decided, then the days known with their source, then what the
    package works out; only the last are never confirmed. Nothing outside FIRST_YEAR..LAST_YEAR.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    found: dict[date, DayException] = {}
    for one in (*_computed(year), *vietnam_holidays(), *(above.exceptions if above else ())):
        found[one.day] = one
    known = {one.day for one in calendar.exceptions}
    return sorted(
        (one for one in found.values() if one.day.year == year and one.day not in known),
        key=lambda one: one.day,
    )


def unconfirmed_years(calendar: WorkingCalendar) -> list[int]:
    """The years with estimated days, in order."""
    return sorted({one.day.year for one in calendar.exceptions if not one.confirmed})


def last_year_with_days(calendar: WorkingCalendar) -> int | None:
    """The last year with exceptional days; every later one still has to be entered."""
    return max((one.day.year for one in calendar.exceptions), default=None)


def _computed(year: int) -> Iterator[DayException]:
    days: Mapping[date, str] = holidays.country_holidays("VN", years=year, language="vi")
    for day, name in days.items():
        yield from _told(day, name)


def _told(day: date, name: str) -> Iterable[DayException]:
    told = DayException(
        day=day, kind=ExceptionKind.HOLIDAY, name=name, source=WORKED_OUT, confirmed=False
    )
    worked = _INSTEAD.search(name)
    if worked is None:
        return (told,)
    there = date(*(int(part) for part in reversed(worked.groups())))
    return (
        replace(told, kind=ExceptionKind.SWAP_OFF),
        replace(
            told,
            day=there,
            kind=ExceptionKind.SWAP_WORK,
            name=f"Làm bù cho ngày {day:%d/%m/%Y}",
        ),
    )
