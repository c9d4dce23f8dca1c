"""Whether a promise can be kept, when to look again, and which date to promise instead (L-06)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.apologies.forecast import (
    Forecast,
    first_look,
    next_look,
    proposed_date,
    will_be_late,
)
from app.worktime import Rules, add_working_hours, preset, working_hours_between
from tests.unit.worktime.times import local, starts, told

#: 07:30 to 11:30 and 13:30 to 17:30 on weekdays.
OFFICE = preset("HT-8H")
#: The Thursday of a week without days off; the promise, where nothing else is said.
DUE = "2024-11-07T15:00"
MICROSECOND = timedelta(microseconds=1)


def left(*until: str, ahead: str = "0") -> Forecast:
    """Open steps that end at these moments, and hours of those that follow."""
    return Forecast(open_until=tuple(local(one) for one in until), ahead=Decimal(ahead))


@pytest.mark.parametrize(
    ("forecast", "at", "late"),
    [
        # Nothing is open and nothing follows: only the date itself makes it late.
        (left(), "2024-11-07T14:59:59", False),
        (left(), "2024-11-07T15:00", True),
        (left(), "2024-11-07T15:00:01", True),
        # The last step: it may take until the date, and not a second longer.
        (left(DUE), "2024-11-07T08:00", False),
        (left("2024-11-07T15:00:01"), "2024-11-07T08:00", True),
        (left("2024-11-07T14:00"), "2024-11-07T13:59:59", False),
        # Its hours are used up: at that instant, not before.
        (left("2024-11-07T14:00"), "2024-11-07T14:00", True),
        (left("2024-11-05T14:00"), "2024-11-05T14:00:01", True),
        # What follows comes after what is open.
        (left("2024-11-07T14:00", ahead="1"), "2024-11-07T08:00", False),
        (left("2024-11-07T14:00", ahead="1.01"), "2024-11-07T08:00", True),
        (left("2024-11-06T17:30", ahead="5.5"), "2024-11-06T15:00", False),
        (left("2024-11-06T17:30", ahead="5.6"), "2024-11-06T15:00", True),
        # Several open steps: the last of them counts for what follows, each of them for lateness.
        (left("2024-11-07T09:00", "2024-11-07T14:00", ahead="1"), "2024-11-07T08:00", False),
        (left("2024-11-07T09:00", "2024-11-07T14:30", ahead="1"), "2024-11-07T08:00", True),
        (left("2024-11-07T09:00", "2024-11-07T14:00"), "2024-11-07T09:00", True),
        # Steps without hours set no end: only what follows counts, from now on.
        (left(ahead="1"), "2024-11-07T14:00", False),
        (left(ahead="1"), "2024-11-07T14:00:01", True),
        (left(ahead="8"), "2024-11-06T15:00", False),
        # From the evening before, the hours begin with the next opening.
        (left(ahead="5.5"), "2024-11-06T22:00", False),
        (left(ahead="5.6"), "2024-11-06T22:00", True),
    ],
)  # fmt: skip
def test_whether_a_promise_can_be_kept(forecast: Forecast, at: str, *, late: bool) -> None:
    assert will_be_late(OFFICE, forecast, local(DUE), local(at)) is late


@pytest.mark.parametrize(
    ("forecast", "at", "again"),
    [
        # A working hour later, by the hours of the office.
        (left(DUE), "2024-11-07T08:00", "2024-11-07T09:00"),
        (left(DUE), "2024-11-07T11:00", "2024-11-07T14:00"),
        (left("2024-11-07T14:00"), "2024-11-06T17:00", "2024-11-07T08:00"),
        # Or when a step runs out of hours, the first of several.
        (left("2024-11-07T08:30"), "2024-11-07T08:00", "2024-11-07T08:30"),
        (left("2024-11-07T14:00", "2024-11-07T08:10"), "2024-11-07T08:00", "2024-11-07T08:10"),
        # Never after the date.
        (left(), "2024-11-07T14:30", DUE),
        (left(), "2024-11-07T14:00", DUE),
    ],
)
def test_when_to_look_again(forecast: Forecast, at: str, again: str) -> None:
    found = next_look(OFFICE, forecast, local(DUE), local(at))
    assert told(found) == local(again).replace(tzinfo=None).isoformat()


@pytest.mark.parametrize(
    ("due", "look"),
    [
        (DUE, "2024-11-06T15:00:00"),
        # Over a weekend, and where the date is the closing of a day.
        ("2024-11-11T09:00", "2024-11-08T09:00:00"),
        ("2024-11-08T17:30", "2024-11-08T07:30:00"),
    ],
)
def test_it_is_looked_at_a_working_day_before(due: str, look: str) -> None:
    assert told(first_look(OFFICE, local(due))) == look


def test_the_province_may_look_earlier() -> None:
    calendar = replace(OFFICE, rules=replace(Rules(), apology_hours=Decimal(16)))
    assert told(first_look(calendar, local(DUE))) == "2024-11-05T15:00:00"


@pytest.mark.parametrize(
    ("forecast", "at", "date"),
    [
        # A working day behind the old date at least, whatever little is left.
        (left(), "2024-11-07T08:00", "2024-11-08T15:00:00"),
        (left("2024-11-07T15:30"), "2024-11-07T08:00", "2024-11-08T15:00:00"),
        # And behind today where the old date is past.
        (left(), "2024-11-11T08:00", "2024-11-12T08:00:00"),
        # When the work is done, if that is later; over the weekend.
        (left("2024-11-08T15:00", ahead="8"), "2024-11-07T08:00", "2024-11-11T15:00:00"),
        (left("2024-11-08T15:00", "2024-11-11T15:00"), "2024-11-07T08:00", "2024-11-11T15:00:00"),
        # A step that has used up its hours: what follows is counted from now.
        (left("2024-11-06T09:00", ahead="24"), "2024-11-07T09:00", "2024-11-12T09:00:00"),
        # A full minute, and never an earlier one.
        (left(ahead="20"), "2024-11-07T08:00:00", "2024-11-11T14:00:00"),
        (left(ahead="16"), "2024-11-07T08:00:01", "2024-11-11T08:01:00"),
    ],
)  # fmt: skip
def test_which_date_is_promised_instead(forecast: Forecast, at: str, date: str) -> None:
    assert told(proposed_date(OFFICE, forecast, local(DUE), local(at))) == date


@given(
    at=starts(),
    length=st.integers(1, 40 * 8 * 3600),
    ahead=st.decimals(0, 200, places=2),
    opens=st.lists(st.integers(1, 10**6), max_size=3),
)
def test_the_three_answers_agree(at, length, ahead, opens) -> None:  # type: ignore[no-untyped-def] # hypothesis
    due = add_working_hours(OFFICE, at, Decimal(length) / 3600)
    until = tuple(add_working_hours(OFFICE, at, Decimal(one) / 3600) for one in opens)
    forecast = Forecast(open_until=until, ahead=ahead)
    proposed = proposed_date(OFFICE, forecast, due, at)
    assert working_hours_between(OFFICE, max(due, at), proposed) >= 8
    assert not will_be_late(OFFICE, forecast, proposed, at), "the new date can be kept"
    again = next_look(OFFICE, forecast, due, at)
    assert at < again <= due
    if not will_be_late(OFFICE, forecast, due, at):
        assert not will_be_late(OFFICE, forecast, due + MICROSECOND, at)
