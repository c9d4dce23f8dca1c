"""Counts that end somewhere."""

import pytest

from app.web.filters import counted_to


@pytest.mark.parametrize(("count", "told"), [(0, "0"), (99, "99"), (100, "99+"), (101, "99+")])
def test_a_count_that_ended_early_says_so(count: int, told: str) -> None:
    assert counted_to(100, count) == told
