"""Durations and cycles of ISO 8601, counted in legal time."""

from datetime import UTC, datetime, timedelta

import pytest

from app.engine import timing

NOW = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("P3D", NOW + timedelta(days=3)),
        (" pt36h ", NOW + timedelta(hours=36)),
        ("P2W", NOW + timedelta(days=14)),
        ("P0.5D", NOW + timedelta(hours=12)),
        ("PT0,5H", NOW + timedelta(minutes=30)),
        ("PT90S", NOW + timedelta(seconds=90)),
        ("P1M", datetime(2026, 2, 28, 2, 0, tzinfo=UTC)),
        ("P1Y2M", datetime(2027, 3, 31, 2, 0, tzinfo=UTC)),
        ("P12M", datetime(2027, 1, 31, 2, 0, tzinfo=UTC)),
        ("P1Y2M10DT2H30M", datetime(2027, 4, 10, 4, 30, tzinfo=UTC)),
    ],
)
def test_a_duration_reaches_from_now(text: str, after: datetime) -> None:
    assert timing.parse_duration(text).after(NOW) == after


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "P3D2H", "P-1D", "3D", "P1H", "PT1D", "P1.5M", "P٣D", "R3/P1D"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        timing.parse_duration(text)


@pytest.mark.parametrize(
    "text", ["", "R3", "P1D", "R3/", "R0/P1D", "R/PT59S", "R3/P0D", "R3/soon/P1D", "R99999/P1D"]
)
def test_what_is_no_cycle_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"duration|cycle|isoformat"):
        timing.parse_cycle(text)


def test_a_cycle_says_how_often_from_when_and_how_far() -> None:
    cycle = timing.parse_cycle("R5/2026-02-01T08:00:00/P1D")
    assert (cycle.times, cycle.start) == (5, datetime(2026, 2, 1, 1, 0, tzinfo=UTC))
    assert timing.parse_cycle("R/P1D").times == -1


def test_a_day_begins_in_legal_time() -> None:
    assert timing.parse_moment("2026-02-01") == datetime(2026, 1, 31, 17, 0, tzinfo=UTC)


def test_the_next_ring_lies_after_now() -> None:
    hour = timing.parse_duration("PT1H")
    assert hour.next_after(NOW, NOW) == (NOW + timedelta(hours=1), 1)
    assert hour.next_after(NOW, NOW + timedelta(hours=2)) == (NOW + timedelta(hours=3), 3)
    month = timing.parse_duration("P1M")
    assert month.next_after(NOW, datetime(2026, 3, 1, tzinfo=UTC))[1] == 2
