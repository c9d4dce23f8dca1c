"""No two messages about one dossier within an hour, and none at night: the whole truth table."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.notices.kinds import KINDS, Kind
from app.domain.notices.pacing import BREATHER, QuietHours, may_go_at
from app.foundation.clock import LOCAL_ZONE

PLAIN = Kind(key="plain")
URGENT = Kind(key="urgent", urgent=True)
IMPORTANT = Kind(key="important", important=True)
BOTH = Kind(key="both", urgent=True, important=True)


def local(text: str) -> datetime:
    """`4 21:30`: a day of November 2024 in legal time."""
    told = datetime.strptime(f"2024-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL_ZONE)
    return told.astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "at", "last", "goes"),
    [
        # by day, nothing told before
        (PLAIN, "4 10:00", None, "4 10:00"),
        (IMPORTANT, "4 10:00", None, "4 10:00"),
        (URGENT, "4 10:00", None, "4 10:00"),
        # by day, told ten minutes ago
        (PLAIN, "4 10:00", "4 09:50", "4 10:50"),
        (URGENT, "4 10:00", "4 09:50", "4 10:50"),
        (IMPORTANT, "4 10:00", "4 09:50", "4 10:00"),
        (BOTH, "4 10:00", "4 09:50", "4 10:00"),
        # exactly an hour is enough
        (PLAIN, "4 10:00", "4 09:00", "4 10:00"),
        (PLAIN, "4 10:00", "4 09:01", "4 10:01"),
        # at night, nothing told before
        (PLAIN, "4 21:00", None, "5 06:30"),
        (IMPORTANT, "4 23:59", None, "5 06:30"),
        (PLAIN, "5 00:00", None, "5 06:30"),
        (PLAIN, "5 06:29", None, "5 06:30"),
        (PLAIN, "5 06:30", None, "5 06:30"),
        (URGENT, "4 22:00", None, "4 22:00"),
        (BOTH, "5 03:00", None, "5 03:00"),
        # at night, told a while ago
        (PLAIN, "4 20:50", "4 20:40", "5 06:30"),
        (PLAIN, "5 06:00", "5 05:50", "5 06:50"),
        (URGENT, "4 22:00", "4 21:30", "4 22:30"),
        (BOTH, "4 22:00", "4 21:30", "4 22:00"),
    ],
)
def test_when_it_goes(kind: Kind, at: str, last: str | None, goes: str) -> None:
    told = local(last) if last else None
    assert may_go_at(kind, at=local(at), last=told, quiet=QuietHours()) == local(goes)


@pytest.mark.parametrize(
    ("begin", "end", "at", "after"),
    [
        ((12, 0), (13, 30), "4 12:30", "4 13:30"),
        ((12, 0), (13, 30), "4 13:30", "4 13:30"),
        ((0, 0), (0, 0), "4 03:00", "4 03:00"),
        ((22, 0), (22, 0), "4 22:00", "4 22:00"),
        ((0, 0), (6, 0), "4 00:00", "4 06:00"),
        ((18, 0), (0, 0), "4 23:00", "5 00:00"),
    ],
)
def test_quiet_hours_may_lie_anywhere(
    begin: tuple[int, int], end: tuple[int, int], at: str, after: str
) -> None:
    quiet = QuietHours(begin=time(*begin), end=time(*end))
    assert quiet.after(local(at)) == local(after)


MOMENTS = st.integers(1_700_000_000, 1_800_000_000).map(
    lambda told: datetime.fromtimestamp(told, UTC)
)


@given(MOMENTS, st.times(), st.times())
def test_quiet_hours_end_within_a_day_and_never_twice(at: datetime, begin: time, end: time) -> None:
    quiet = QuietHours(begin=begin, end=end.replace(second=0, microsecond=0))
    after = quiet.after(at)
    assert at <= after <= at + timedelta(days=1)
    assert quiet.after(after) == after


@given(MOMENTS, st.sampled_from(list(KINDS.values())), st.timedeltas(timedelta(), BREATHER))
def test_nothing_that_can_wait_goes_within_the_hour(
    at: datetime, kind: Kind, ago: timedelta
) -> None:
    last = at - ago
    goes = may_go_at(kind, at=at, last=last, quiet=QuietHours())
    assert goes >= at
    assert kind.important or goes - last >= BREATHER
