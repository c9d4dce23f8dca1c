"""On any calendar, counting obeys its laws to the microsecond and equals a counter of minutes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE
from app.worktime import (
    Hours,
    NoWorkingTime,
    WorkingCalendar,
    add_working_hours,
    extended_due,
    is_working_time,
    next_opening,
    preset,
    subtract_working_hours,
    working_hours_between,
    working_seconds_between,
)
from tests.unit.worktime.times import (
    calendars,
    local,
    opening_at_or_after,
    starts,
    told,
    worked_minutes,
)

OFFICE = preset("HT-8H")
#: An office that was closed at the end of 2024.
ENDED = WorkingCalendar(
    hours=(
        Hours(
            weekly=OFFICE.hours[0].weekly,
            valid_from=date(2024, 1, 1),
            valid_to=date(2024, 12, 31),
        ),
    )
)
TERMS = st.integers(1, 200 * 3600)


def hours(seconds: int) -> Decimal:
    return Decimal(seconds) / 3600


@settings(max_examples=60)
@given(calendar=calendars(), start=starts(), minutes=st.integers(1, 40 * 60))
def test_it_equals_a_counter_of_minutes(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    start = start.replace(second=0, microsecond=0)
    last = next(islice(worked_minutes(calendar, start), minutes - 1, None))
    due = last + timedelta(minutes=1)
    assert add_working_hours(calendar, start, hours(60 * minutes)) == due
    assert working_seconds_between(calendar, start, due) == 60 * minutes


@settings(max_examples=50)
@given(calendar=calendars(), start=starts(), first=TERMS, second=TERMS)
def test_parts_add_up(calendar: WorkingCalendar, start: datetime, first: int, second: int) -> None:
    halfway = add_working_hours(calendar, start, hours(first))
    due = add_working_hours(calendar, start, hours(first + second))
    assert add_working_hours(calendar, halfway, hours(second)) == due
    assert working_hours_between(calendar, start, due) == hours(first + second)
    assert working_seconds_between(calendar, start, halfway) == first
    assert working_seconds_between(calendar, halfway, due) == second
    assert working_seconds_between(calendar, due, start) == -first - second


@settings(max_examples=50)
@given(calendar=calendars(), start=starts(), seconds=TERMS)
def test_taking_away_undoes_adding(
    calendar: WorkingCalendar, start: datetime, seconds: int
) -> None:
    due = add_working_hours(calendar, start, hours(seconds))
    opening = next_opening(calendar, start)
    assert subtract_working_hours(calendar, due, hours(seconds)) == opening
    assert opening == opening_at_or_after(calendar, start)
    assert is_working_time(calendar, opening)


@settings(max_examples=50)
@given(calendar=calendars(), end=starts(), seconds=TERMS)
def test_adding_undoes_taking_away(calendar: WorkingCalendar, end: datetime, seconds: int) -> None:
    start = subtract_working_hours(calendar, end, hours(seconds))
    again = add_working_hours(calendar, start, hours(seconds))
    assert is_working_time(calendar, start)
    assert again <= end
    assert working_seconds_between(calendar, again, end) == 0
    just_before = end - timedelta(microseconds=1)
    assert (again == end) == is_working_time(calendar, just_before)


@settings(max_examples=50)
@given(calendar=calendars(), one=starts(), other=starts(), seconds=TERMS)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, seconds: int
) -> None:
    first, second = sorted((one, other))
    assert add_working_hours(calendar, first, hours(seconds)) <= add_working_hours(
        calendar, second, hours(seconds)
    )


@settings(max_examples=50)
@given(calendar=calendars(), start=starts(), seconds=TERMS)
def test_a_deadline_lies_in_working_time_or_at_a_closing(
    calendar: WorkingCalendar, start: datetime, seconds: int
) -> None:
    due = add_working_hours(calendar, start, hours(seconds)).astimezone(LOCAL_ZONE)
    worked = calendar.intervals(due.date())
    assert any(one.opens < due.time() <= one.closes for one in worked)


@settings(max_examples=50)
@given(calendar=calendars(), start=starts(), term=TERMS, until=TERMS, length=st.integers(0, 10**6))
def test_what_was_left_before_a_pause_is_left_after_it(
    calendar: WorkingCalendar, start: datetime, term: int, until: int, length: int
) -> None:
    due = add_working_hours(calendar, start, hours(term + until))
    paused = add_working_hours(calendar, start, hours(until))
    resumed = paused + timedelta(seconds=length)
    left = working_seconds_between(calendar, paused, due)
    assert left == term
    assert extended_due(calendar, due, paused, resumed) == add_working_hours(
        calendar, resumed, hours(left)
    )


def test_a_pause_out_of_hours_costs_nothing() -> None:
    due = local("2024-11-12T09:00")
    friday, monday = local("2024-11-08T17:30"), local("2024-11-11T07:30")
    assert extended_due(OFFICE, due, friday, monday) == due
    assert told(extended_due(OFFICE, due, friday, local("2024-11-11T08:30"))) == (
        "2024-11-12T10:00:00"
    )


def test_a_pause_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        extended_due(OFFICE, local("2024-11-12"), local("2024-11-08"), local("2024-11-07"))


def test_parts_of_a_second_are_kept() -> None:
    due = add_working_hours(OFFICE, local("2024-11-04T11:29:59.250000"), hours(1))
    assert told(due) == "2024-11-04T13:30:00.250000"
    assert working_seconds_between(OFFICE, local("2024-11-04T11:29:59.250000"), due) == 1
    assert add_working_hours(OFFICE, local("2024-11-04T09:00"), Decimal(1) / 3) == local(
        "2024-11-04T09:20"
    )


def test_a_calendar_whose_hours_end_says_so() -> None:
    start = local("2024-12-30T09:00")
    assert add_working_hours(ENDED, start, Decimal("14.5")) == local("2024-12-31T17:30")
    with pytest.raises(NoWorkingTime, match=r"01/01/2024 to 31/12/2024"):
        add_working_hours(ENDED, start, Decimal("14.51"))
    with pytest.raises(NoWorkingTime):
        next_opening(ENDED, local("2025-01-01"))
    with pytest.raises(NoWorkingTime):
        subtract_working_hours(ENDED, local("2024-01-02T09:00"), 24)
    assert working_seconds_between(ENDED, local("2025-01-01"), local("2026-01-01")) == 0
