"""Counting working days, and the working hours between two moments."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE
from app.worktime import (
    Counting,
    add_working_days,
    add_working_hours,
    read_calendar,
    working_hours_between,
)

DAY = [["07:30", "11:30"], ["13:30", "17:30"]]
OFFICE = read_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-11-04T09:00", 1, "2024-11-05T09:00"),
        ("2024-11-08T16:30", 1, "2024-11-11T16:30"),
        ("2024-11-09T10:00", 1, "2024-11-11T17:30"),
        ("2024-11-04T09:00", 10, "2024-11-18T09:00"),
        ("2024-11-09T10:00", 0, "2024-11-09T10:00"),
    ],
)
def test_days_lead_to_the_same_time_of_a_working_day(start: str, days: int, end: str) -> None:
    assert add_working_days(OFFICE, local(start), days) == local(end)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2024-11-04T09:00", "2024-11-05T09:00", "8"),
        ("2024-11-04T09:00", "2024-11-04T10:15", "1.25"),
        ("2024-11-04T11:00", "2024-11-04T14:00", "1"),
        ("2024-11-08T17:00", "2024-11-11T08:00", "1"),
        ("2024-11-09T00:00", "2024-11-10T23:00", "0"),
        ("2024-11-05T09:00", "2024-11-04T09:00", "-8"),
    ],
)
def test_only_working_time_counts_between_two_moments(start: str, end: str, hours: str) -> None:
    assert working_hours_between(OFFICE, local(start), local(end)) == Decimal(hours)


MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001 - made aware next
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@settings(max_examples=50)
@given(start=MOMENTS, quarters=st.integers(1, 120))
def test_counting_takes_back_what_adding_gave(start: datetime, quarters: int) -> None:
    hours = Decimal(quarters) / 4
    end = add_working_hours(OFFICE, start, hours)
    assert working_hours_between(OFFICE, start, end) == hours


@pytest.mark.parametrize("days", [-1, 10**6])
def test_days_out_of_reach_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        add_working_days(OFFICE, local("2024-11-04T09:00"), days)


def test_moments_before_1990_are_refused() -> None:
    with pytest.raises(ValueError, match="1990 to 2100"):
        working_hours_between(OFFICE, local("1924-11-04T09:00"), local("2024-11-04T09:00"))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2024, 11, 4)  # noqa: DTZ001 - on purpose
    with pytest.raises(ValueError, match="time zone"):
        add_working_days(OFFICE, naive, 1)
    with pytest.raises(ValueError, match="time zone"):
        working_hours_between(OFFICE, local("2024-11-04T09:00"), naive)


def test_one_object_answers_all_three_questions() -> None:
    counting = Counting(calendar=OFFICE)
    start = local("2024-11-08T16:30")
    assert counting.add_hours(start, Decimal(2)) == local("2024-11-11T08:30")
    assert counting.add_days(start, 1) == local("2024-11-11T16:30")
    assert counting.hours_between(start, local("2024-11-11T08:30")) == 2
