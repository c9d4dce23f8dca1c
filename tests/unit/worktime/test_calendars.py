"""What a calendar says of a day, and which calendars are refused."""

from datetime import date, time

import pytest

from app.worktime import (
    CalendarInvalid,
    DayException,
    ExceptionKind,
    Hours,
    Interval,
    IntervalInvalid,
    NoWorkingTime,
    OutOfReach,
    Rules,
    WorkingCalendar,
    preset,
    vietnam_holidays,
)
from tests.unit.worktime.times import hours

FULL = hours("07:30", "11:30", "13:30", "17:30")
MORNING = hours("07:30", "11:30")
WEEK = (FULL, FULL, FULL, FULL, FULL, (), ())
FRIDAY, SATURDAY = date(2024, 5, 3), date(2024, 5, 4)


def exception(kind: ExceptionKind, day: date = FRIDAY, *clocks: str) -> DayException:
    return DayException(
        day=day, kind=kind, name="a day", source="a notice", intervals=hours(*clocks) or None
    )


def office(*exceptions: DayException) -> WorkingCalendar:
    return WorkingCalendar(hours=(Hours(weekly=WEEK),), exceptions=exceptions)


@pytest.mark.parametrize(
    ("kind", "day", "clocks", "worked"),
    [
        (ExceptionKind.HOLIDAY, FRIDAY, (), ()),
        (ExceptionKind.SWAP_OFF, FRIDAY, (), ()),
        (ExceptionKind.SWAP_WORK, SATURDAY, (), FULL),
        (ExceptionKind.SWAP_WORK, SATURDAY, ("08:00", "12:00"), hours("08:00", "12:00")),
        (ExceptionKind.HALF_DAY, FRIDAY, (), MORNING),
        (ExceptionKind.HALF_DAY, FRIDAY, ("13:30", "17:30"), hours("13:30", "17:30")),
        (ExceptionKind.HALF_DAY, SATURDAY, ("08:00", "10:00"), hours("08:00", "10:00")),
        (ExceptionKind.SPECIAL, FRIDAY, ("06:00", "14:00"), hours("06:00", "14:00")),
    ],
)
def test_a_day_of_its_own(
    kind: ExceptionKind, day: date, clocks: tuple[str, ...], worked: tuple[Interval, ...]
) -> None:
    found = office(exception(kind, day, *clocks)).day(day)
    assert found.intervals == worked
    assert (found.kind, found.name, found.source) == (kind, "a day", "a notice")


def test_any_other_day_is_like_its_weekday() -> None:
    calendar = office(exception(ExceptionKind.HOLIDAY))
    assert calendar.day(date(2024, 5, 2)).kind is None
    assert calendar.intervals(date(2024, 5, 2)) == FULL
    assert calendar.intervals(SATURDAY) == ()


def test_a_swapped_saturday_is_an_ordinary_weekday_even_where_saturdays_are_short() -> None:
    assert preset("SAT-AM").intervals(SATURDAY) == FULL
    assert preset("SAT-AM").intervals(date(2024, 5, 11)) == MORNING


def test_the_hours_of_a_season_win_while_they_last() -> None:
    winter = Hours(
        weekly=(MORNING,) * 5 + ((),) * 2,
        valid_from=date(2024, 2, 1),
        valid_to=date(2024, 4, 15),
        name="winter",
    )
    calendar = WorkingCalendar(hours=(Hours(weekly=WEEK), winter))
    assert calendar.intervals(date(2024, 1, 31)) == FULL
    assert calendar.day(date(2024, 2, 1)).name == "winter"
    assert calendar.intervals(date(2024, 4, 15)) == MORNING
    assert calendar.intervals(date(2024, 4, 16)) == FULL


def test_days_that_no_hours_cover_are_not_worked() -> None:
    since = Hours(weekly=WEEK, valid_from=date(2024, 5, 2))
    swapped = exception(ExceptionKind.SWAP_WORK, date(2024, 4, 27))
    calendar = WorkingCalendar(hours=(since,), exceptions=(swapped,))
    assert calendar.intervals(date(2024, 5, 1)) == ()
    assert calendar.intervals(date(2024, 4, 27)) == ()
    assert calendar.intervals(date(2024, 5, 2)) == FULL


def test_two_entries_for_a_day_are_refused_by_its_name() -> None:
    with pytest.raises(CalendarInvalid) as refused:
        office(exception(ExceptionKind.HOLIDAY), exception(ExceptionKind.SWAP_OFF))
    assert refused.value.errors == {"exceptions.1.day": ["03/05/2024 is entered twice."]}


@pytest.mark.parametrize(
    "clocks",
    [("07:30", "11:30", "11:00", "12:00"), ("13:30", "17:30", "07:30", "11:30")],
)
def test_hours_that_overlap_or_are_out_of_order_are_refused_by_name(clocks: str) -> None:
    with pytest.raises(CalendarInvalid) as refused:
        Hours(weekly=(*WEEK[:2], hours(*clocks), *WEEK[3:]))
    said = f"{clocks[2]}–{clocks[3]} does not come after {clocks[0]}–{clocks[1]}."
    assert refused.value.errors == {"weekly.wed": [said]}
    with pytest.raises(CalendarInvalid) as refused:
        exception(ExceptionKind.SPECIAL, FRIDAY, *clocks)
    assert refused.value.errors == {"intervals": [said]}


def test_hours_that_touch_are_no_overlap() -> None:
    together = hours("07:30", "11:30", "11:30", "13:00")
    assert Hours(weekly=(together, *WEEK[1:])).weekly[0] == together


def test_a_day_does_not_end_at_midnight() -> None:
    with pytest.raises(IntervalInvalid, match="cannot run past midnight"):
        Interval(opens=time(17), closes=time(0))
    with pytest.raises(ValueError, match="whole seconds"):
        Interval(opens=time(7, 30), closes=time(11, 30, 0, 5))


@pytest.mark.parametrize(
    ("kind", "day", "intervals"),
    [
        (ExceptionKind.HOLIDAY, FRIDAY, MORNING),
        (ExceptionKind.SWAP_OFF, FRIDAY, MORNING),
        (ExceptionKind.SPECIAL, FRIDAY, None),
        (ExceptionKind.SPECIAL, FRIDAY, ()),
        (ExceptionKind.HALF_DAY, SATURDAY, None),
    ],
)
def test_a_day_whose_hours_contradict_its_kind_is_refused(
    kind: ExceptionKind, day: date, intervals: tuple[Interval, ...] | None
) -> None:
    with pytest.raises(CalendarInvalid) as refused:
        office(DayException(day=day, kind=kind, name="", intervals=intervals))
    assert all(path.endswith("intervals") for path in refused.value.errors)


def test_a_week_without_hours_is_refused() -> None:
    with pytest.raises(NoWorkingTime, match="no working time"):
        WorkingCalendar(hours=(Hours(weekly=((),) * 7),))
    with pytest.raises(NoWorkingTime):
        WorkingCalendar(hours=())
    with pytest.raises(ValueError, match="seven days"):
        Hours(weekly=(FULL,))
    with pytest.raises(CalendarInvalid):
        Hours(weekly=WEEK, valid_from=FRIDAY, valid_to=date(2024, 5, 2))


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2101, 1, 1)])
def test_only_1990_to_2100_can_be_asked_for(day: date) -> None:
    with pytest.raises(OutOfReach, match="1990 to 2100"):
        preset("HT-8H").day(day)


def test_rules_that_make_no_sense_are_refused() -> None:
    with pytest.raises(CalendarInvalid) as refused:
        Rules(warn_ratios=(Rules().warn_ratios[1],) * 2, escalation_hours=-Rules().apology_hours)
    assert set(refused.value.errors) == {"warn_ratios", "escalation_hours"}


def test_equal_calendars_share_their_sums() -> None:
    one, other = office(exception(ExceptionKind.HOLIDAY)), office(exception(ExceptionKind.HOLIDAY))
    assert (one == other, hash(one) == hash(other)) == (True, True)
    assert one.timeline is other.timeline
    assert office() != one


def test_the_holidays_of_five_years_come_with_their_source() -> None:
    days = vietnam_holidays()
    assert len(days) == 78
    assert [one.day for one in days] == sorted({one.day for one in days})
    assert all(one.source and one.name for one in days)
    assert {one.day.year for one in days if not one.confirmed} == {2027}
    swapped = [f"{one.day}" for one in days if one.kind is ExceptionKind.SWAP_WORK]
    assert swapped == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
