"""Our own built-ins count with the calendar that the caller gives."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app import feel
from app.worktime import Counting, read_calendar

DAY = [["07:30", "11:30"], ["13:30", "17:30"]]
OFFICE = Counting(calendar=read_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)))
FRIDAY = datetime(2024, 11, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("working hours from(now(), 2)", datetime(2024, 11, 11, 1, 30, tzinfo=UTC)),
        ("string(working hours from(now(), 2))", "2024-11-11T08:30:00@Asia/Ho_Chi_Minh"),
        ('working hours from(@"2024-11-11", 8)', datetime(2024, 11, 11, 10, 30, tzinfo=UTC)),
        (
            'working hours from(start: @"2024-11-11T09:00:00", hours: 0.5)',
            datetime(2024, 11, 11, 2, 30, tzinfo=UTC),
        ),
        ("working hours from(now(), -1)", None),
        ("working hours from(now(), 8001)", None),
        ('working hours from("soon", 8)', None),
        ('working hours from(@"9999-12-31T12:00:00", 8)', None),
        ('working days from(@"2024-11-08", 1)', date(2024, 11, 11)),
        ('working days from(@"2024-11-09", 1)', date(2024, 11, 11)),
        ('working days from(@"2024-11-09", 0)', date(2024, 11, 9)),
        ("working days from(now(), 1)", datetime(2024, 11, 11, 9, 30, tzinfo=UTC)),
        ("working days from(now(), 1.5)", None),
        ("working days from(now(), 1001)", None),
        ('working days from(@"9999-12-31", 8)', None),
        ('working hours between(@"2024-11-08", @"2024-11-12")', Decimal(16)),
        ("working hours between(now(), working hours from(now(), 12.25))", Decimal("12.25")),
        ("working hours between(now(), null)", None),
        ('working hours between(@"9999-12-31T23:00:00-17:00", @"9999-12-31")', None),
        ('working hours between(@"0001-01-01", @"0001-01-02")', None),
    ],
)
def test_working_time_is_counted(expression: str, value: object) -> None:
    assert feel.evaluate(expression, {}, FRIDAY, OFFICE) == value


def test_a_cell_may_count_working_time() -> None:
    cell = feel.compile_unary("< working hours from(now(), 8)")
    assert cell(FRIDAY, {}, FRIDAY, OFFICE) is True


@pytest.mark.parametrize(
    "expression",
    [
        "working hours from(now(), 2)",
        "working days from(now(), 2)",
        "working hours between(now(), now())",
    ],
)
def test_working_time_cannot_be_guessed(expression: str) -> None:
    with pytest.raises(feel.FeelError, match="no working calendar"):
        feel.evaluate(expression, {}, FRIDAY)


@pytest.mark.parametrize(
    "expression",
    [
        "for i in 1..100 return working hours from(now(), 8000)",
        "for i in 1..100 return working days from(now(), 1000)",
        'working hours between(@"2004-01-01", @"2015-01-01")',
    ],
)
def test_counting_is_paid_for(expression: str) -> None:
    with pytest.raises(feel.FeelError, match="too many steps"):
        feel.evaluate(expression, {}, FRIDAY, OFFICE)
