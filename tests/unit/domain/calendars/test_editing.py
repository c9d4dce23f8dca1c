"""A calendar is changed piece by piece, compared, and carried over to a newer one."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendars.differences import differences
from app.domain.calendars.editing import (
    carried_over,
    day_of,
    hours_at,
    with_day,
    with_hours,
    with_rules,
    without_day,
    without_hours,
)
from app.domain.calendars.reading import checked_content, read_day
from app.foundation.errors import NotFound
from app.worktime import (
    CalendarInvalid,
    DayException,
    ExceptionKind,
    Hours,
    Interval,
    NoWorkingTime,
    Rules,
    WorkingCalendar,
    edition_content,
    preset,
    read_edition,
)

OFFICE = preset("HT-8H")
TODAY = date(2026, 11, 22)
STORM = DayException(day=date(2026, 12, 1), kind=ExceptionKind.HOLIDAY, name="Bão", source="CV 1")
MORNING = (Interval(opens=time(8), closes=time(11)),)
WINTER = Hours(
    weekly=(MORNING,) * 5 + ((), ()),
    valid_from=date(2026, 12, 15),
    valid_to=date(2027, 2, 15),
    name="Mùa đông",
)


def test_days_are_kept_in_order_and_entered_once() -> None:
    changed = with_day(OFFICE, STORM)
    assert day_of(changed, STORM.day) == STORM
    assert list(changed.exceptions) == sorted(changed.exceptions, key=lambda one: one.day)
    with pytest.raises(CalendarInvalid) as refusal:
        with_day(changed, replace(STORM, name="Lũ"))
    assert list(refusal.value.errors) == ["day"]


def test_a_day_is_moved_changed_and_removed() -> None:
    moved = with_day(with_day(OFFICE, STORM), replace(STORM, day=date(2026, 12, 2)), STORM.day)
    assert day_of(moved, STORM.day) is None
    assert without_day(moved, date(2026, 12, 2)) == OFFICE
    with pytest.raises(NotFound):
        without_day(OFFICE, STORM.day)


def test_later_hours_win_and_each_can_be_reached() -> None:
    changed = with_hours(OFFICE, WINTER, None)
    assert changed.intervals(date(2026, 12, 15)) == MORNING
    assert hours_at(changed, 1) == WINTER
    assert without_hours(changed, 1) == OFFICE
    assert with_hours(changed, replace(WINTER, name="x"), 1).hours[1].name == "x"
    for place in (-1, 2):
        with pytest.raises(NotFound):
            hours_at(changed, place)


def test_the_last_hours_cannot_be_taken_away() -> None:
    with pytest.raises(NoWorkingTime):
        without_hours(OFFICE, 0)


@pytest.mark.parametrize(
    ("day", "field"),
    [
        ({"name": ""}, "name"),
        ({"source": "", "confirmed": True}, "source"),
        ({"kind": "feast"}, "exceptions.0.kind"),
        ({"day": "2026-02-30"}, "exceptions.0.day"),
    ],
)
def test_a_day_that_tells_too_little_is_refused(day: dict[str, object], field: str) -> None:
    told = {"day": "2026-12-01", "kind": "holiday", "name": "Bão", "source": "CV 1"}
    with pytest.raises(CalendarInvalid) as refusal:
        read_day(told | day)
    assert list(refusal.value.errors) == [field]


def test_the_content_of_an_edition_is_whole_and_in_order() -> None:
    last, first = OFFICE.exceptions[-1], OFFICE.exceptions[0]
    mixed = edition_content(replace(OFFICE, exceptions=(last, first)))
    del mixed["rules"]
    content = checked_content(mixed, TODAY)
    assert [one["day"] for one in content["exceptions"]] == [
        first.day.isoformat(),
        last.day.isoformat(),
    ]
    assert content["rules"] == edition_content(OFFICE)["rules"]
    assert checked_content(content, TODAY) == content


def test_what_differs_is_told_in_full() -> None:
    changed = with_rules(
        with_hours(with_day(without_day(OFFICE, date(2026, 1, 1)), STORM), WINTER, None),
        replace(OFFICE.rules, apology_hours=Decimal(4)),
    )
    found = differences(OFFICE, changed)
    assert [(one.day, one.before is None, one.after is None) for one in found.days] == [
        (date(2026, 1, 1), False, True),
        (STORM.day, True, False),
    ]
    assert [(one.before, one.after) for one in found.hours] == [(None, WINTER)]
    (rule,) = found.rules
    assert (rule.rule, rule.before, rule.after) == ("apology_hours", Decimal(8), Decimal(4))
    assert not differences(OFFICE, OFFICE)
    assert len(differences(None, OFFICE).days) == len(OFFICE.exceptions)


def test_hours_that_went_and_hours_that_changed_are_told() -> None:
    both = with_hours(OFFICE, WINTER, None)
    (gone,) = differences(both, OFFICE).hours
    assert (gone.before, gone.after) == (WINTER, None)
    longer = replace(WINTER, valid_to=date(2027, 3, 1))
    (changed,) = differences(both, with_hours(both, longer, 1)).hours
    assert (changed.before, changed.after) == (WINTER, longer)


DAYS = st.lists(
    st.builds(
        lambda number, kind, name: DayException(
            day=date.fromordinal(date(2026, 3, 2).toordinal() + number),
            kind=kind,
            name=name,
            source="x",
        ),
        st.integers(0, 6),
        st.sampled_from([ExceptionKind.HOLIDAY, ExceptionKind.SWAP_OFF]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=5,
    unique_by=lambda one: one.day,
).map(lambda days: sorted(days, key=lambda one: one.day))
CALENDARS = st.builds(
    lambda days, hours, rules: WorkingCalendar(
        hours=(OFFICE.hours[0], *hours), exceptions=tuple(days), rules=rules
    ),
    DAYS,
    st.sampled_from([(), (WINTER,), (replace(WINTER, valid_to=date(2027, 1, 1)),)]),
    st.sampled_from([Rules(), Rules(lunch_is_out_of_hours=False)]),
)


@given(CALENDARS, CALENDARS)
def test_changes_carried_over_to_what_nobody_touched_are_the_changes(
    base: WorkingCalendar, mine: WorkingCalendar
) -> None:
    assert carried_over(base, mine, base) == mine


@given(CALENDARS, CALENDARS)
def test_nothing_changed_leaves_the_newest_as_it_is(
    base: WorkingCalendar, newest: WorkingCalendar
) -> None:
    assert carried_over(base, base, newest) == newest


@given(CALENDARS, CALENDARS, CALENDARS)
def test_what_was_carried_over_differs_from_the_newest_by_my_days_only(
    base: WorkingCalendar, mine: WorkingCalendar, newest: WorkingCalendar
) -> None:
    carried = carried_over(base, mine, newest)
    my_days = {one.day: one.after for one in differences(base, mine).days}
    for one in differences(newest, carried).days:
        assert one.day in my_days
    for day, after in my_days.items():
        assert day_of(carried, day) == after


@given(CALENDARS)
def test_stored_and_read_again_nothing_differs(calendar: WorkingCalendar) -> None:
    assert not differences(calendar, read_edition(edition_content(calendar)))
