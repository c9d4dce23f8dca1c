"""The order of an inbox: urgent first, then by due day, online first inside a day."""

from datetime import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossiers.status import Channel
from app.domain.inbox.due import NEVER, URGENT, last_rank, rank_of
from app.foundation.clock import LOCAL_ZONE, local_date

ONLINE, COUNTER, POST = Channel.ONLINE, Channel.COUNTER, Channel.POST


def at(told: str) -> datetime:
    return datetime.strptime(f"{told} 2024", "%d/%m %H:%M %Y").replace(tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ((COUNTER, 75, "06/11 09:00"), (ONLINE, 0, "05/11 09:00"), "urgent before everything"),
        ((COUNTER, 75, "05/11 09:00"), (ONLINE, 100, "06/11 09:00"), "urgent: by due date alone"),
        ((COUNTER, 0, "05/11 16:00"), (ONLINE, 0, "06/11 08:00"), "a nearer day is never hidden"),
        ((ONLINE, 0, "05/11 16:00"), (COUNTER, 0, "05/11 08:00"), "online first inside a day"),
        ((ONLINE, 0, "05/11 08:00"), (ONLINE, 0, "05/11 16:00"), "then what is due first"),
        ((POST, 0, "05/11 08:00"), (COUNTER, 0, "05/11 16:00"), "post and counter are alike"),
        ((COUNTER, 0, "05/11 23:59"), (ONLINE, 0, "06/11 00:00"), "days are those of legal time"),
        ((COUNTER, 0, "31/12 16:00"), (ONLINE, 0, None), "without hours: at the end"),
        ((ONLINE, 0, None), (COUNTER, 0, None), "online first there, too"),
    ],
)
def test_which_of_two_comes_first(
    first: tuple[Channel, int, str | None], second: tuple[Channel, int, str | None], why: str
) -> None:
    assert _place(*first) < _place(*second), why


def _place(channel: Channel, stage: int, due: str | None) -> tuple[int, datetime]:
    due_at = at(due) if due else NEVER
    return rank_of(channel, stage, due_at), due_at


MOMENTS = st.datetimes(
    min_value=at("01/01 00:00").replace(tzinfo=None),
    max_value=at("31/12 00:00").replace(tzinfo=None),
    timezones=st.just(LOCAL_ZONE),
)


@given(one=MOMENTS, other=MOMENTS)
def test_online_first_never_goes_before_an_earlier_day(one: datetime, other: datetime) -> None:
    for first, second in product(Channel, Channel):
        if local_date(one) < local_date(other):
            assert rank_of(first, 0, one) < rank_of(second, 0, other)


@given(due=MOMENTS, bound=MOMENTS)
def test_nothing_due_by_a_moment_lies_above_its_last_rank(due: datetime, bound: datetime) -> None:
    for channel, stage in product(Channel, (0, 75)):
        if due <= bound:
            assert URGENT <= rank_of(channel, stage, due) <= last_rank(bound)
