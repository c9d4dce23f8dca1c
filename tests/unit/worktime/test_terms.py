"""Legal terms, how a dossier stands to them, and what they rest on."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.worktime import (
    Term,
    TermInvalid,
    TermUnit,
    Timeliness,
    WorkingCalendar,
    add_working_hours,
    classify,
    preset,
    read_calendar,
    term_due,
    unconfirmed,
    working_hours_between,
)
from tests.unit.worktime.times import local, moments

OFFICE = preset("HT-8H")
HOURS, DAYS, CALENDAR = TermUnit
DAY = (("07:30", "11:30"), ("13:30", "17:30"))
WEEK = read_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY))
EARLY, ON_TIME, OVERDUE = Timeliness


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (8, HOURS, "2024-11-05T09:00"),
        (1, DAYS, "2024-11-05T09:00"),
        (Decimal("2.5"), DAYS, "2024-11-06T15:00"),
        (5, DAYS, "2024-11-11T09:00"),
        (5, CALENDAR, "2024-11-11T17:30"),
        (Decimal(7), CALENDAR, "2024-11-11T17:30"),
    ],
)
def test_terms_by_hand(amount: Decimal | int, unit: TermUnit, due: str) -> None:
    assert term_due(OFFICE, local("2024-11-04T09:00"), Term(amount=amount, unit=unit)) == local(due)


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [(12, HOURS, 12), (3, DAYS, 24), (Decimal("0.5"), DAYS, 4)]
    + [(days, CALENDAR, 8 * worked) for days, worked in ((0, 0), (1, 1), (3, 1), (7, 5), (15, 11))],
)
def test_hours_to_plan_with(amount: Decimal | int, unit: TermUnit, hours: int) -> None:
    assert Term(amount=amount, unit=unit).hours == hours


@given(start=moments(), days=st.integers(1, 60))
def test_steps_planned_for_calendar_days_fit_wherever_the_term_begins(
    start: datetime, days: int
) -> None:
    term = Term(amount=days, unit=CALENDAR)
    assert working_hours_between(WEEK, start, term_due(WEEK, start, term)) >= term.hours


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(-1, HOURS), (Decimal("NaN"), DAYS), (Decimal("Infinity"), HOURS), (Decimal("1.5"), CALENDAR)],
)
def test_what_is_no_term_is_refused(amount: Decimal | int, unit: TermUnit) -> None:
    with pytest.raises(TermInvalid, match="is no term"):
        Term(amount=amount, unit=unit)


@pytest.mark.parametrize(
    ("finished", "now", "by_date", "by_instant"),
    [
        ("2024-11-04T16:00", "2025-01-01", EARLY, EARLY),
        ("2024-11-05T08:59", "2025-01-01", ON_TIME, EARLY),
        ("2024-11-05T09:00", "2025-01-01", ON_TIME, ON_TIME),
        ("2024-11-05T09:01", "2025-01-01", ON_TIME, OVERDUE),
        ("2024-11-05T23:59", "2025-01-01", ON_TIME, OVERDUE),
        ("2024-11-06T00:00", "2025-01-01", OVERDUE, OVERDUE),
        (None, "2024-11-04T09:00", ON_TIME, ON_TIME),
        (None, "2024-11-05T10:00", ON_TIME, OVERDUE),
        (None, "2024-11-06T00:00", OVERDUE, OVERDUE),
    ],
)
def test_by_days_and_by_instants(
    finished: str | None, now: str, by_date: Timeliness, by_instant: Timeliness
) -> None:
    done = local(finished) if finished else None
    found = classify(done, local("2024-11-05T09:00"), local(now))
    assert (found.by_date, found.by_instant) == (by_date, by_instant)


def test_without_a_due_date_everything_is_on_time() -> None:
    found = classify(local("2030-01-01"), None, local("2030-01-01"))
    assert (found.by_date, found.by_instant) == (ON_TIME, ON_TIME)
    with pytest.raises(ValueError, match="time zone"):
        classify(datetime(2024, 11, 4), None, local("2030-01-01"))  # noqa: DTZ001 - on purpose


def test_a_deadline_tells_what_it_rests_on() -> None:
    start = local("2026-12-28T09:00")
    found = unconfirmed(OFFICE, start, add_working_hours(OFFICE, start, 40))
    assert bool(found)
    assert ([f"{one.day}" for one in found.days], found.years) == (["2027-01-01"], ())
    beyond = unconfirmed(OFFICE, local("2027-12-28"), local("2029-01-04"))
    assert (beyond.days, beyond.years) == ((), (2028, 2029))


def test_confirmed_days_leave_nothing_to_say() -> None:
    start = local("2024-02-05T09:00")
    assert not unconfirmed(OFFICE, start, start + timedelta(days=20))
    shuffled = WorkingCalendar(
        hours=OFFICE.hours,
        exceptions=tuple(replace(one, confirmed=False) for one in reversed(OFFICE.exceptions)),
    )
    days = [one.day for one in unconfirmed(shuffled, start, start + timedelta(days=20)).days]
    assert days == sorted(days)
    assert len(days) == 7
