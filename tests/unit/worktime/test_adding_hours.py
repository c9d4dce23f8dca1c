"""Adding working hours gives the earliest instant at which they have elapsed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE
from app.worktime import Interval, NoWorkingTime, add_working_hours, read_calendar

DAY = [["07:30", "11:30"], ["13:30", "17:30"]]
OFFICE = read_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2024-11-04T09:00", 8, "2024-11-05T09:00"),
        ("2024-11-04T07:30", 8, "2024-11-04T17:30"),
        ("2024-11-04T11:30", 8, "2024-11-05T11:30"),
        ("2024-11-04T17:29", 8, "2024-11-05T17:29"),
        ("2024-11-04T17:30", 8, "2024-11-05T17:30"),
        ("2024-11-08T20:00", 8, "2024-11-11T17:30"),
        ("2024-11-08T16:30", 2, "2024-11-11T08:30"),
        ("2024-11-09T10:00", 1, "2024-11-11T08:30"),
        ("2024-11-04T09:00", 0, "2024-11-04T09:00"),
    ],
)
def test_worked_cases_of_the_reception_rule(start: str, hours: int, due: str) -> None:
    assert add_working_hours(OFFICE, local(start), Decimal(hours)) == local(due)


MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - made aware next
    lambda moment: moment.replace(tzinfo=UTC)
)
QUARTERS = st.integers(0, 120).map(lambda n: Decimal(n) / 4)


@given(start=MOMENTS, first=QUARTERS, second=QUARTERS)
def test_adding_in_two_parts_is_adding_at_once(
    start: datetime, first: Decimal, second: Decimal
) -> None:
    halfway = add_working_hours(OFFICE, start, first)
    assert add_working_hours(OFFICE, halfway, second) == add_working_hours(
        OFFICE, start, first + second
    )


@given(start=MOMENTS, hours=QUARTERS.filter(lambda h: h > 0))
def test_the_result_lies_in_working_time_and_after_the_start(
    start: datetime, hours: Decimal
) -> None:
    due = add_working_hours(OFFICE, start, hours)
    here = due.astimezone(LOCAL_ZONE)
    assert due > start
    assert any(i.opens <= here.time() <= i.closes for i in OFFICE.intervals(here.date()))


@given(start=MOMENTS, hours=QUARTERS)
def test_it_equals_a_minute_counter(start: datetime, hours: Decimal) -> None:
    start = start.replace(second=0, microsecond=0)
    left = int(hours * 60)
    moment = start
    while left:
        here = moment.astimezone(LOCAL_ZONE)
        left -= any(i.opens <= here.time() < i.closes for i in OFFICE.intervals(here.date()))
        moment += timedelta(minutes=1)
    assert add_working_hours(OFFICE, start, hours) == moment


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        add_working_hours(OFFICE, datetime(2024, 11, 4), Decimal(1))  # noqa: DTZ001 - on purpose


@pytest.mark.parametrize("hours", [Decimal(-1), Decimal(10**9)])
def test_hours_out_of_reach_are_refused(hours: Decimal) -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        add_working_hours(OFFICE, local("2024-11-04T09:00"), hours)


def test_a_calendar_without_working_time_is_refused() -> None:
    with pytest.raises(NoWorkingTime):
        read_calendar({})


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    morning, noon = (one.opens for one in OFFICE.hours[0].weekly[0])
    with pytest.raises(ValueError, match="before"):
        Interval(opens=noon, closes=morning)
