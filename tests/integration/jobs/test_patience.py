"""Rows that failed wait longer every time and bar nobody's way."""

from datetime import UTC, datetime, timedelta

from app.jobs.patience import BUSY, LONGEST, Patience

NOON = datetime(2024, 11, 4, 5, 0, tzinfo=UTC)


def ready(patience: Patience, rows: list[int], at: datetime) -> list[int]:
    """Those of `rows` that need not wait."""
    return [row for row in rows if patience.allows(row, at)]


def test_an_unknown_row_is_ready() -> None:
    assert ready(Patience(), [3, 1], NOON) == [3, 1]


def test_each_failure_doubles_the_wait() -> None:
    patience, waits = Patience(), []
    for _ in range(4):
        patience.failed(7, NOON)
        waits.append(
            next(s for s in range(1, 100) if ready(patience, [7], NOON + timedelta(seconds=s)))
        )
    assert waits == [2, 4, 8, 16]


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    patience = Patience()
    assert [patience.failed(7, NOON) for _ in range(40)][-1] == 40
    assert ready(patience, [7], NOON + LONGEST) == [7]


def test_others_pass_a_waiting_row() -> None:
    patience = Patience()
    patience.failed(1, NOON)
    assert ready(patience, [1, 2], NOON) == [2]


def test_being_busy_is_no_failure() -> None:
    patience = Patience()
    patience.busy(1, NOON)
    assert ready(patience, [1], NOON) == []
    assert patience.failed(1, NOON) == 1


def test_what_is_settled_or_gone_is_forgotten() -> None:
    patience = Patience()
    for row in (1, 2, 3):
        patience.failed(row, NOON)
    patience.settled(1)
    patience.keep_only([3, 4])
    assert len(patience) == 1
    assert ready(patience, [1, 2], NOON) == [1, 2]


def test_the_first_who_may_go_on_is_known() -> None:
    patience = Patience()
    assert patience.first(NOON) is None
    patience.failed(1, NOON)
    patience.busy(2, NOON)
    assert patience.first(NOON) == NOON + BUSY
    assert patience.first(NOON + BUSY) == NOON + timedelta(seconds=2)


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_longest_wait() -> None:
    patience = Patience()
    patience.failed(7, NOON)
    assert ready(patience, [7], NOON - timedelta(minutes=10)) == []
    assert ready(patience, [7], NOON - timedelta(hours=1)) == [7]
