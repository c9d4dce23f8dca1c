"""A year of a calendar as twelve small sheets, and a week in words."""

import calendar as days_of_months
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.foundation.text import gettext, lazy_gettext
from app.web.words import word_for
from app.worktime import WEEKDAYS, Day, Hours, Interval, WorkingCalendar

#: Short names of the days, Monday first.
SHORT = (
    lazy_gettext("Mon"),
    lazy_gettext("Tue"),
    lazy_gettext("Wed"),
    lazy_gettext("Thu"),
    lazy_gettext("Fri"),
    lazy_gettext("Sat"),
    lazy_gettext("Sun"),
)
LONG = (
    lazy_gettext("Monday"),
    lazy_gettext("Tuesday"),
    lazy_gettext("Wednesday"),
    lazy_gettext("Thursday"),
    lazy_gettext("Friday"),
    lazy_gettext("Saturday"),
    lazy_gettext("Sunday"),
)
#: The years the pages go through; the calendars themselves count from 1990 to 2100.
FIRST_YEAR, LAST_YEAR = 2000, 2075


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One day of a sheet."""

    day: date
    #: What it looks like: the name of its kind, `off`, or nothing for an ordinary working day.
    look: str
    estimated: bool
    today: bool
    #: What is particular about it, in words.
    told: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """One sheet: weeks of seven cells, None before the first and after the last day."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    #: How many days of it are worked.
    worked: int


def months_of(calendar: WorkingCalendar, year: int, today: date) -> list[Month]:
    """The twelve months of the year."""
    return [_month(calendar, year, number, today) for number in range(1, 13)]


def _month(calendar: WorkingCalendar, year: int, number: int, today: date) -> Month:
    rows = days_of_months.Calendar().monthdatescalendar(year, number)
    weeks = tuple(
        tuple(_cell(calendar, day, today) if day.month == number else None for day in week)
        for week in rows
    )
    worked = sum(bool(calendar.intervals(one.day)) for week in weeks for one in week if one)
    return Month(number=number, weeks=weeks, worked=worked)


def _cell(calendar: WorkingCalendar, day: date, today: date) -> Cell:
    found = calendar.day(day)
    look = found.kind.value if found.kind else ("" if found.intervals else "off")
    return Cell(
        day=day,
        look=look,
        estimated=not found.confirmed,
        today=day == today,
        told=_told(found),
    )


def _told(found: Day) -> str:
    """A day off like any other of its week needs no words."""
    if found.kind is None:
        return ""
    sure = "" if found.confirmed else gettext("estimated")
    words = (word_for(found.kind), found.name, said(found.intervals), sure)
    return ", ".join(word for word in words if word)


def said(intervals: Sequence[Interval]) -> str:
    """`07:30–11:30, 13:30–17:30`; nothing for a day off."""
    return ", ".join(str(one) for one in intervals)


def typed(intervals: Sequence[Interval]) -> str:
    """The same with plain hyphens, as people type it."""
    return ", ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in intervals)


def week_of(hours: Hours) -> list[tuple[str, str]]:
    """The week in words: days that follow each other with the same hours are said together."""
    grouped = groupby(range(len(WEEKDAYS)), key=lambda place: hours.weekly[place])
    return [_days_together(list(places), intervals) for intervals, places in grouped]


def _days_together(places: list[int], intervals: tuple[Interval, ...]) -> tuple[str, str]:
    first, last = str(LONG[places[0]]), str(LONG[places[-1]])
    days = gettext("%(first)s to %(last)s", first=first, last=last) if places[1:] else first
    return days, said(intervals) or gettext("Closed")


def hours_a_week(hours: Hours) -> float:
    """How long a week of these hours is."""
    return sum(_minutes(hours)) / 60


def _minutes(hours: Hours) -> Iterator[int]:
    for one in (interval for day in hours.weekly for interval in day):
        yield (one.closes.hour - one.opens.hour) * 60 + one.closes.minute - one.opens.minute


def year_asked(text: str | None, today: date) -> int:
    """The year of an address, otherwise this one."""
    if text and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return int(text[:4])
    return today.year
