"""Hours as people type them."""

import pytest

from app.web.admin.typed import read_intervals
from app.worktime import CalendarInvalid


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("  ", []),
        ("07:30-11:30", [["07:30", "11:30"]]),
        ("7:30 - 11:30, 13:30–17:30", [["07:30", "11:30"], ["13:30", "17:30"]]),
        ("7h30-11h; 13h-17h30", [["07:30", "11:00"], ["13:00", "17:30"]]),
        ("8-12,", [["08:00", "12:00"]]),
        ("7.30—11g30", [["07:30", "11:30"]]),
        ("25-26", [["25:00", "26:00"]]),
        ("soon-late", [["soon", "late"]]),
    ],
)
def test_pairs_are_read_in_any_common_way(typed: str, read: list[list[str]]) -> None:
    assert read_intervals(typed, "mon") == read


@pytest.mark.parametrize("typed", ["8", "8-12-14", "8 to 12", "8-12, 13"])
def test_what_is_no_pair_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(CalendarInvalid) as refusal:
        read_intervals(typed, "mon")
    assert list(refusal.value.errors) == ["mon"]
