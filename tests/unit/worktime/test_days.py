"""Terms in days: by the clock on working days, by the date on calendar days."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE, local_date
from app.worktime import (
    DaysUncountable,
    WorkingCalendar,
    WorkingTimeEnds,
    add_working_days,
    add_working_hours,
    calendar_days_due,
    next_opening,
    preset,
    read_calendar,
    subtract_working_days,
)
from tests.unit.worktime.times import calendars, local, moments, starts

DAY = (("07:30", "11:30"), ("13:30", "17:30"))
EVERY_WEEKDAY = read_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))


@pytest.mark.parametrize(
    ("key", "start", "days", "due"),
    [
        ("HT-8H", "2024-11-04T09:00", 5, "2024-11-11T09:00"),
        # Tết lies between: 08 to 14/02/2024.
        ("HT-8H", "2024-02-07T10:00", 1, "2024-02-15T10:00"),
        # The Saturday worked in exchange for Monday 29/04 counts.
        ("HT-8H", "2024-05-03T15:00", 1, "2024-05-04T15:00"),
        # From an opening, a day is over at the closing and not at the next opening (SLA-5).
        ("HT-8H", "2024-11-04T07:30", 1, "2024-11-04T17:30"),
        ("HT-8H", "2024-11-04T11:30", 1, "2024-11-05T11:30"),
        # Sent in the weekend: Monday is the first day (W-07).
        ("HT-8H", "2024-11-09T10:00", 1, "2024-11-11T17:30"),
        ("HT-8H", "2024-11-08T17:30", 3, "2024-11-13T17:30"),
        # Seven and a half hours a day: the same clock time all the same.
        ("OFF-7H30", "2024-11-04T09:00", 10, "2024-11-18T09:00"),
        # Saturday ends at 11:30, so that the term does too.
        ("SAT-AM", "2024-11-08T15:00", 1, "2024-11-09T11:30"),
        ("SAT-AM", "2024-11-08T10:00", 1, "2024-11-09T10:00"),
        ("SAT-AM", "2024-11-09T10:00", 1, "2024-11-11T10:00"),
    ],
)
def test_working_days_by_hand(key: str, start: str, days: int, due: str) -> None:
    assert add_working_days(preset(key), local(start), days) == local(due)


@settings(max_examples=50)
@given(start=moments(), days=st.integers(0, 60))
def test_where_all_days_are_alike_days_are_their_hours(start: datetime, days: int) -> None:
    assert add_working_days(EVERY_WEEKDAY, start, days) == add_working_hours(
        EVERY_WEEKDAY, start, 8 * days
    )


@settings(max_examples=50)
@given(start=moments(), days=st.integers(1, 60))
def test_where_all_days_are_alike_taking_away_undoes_adding(start: datetime, days: int) -> None:
    due = add_working_days(EVERY_WEEKDAY, start, days)
    assert subtract_working_days(EVERY_WEEKDAY, due, days) == next_opening(EVERY_WEEKDAY, start)


@settings(max_examples=60)
@given(calendar=calendars(), one=starts(), other=starts(), days=st.integers(1, 30))
def test_a_later_start_is_never_due_earlier_and_always_in_working_time(
    calendar: WorkingCalendar, one: datetime, other: datetime, days: int
) -> None:
    first, second = sorted((one, other))
    due = add_working_days(calendar, first, days)
    assert first < due <= add_working_days(calendar, second, days)
    assert _is_worked_until(calendar, due)
    back = subtract_working_days(calendar, second, days)
    assert back < second
    assert subtract_working_days(calendar, first, days) <= back


def _is_worked_until(calendar: WorkingCalendar, due: datetime) -> bool:
    here = due.astimezone(LOCAL_ZONE)
    return any(o.opens < here.time() <= o.closes for o in calendar.intervals(here.date()))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # The first day is not counted; the term is over with the work of the last.
        ("2024-11-04T09:00", 1, "2024-11-05T17:30"),
        ("2024-11-04T23:59", 1, "2024-11-05T17:30"),
        # Saturday and Sunday give way to Monday.
        ("2024-11-07T09:00", 2, "2024-11-11T17:30"),
        ("2024-11-07T09:00", 3, "2024-11-11T17:30"),
        # 30/04 and 01/05 are holidays, 29/04 a swapped day off.
        ("2024-04-14T09:00", 15, "2024-05-02T17:30"),
        # A Saturday that is worked in exchange is a day like any other.
        ("2024-05-01T09:00", 3, "2024-05-04T17:30"),
        ("2024-11-09T10:00", 0, "2024-11-09T10:00"),
    ],
)
def test_calendar_days_by_hand(start: str, days: int, due: str) -> None:
    assert calendar_days_due(preset("HT-8H"), local(start), days) == local(due)


@settings(max_examples=60)
@given(calendar=calendars(), start=starts(), days=st.integers(1, 30))
def test_calendar_days_end_on_the_first_working_day_that_is_not_too_early(
    calendar: WorkingCalendar, start: datetime, days: int
) -> None:
    due = calendar_days_due(calendar, start, days)
    last = local_date(due)
    assert (last - local_date(start)).days >= days
    assert due.astimezone(LOCAL_ZONE).time() == calendar.intervals(last)[-1].closes
    wait = (last - local_date(start)).days - days
    assert wait == 0 or calendar_days_due(calendar, start, days + wait) == due


@pytest.mark.parametrize("days", [-1, 3661])
def test_days_beyond_reach_are_refused(days: int) -> None:
    for count in (add_working_days, subtract_working_days, calendar_days_due):
        with pytest.raises(DaysUncountable, match="cannot be counted"):
            count(preset("HT-8H"), local("2024-11-04T09:00"), days)


def test_the_years_end_in_2100() -> None:
    start = local("2100-12-31T09:00")
    for count in (add_working_days, calendar_days_due):
        with pytest.raises(ValueError, match="2100"):
            count(preset("HT-8H"), start, 3)
    with pytest.raises(WorkingTimeEnds):
        subtract_working_days(preset("HT-8H"), local("1990-01-02T09:00"), 3)
    with pytest.raises(WorkingTimeEnds):
        subtract_working_days(preset("HT-8H"), local("1990-01-01T00:00"), 1)
