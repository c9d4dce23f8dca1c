"""Dates, times and durations."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from app import feel
from app.feel.values import YearsMonths

HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('date("2024-02-29") + duration("P1Y")', date(2025, 2, 28)),
        ('@"2024-01-31" - @"P1M"', date(2023, 12, 31)),
        ('@"2024-01-01" + @"PT36H"', date(2024, 1, 2)),
        ('@"P1D" + @"2024-01-01"', date(2024, 1, 2)),
        ('@"P1M" + @"2024-01-01"', date(2024, 2, 1)),
        ('@"2024-01-01" - @"PT1H"', date(2023, 12, 31)),
        ('@"2024-03-01" - @"2024-02-28"', timedelta(days=2)),
        ('@"2024-01-01T10:00:00+07:00" - @"2024-01-01"', timedelta(hours=3)),
        ('@"2024-01-01T10:00:00" - @"2024-01-01T00:00:00Z"', None),
        ('@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H" = @"2024-03-31T03:30:00+02:00"', True),
        ('@"23:00:00" + @"PT2H"', time(1)),
        ('@"PT2H" + @"23:00:00"', time(1)),
        ('@"01:00:00" - @"PT2H"', time(23)),
        ('@"10:00:00" - @"08:30:00"', timedelta(minutes=90)),
        ('@"10:00:00" - @"08:30:00Z"', None),
        ('@"10:00:00" + @"P1M"', None),
        ('@"P1D" - @"PT2H"', timedelta(hours=22)),
        ('@"P1Y" - @"P2M"', YearsMonths(10)),
        ('@"P1Y" + @"P1D"', None),
        ('@"PT8H" * 1.5', timedelta(hours=12)),
        ('2 * @"P7M"', YearsMonths(14)),
        ('@"P1D" / 2', timedelta(hours=12)),
        ('@"P1D" / 0', None),
        ('@"P1D" / @"PT8H"', Decimal(3)),
        ('@"P1Y" / @"P5M"', Decimal("2.4")),
        ('@"P999999999D" + @"P999999999D"', None),
        ('@"P999999999D" * 2', None),
        ('@"2024-01-01" - @"P999999999D"', None),
        ('@"P1D" - @"P999999999D"', None),
        ('@"P999999999D" * 1e30', None),
        ('@"2024-01-01" - (-@"P999999999D")', None),
        ('-@"P1Y"', YearsMonths(-12)),
        ('-@"PT1H"', timedelta(hours=-1)),
        ('-@"2024-01-01"', None),
        ('abs(@"-P1Y")', YearsMonths(12)),
        ('abs(@"-PT1H")', timedelta(hours=1)),
        ('date("2024-13-01")', None),
        ("date(2024, 2, 30)", None),
        ("date(2024, 2, 29)", date(2024, 2, 29)),
        ("date(2024, 2, 1.5)", None),
        ('date(@"2024-01-02T03:04:05")', date(2024, 1, 2)),
        ('date(date("2024-01-02"))', date(2024, 1, 2)),
        ('time("T10:00:00")', time(10)),
        ('time("25:00:00")', None),
        ('time("10:00:00+25:00")', None),
        ('time("10:00:00+07:75")', None),
        ('time("10:00:00@Mars/Base")', None),
        ('time(@"2024-01-02T03:04:05Z")', time(3, 4, 5, tzinfo=UTC)),
        ('time(@"2024-01-02")', time(tzinfo=UTC)),
        ('time(@"03:04:05")', time(3, 4, 5)),
        ("time(10, 30, 1.5)", time(10, 30, 1, 500_000)),
        ('time(10, 30, 0, @"PT7H")', time(10, 30, tzinfo=HANOI)),
        ('time(10, 30, 0, @"PT70H")', None),
        ("time(24, 30, 0)", None),
        ("time(1.5, 30, 0)", None),
        ('date and time("2024-01-02")', datetime(2024, 1, 2)),  # noqa: DTZ001 - a local time
        ('date and time("2024-01-02T24:00:00")', datetime(2024, 1, 3)),  # noqa: DTZ001 - local
        ('date and time("2024-01-02 10:00:00")', None),
        ('date and time(@"2024-01-02", @"03:00:00Z")', datetime(2024, 1, 2, 3, tzinfo=UTC)),
        ('date and time(@"2024-01-02")', datetime(2024, 1, 2)),  # noqa: DTZ001 - a local time
        ('duration("P1Y1D")', None),
        ('duration("P")', None),
        ('duration("PT0.5S")', timedelta(milliseconds=500)),
        ('duration("P999999999DT999999999999H")', None),
        ('duration(@"PT1H")', timedelta(hours=1)),
        ('years and months duration(@"2024-01-31", @"2024-02-29")', YearsMonths(0)),
        ('years and months duration(@"2024-02-15", @"2023-01-31")', YearsMonths(-12)),
        ('years and months duration(@"2024-02-15", @"2023-01-10")', YearsMonths(-13)),
        ('day of week(@"2024-09-02")', "Monday"),
        ('month of year(@"2024-09-02")', "September"),
        ('day of year(@"2024-12-31")', Decimal(366)),
        ('week of year(@"2024-12-31")', Decimal(1)),
        ('@"2024-09-02".weekday', Decimal(1)),
        ('@"2024-09-02T10:20:30@Asia/Ho_Chi_Minh".timezone', "Asia/Ho_Chi_Minh"),
        ('@"10:20:30+07:00".time offset', timedelta(hours=7)),
        ('@"10:20:30".timezone', None),
        ('@"-P1DT2H3M4.5S".hours', Decimal(-2)),
        ('@"-P1DT2H3M4.5S".days', Decimal(-1)),
        ('@"-P1DT2H3M4.5S".seconds', Decimal(-4)),
        ('@"-P14M".months', Decimal(-2)),
        ('@"P14M".years', Decimal(1)),
        ('@"P14M".days', None),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ('is(@"10:00:00Z", @"11:00:00+01:00")', False),
        ('@"10:00:00Z" = @"11:00:00+01:00"', True),
    ],
)
def test_a_calculation_with_days_gives(expression: str, value: object) -> None:
    assert feel.evaluate(expression, {}) == value


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31",
        "10:00:00.5",
        "10:00:00+02:45:55",
        "2024-01-31T10:00:00Z",
        "2024-01-31T10:00:00-07:00",
        "2024-01-31T10:00:00.000001@Asia/Ho_Chi_Minh",
        "P1DT2H3M4.5S",
        "-PT8H",
        "PT0S",
        "P1Y2M",
        "-P11M",
        "P0M",
    ],
)
def test_a_moment_is_written_the_way_it_was_read(text: str) -> None:
    assert feel.evaluate(f'string(@"{text}")', {}) == text


def test_now_is_the_given_moment_in_local_time() -> None:
    given = datetime(2024, 9, 1, 20, tzinfo=UTC)
    assert feel.evaluate("now()", {}, given) == given
    assert feel.evaluate("now().hour", {}, given) == Decimal(3)
    assert feel.evaluate("today()", {}, given) == date(2024, 9, 2)


@pytest.mark.parametrize("given", [None, datetime(2024, 9, 1)])  # noqa: DTZ001 - must be refused
def test_now_cannot_be_guessed(given: datetime | None) -> None:
    with pytest.raises(feel.FeelError, match="no current time"):
        feel.evaluate("today()", {}, given)
