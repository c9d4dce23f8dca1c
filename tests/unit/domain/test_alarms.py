"""When a clock rings, by the calendar of the office."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadlines.alarms import OVERDUE, SILENT, Alarm, alarms, next_at, ringing
from app.foundation.clock import LOCAL_ZONE
from app.worktime import Rules, WorkingCalendar, add_working_hours, preset

CALENDAR = preset("HT-8H")
MONDAY = datetime(2024, 11, 4, 9, 0, tzinfo=LOCAL_ZONE)


def with_rules(**rules: object) -> WorkingCalendar:
    return replace(CALENDAR, rules=replace(Rules(), **rules))  # type: ignore[arg-type] # by name


def planned(
    hours: str, *, levels: int = 2, calendar: WorkingCalendar = CALENDAR
) -> tuple[Alarm, ...]:
    """The alarms of a clock that began on Monday at 09:00."""
    length = Decimal(hours)
    due_at = add_working_hours(calendar, MONDAY, length)
    return alarms(calendar, due_at=due_at, hours=length, levels=levels)


def told(found: tuple[Alarm, ...]) -> list[str]:
    return [f"{a.stage} {a.kind.value} {a.at.astimezone(LOCAL_ZONE):%a %H:%M}" for a in found]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        # 8 h: due on Tuesday at 09:00; 2 h before that it is Monday 17:00.
        (
            "8",
            [
                "75 warned Mon 17:00",
                "100 overdue Tue 09:00",
                "101 escalated Tue 09:00",
                "102 escalated Wed 09:00",
            ],
        ),
        # 2 h: 09:00 to 11:00, a quarter of it is half an hour.
        (
            "2",
            [
                "75 warned Mon 10:30",
                "100 overdue Mon 11:00",
                "101 escalated Mon 11:00",
                "102 escalated Tue 11:00",
            ],
        ),
        # 36 h end on Friday at 15:00, and the second superior hears of it after the weekend.
        (
            "36",
            [
                "75 warned Thu 14:00",
                "100 overdue Fri 15:00",
                "101 escalated Fri 15:00",
                "102 escalated Mon 15:00",
            ],
        ),
    ],
)
def test_a_clock_rings_before_its_end_at_it_and_up_the_chain(
    hours: str, expected: list[str]
) -> None:
    assert told(planned(hours)) == expected


@pytest.mark.parametrize("levels", [0, 1, 3])
def test_as_many_superiors_are_told_as_there_are(levels: int) -> None:
    found = [alarm.level for alarm in planned("8", levels=levels) if alarm.level]
    assert found == list(range(1, levels + 1))


def test_the_province_chooses_when_to_warn_and_how_long_to_wait() -> None:
    calendar = with_rules(
        warn_ratios=(Decimal("0.5"), Decimal("0.75"), Decimal(1)), escalation_hours=Decimal(4)
    )
    assert told(planned("8", calendar=calendar)) == [
        "50 warned Mon 15:00",
        "75 warned Mon 17:00",
        "100 overdue Tue 09:00",
        "101 escalated Tue 09:00",
        "102 escalated Tue 15:00",
    ]


def test_a_clock_without_working_time_is_not_warned_of() -> None:
    assert told(planned("0", levels=0)) == ["100 overdue Mon 09:00"]


@pytest.mark.parametrize(
    ("stage", "when", "expected"),
    [
        (SILENT, "04 16:59", []),
        (SILENT, "04 17:00", [75]),
        (75, "04 17:30", []),
        (75, "05 09:00", [100, 101]),
        (101, "05 17:00", []),
        (101, "06 09:00", [102]),
        # After an outage: the warning comes too late to be one, everybody else is told.
        (SILENT, "05 09:00", [100, 101]),
        (SILENT, "20 09:00", [100, 101, 102]),
        (75, "20 09:00", [100, 101, 102]),
        (102, "20 09:00", []),
    ],
)
def test_what_rings_now_has_not_rung_before(stage: int, when: str, expected: list[int]) -> None:
    moment = datetime.strptime(f"2024-11-{when}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL_ZONE)
    assert [alarm.stage for alarm in ringing(planned("8"), stage, moment)] == expected


def test_only_the_last_of_several_missed_warnings_is_told() -> None:
    calendar = with_rules(warn_ratios=(Decimal("0.5"), Decimal("0.75"), Decimal(1)))
    moment = datetime(2024, 11, 5, 8, 0, tzinfo=LOCAL_ZONE)
    assert [a.stage for a in ringing(planned("8", calendar=calendar), SILENT, moment)] == [75]


@given(
    hours=st.decimals("0.25", "400", places=2),
    levels=st.integers(0, 3),
    looks=st.lists(st.integers(0, 120 * 24 * 60), max_size=12),
)
def test_however_often_one_looks_every_alarm_rings_once_and_in_order(
    hours: Decimal, levels: int, looks: list[int]
) -> None:
    plan = planned(str(hours), levels=levels)
    assert [alarm.at for alarm in plan] == sorted(alarm.at for alarm in plan)
    stage, heard = SILENT, []
    for minutes in [*sorted(looks), 10**6]:
        now = datetime.fromtimestamp(MONDAY.timestamp() + minutes * 60, UTC)
        due = next_at(plan, stage)
        found = ringing(plan, stage, now)
        assert bool(found) == (due is not None and due <= now)
        heard += [alarm.stage for alarm in found]
        stage = heard[-1] if heard else stage
    assert heard == sorted(set(heard))
    assert set(heard) >= {alarm.stage for alarm in plan if alarm.stage >= OVERDUE}
    assert next_at(plan, stage) is None
