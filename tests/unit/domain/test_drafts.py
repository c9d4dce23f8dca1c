"""How long drafts are kept: whole days of legal time, and always told before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.dossiers.drafts import Keeping, is_begun
from app.domain.dossiers.model import Draft

KEEPING = Keeping(days=60, told_before=7)
#: 23:30 on 1 March in Viet Nam.
LATE = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


def test_a_draft_is_there_for_the_whole_of_its_last_day() -> None:
    assert KEEPING.last_day(LATE) == date(2026, 4, 30)
    assert KEEPING.ends_at(LATE) == datetime(2026, 4, 30, 17, tzinfo=UTC)
    assert KEEPING.tells_at(LATE) == datetime(2026, 4, 23, 17, tzinfo=UTC)


def test_the_day_begins_at_midnight_in_viet_nam() -> None:
    assert KEEPING.last_day(LATE + timedelta(minutes=30)) == date(2026, 5, 1)


@given(
    hours=some.integers(0, 24 * 366),
    days=some.integers(1, 3660),
    told=some.integers(1, 3660),
)
def test_nobody_is_told_before_the_change_or_after_the_end(
    hours: int, days: int, told: int
) -> None:
    changed_at = LATE + timedelta(hours=hours)
    keeping = Keeping(days=days, told_before=told)
    assert changed_at < keeping.tells_at(changed_at) <= keeping.ends_at(changed_at)
    assert keeping.ends_at(changed_at) - changed_at >= timedelta(days=days)


@pytest.mark.parametrize(
    ("data", "minutes", "begun"),
    [({}, 0, False), ({}, 1, True), ({"a": 1}, 0, True)],
)
def test_a_click_alone_is_no_beginning(data: dict[str, int], minutes: int, *, begun: bool) -> None:
    changed_at = LATE + timedelta(minutes=minutes)
    assert is_begun(Draft(data=data, created_at=LATE, updated_at=changed_at)) is begun
