"""A dossier reaches the unit that settles it the same day, or first thing on the next (L-03)."""

from datetime import time

import pytest

from app.worktime import Rules, WorkingCalendar, handover_due, preset
from tests.unit.worktime.times import local

OFFICE = preset("HT-8H")


@pytest.mark.parametrize(
    ("key", "received", "due"),
    [
        ("HT-8H", "2024-11-04T09:00", "2024-11-04T17:30"),
        ("HT-8H", "2024-11-04T06:00", "2024-11-04T17:30"),
        ("HT-8H", "2024-11-04T15:00", "2024-11-04T17:30"),
        ("HT-8H", "2024-11-04T15:00:01", "2024-11-05T07:30"),
        ("HT-8H", "2024-11-08T16:00", "2024-11-11T07:30"),
        ("HT-8H", "2024-11-09T09:00", "2024-11-11T07:30"),
        ("HT-8H", "2024-02-07T15:30", "2024-02-15T07:30"),
        ("SAT-AM", "2024-11-09T09:00", "2024-11-09T11:30"),
        ("SAT-AM", "2024-11-09T12:00", "2024-11-11T07:30"),
        ("TD-8H", "2024-11-04T15:30", "2024-11-05T07:00"),
    ],
)
def test_when_it_has_to_be_there(key: str, received: str, due: str) -> None:
    assert handover_due(preset(key), local(received)) == local(due)


def test_the_province_may_set_another_hour_or_none() -> None:
    received = local("2024-11-04T15:30")
    assert handover_due(OFFICE, received, time(16)) == local("2024-11-04T17:30")
    never = WorkingCalendar(hours=OFFICE.hours, rules=Rules(handover_cutoff=None))
    assert handover_due(never, received) == local("2024-11-04T17:30")
    assert handover_due(never, local("2024-11-04T17:30")) == local("2024-11-05T07:30")


def test_there_has_to_be_a_next_day() -> None:
    with pytest.raises(ValueError, match="2100"):
        handover_due(OFFICE, local("2100-12-31T16:00"))
