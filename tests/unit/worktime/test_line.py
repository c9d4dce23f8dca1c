"""The line of worked time agrees with what the calendar says of every single day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.foundation.clock import LOCAL_ZONE
from app.worktime import Hours, NoWorkingTime, OutOfReach, WorkingCalendar, preset
from app.worktime.timeline import DAY, FIRST_DAY, LAST_DAY, SECOND, from_line, to_line
from tests.unit.worktime.times import days_of_work, exceptional_days

LEGAL = timedelta(hours=7)
NEVER = Hours(weekly=((),) * 7)
ANY_DAY = st.dates(date(1985, 1, 1), date(2105, 1, 1))


@st.composite
def regimes(draw: st.DrawFn) -> Hours:
    first, last = draw(ANY_DAY), draw(st.none() | ANY_DAY)
    if last is not None and last < first:
        first, last = last, first
    week = tuple(draw(days_of_work()) for _ in range(7))
    return Hours(weekly=week, valid_from=first, valid_to=last)


@example(others=[NEVER], exceptions=(), days=[])
@given(
    others=st.lists(regimes(), max_size=4),
    exceptions=exceptional_days(),
    days=st.lists(st.integers(0, (LAST_DAY - FIRST_DAY).days), min_size=5, max_size=40),
)
def test_every_day_is_on_the_line_as_the_calendar_has_it(
    others: list[Hours], exceptions: tuple, days: list[int]
) -> None:
    always = Hours(weekly=preset("SAT-AM").hours[0].weekly)
    try:
        calendar = WorkingCalendar(hours=(always, *others), exceptions=exceptions)
    except NoWorkingTime:
        assert any(not any(one.weekly) for one in others)
        return
    edges = [one.valid_from for one in others] + [one.valid_to for one in others if one.valid_to]
    near = [(edge - FIRST_DAY).days + step for edge in edges for step in (-1, 0, 1)]
    exceptional = [(one.day - FIRST_DAY).days for one in exceptions]
    for number in [*days, *near, *exceptional]:
        if 0 <= number <= (LAST_DAY - FIRST_DAY).days:
            _agree(calendar, number)


def _agree(calendar: WorkingCalendar, number: int) -> None:
    day, line = FIRST_DAY + timedelta(days=number), calendar.timeline
    midnight = datetime.combine(day, datetime.min.time(), LOCAL_ZONE)
    opens = [
        midnight.replace(hour=o.opens.hour, minute=o.opens.minute) for o in calendar.intervals(day)
    ]
    worked = sum(
        (o.closes.hour - o.opens.hour) * 3600 + (o.closes.minute - o.opens.minute) * 60
        for o in calendar.intervals(day)
    )
    end = (number + 1) * DAY - 1
    assert line.worked(end) - line.worked(number * DAY) == worked * SECOND
    assert all(line.is_worked(to_line(at)) for at in opens)
    span = line.span(number)
    assert (span is None) == (not opens)
    if span:
        assert (span[0], line.day_after(number - 1, 1) if number else number) == (
            to_line(opens[0]),
            number,
        )


def test_legal_time_stays_seven_hours_ahead_all_these_years() -> None:
    day = FIRST_DAY
    while day <= LAST_DAY:
        assert datetime.combine(day, datetime.min.time(), LOCAL_ZONE).utcoffset() == LEGAL
        day += timedelta(days=1)


def test_moments_and_their_places_on_the_line() -> None:
    assert FIRST_DAY.weekday() == 0
    begin = datetime(1990, 1, 1, tzinfo=LOCAL_ZONE)
    assert (to_line(begin), from_line(0)) == (0, begin)
    last = datetime(2100, 12, 31, 23, 59, 59, 999999, tzinfo=LOCAL_ZONE)
    assert from_line(to_line(last)) == last
    for beyond in (begin - timedelta(microseconds=1), last + timedelta(microseconds=1)):
        with pytest.raises(OutOfReach):
            to_line(beyond)
