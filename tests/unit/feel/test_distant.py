"""Days outside the years 1 to 9999 are days like any other."""

from datetime import date, datetime, timedelta

import pytest

from app import feel
from app.feel.distant import DistantDate, DistantMoment


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"9999-12-31" + @"P1Y"', "10000-12-31"),
        ('@"10000-01-01" - @"P1D"', "9999-12-31"),
        ('@"0001-01-01" - @"P1D"', "0000-12-31"),
        ('@"0000-02-29" - @"P1Y"', "-0001-02-28"),
        ('date and time("9999-12-31T24:00:00")', "10000-01-01T00:00:00"),
        ('@"-2021-01-01T10:10:10@Asia/Tokyo"', "-2021-01-01T10:10:10@Asia/Tokyo"),
        ('date and time(@"-2021-01-01")', "-2021-01-01T00:00:00"),
        ('date and time(@"-2021-01-01", @"10:00:00")', "-2021-01-01T10:00:00"),
        ('date(@"-2021-01-01T10:10:10")', "-2021-01-01"),
        ('time(@"-2021-01-01T10:10:10")', "10:10:10"),
        ('time(@"-2021-01-01")', "00:00:00Z"),
        ('@"-2021-01-01" + @"P5000Y"', "2979-01-01"),
        ('@"12024-02-29" - @"P12000Y"', "0024-02-29"),
        ('@"12024-01-01" - @"12023-01-01"', "P365D"),
        ('@"10001-01-01" - @"9999-01-01"', "P731D"),
        ('years and months duration(@"2020-01-01", @"-2020-03-01")', "-P4039Y10M"),
        ('day of week(@"-2021-01-01")', "Monday"),
        ('month of year(@"-2021-01-01")', "January"),
        ('day of year(@"-2020-12-31")', "366"),
        ('week of year(@"-2021-01-01")', "1"),
        ('@"-2021-01-02T10:00:00+07:00".day', "2"),
        ('@"-2021-01-02T10:00:00+07:00".year', "-2021"),
        ('@"-2021-01-02T10:00:00+07:00".hour', "10"),
        ('@"-2021-01-02T10:00:00+07:00".time offset', "PT7H"),
        ("date(999999999, 12, 31)", "999999999-12-31"),
        ('@"999999999-12-31" + @"P1D"', None),
        ('@"-999999999-01-01" - @"P1M"', None),
        ("date(1000000000, 1, 1)", None),
        ('date("010000-01-01")', None),
        ('date("-2021-02-29")', None),
        ('@"999999999-01-01" - @"-999999999-01-01"', None),
        ('for d in @"10000-01-01"..@"10000-01-02" return d', None),
    ],
)
def test_a_calculation_with_distant_days_gives(expression: str, text: str | None) -> None:
    assert feel.evaluate(f"string({expression})", {}) == text


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('@"-2021-01-01" = @"-2021-01-01"', True),
        ('@"-2021-01-01" = @"2021-01-01"', False),
        ('@"-2021-01-01" = @"-2021-01-01T00:00:00"', None),
        ('@"-2021-01-01" < @"2021-01-01"', True),
        ('@"2021-01-01" < @"12021-01-01"', True),
        ('@"12021-01-01" > @"12020-01-01"', True),
        ('@"10000-01-01T00:00:00+07:00" = @"9999-12-31T17:00:00Z"', True),
        ('@"10400-01-01T00:00:00+07:00" = @"10399-12-31T17:00:00Z"', True),
        ('@"10400-01-01T00:00:00+07:00" < @"10399-12-31T18:00:00Z"', True),
        ('@"10400-01-01T00:00:00+07:00" < @"10399-12-31T18:00:00"', None),
        ('@"10400-01-01" < 3', None),
        ('@"10400-01-01" instance of date', True),
        ('@"10400-01-01T00:00:00" instance of date and time', True),
        ('@"10400-01-01T00:00:00" instance of date', False),
        ('max(@"2021-01-01", @"12021-01-01") = @"12021-01-01"', True),
        ('@"12021-01-01" in [@"9999-01-01"..@"13000-01-01"]', True),
    ],
)
def test_distant_days_are_compared(expression: str, answer: bool | None) -> None:
    assert feel.evaluate(expression, {}) is answer


def test_a_distant_moment_becomes_json_with_its_offset() -> None:
    value = feel.evaluate('@"-2021-01-01T10:10:10@Asia/Tokyo"', {})
    assert feel.to_json(value) == "-2021-01-01T10:10:10+09:00"


def test_a_distant_day_comes_back_as_a_variable() -> None:
    day = feel.evaluate('@"-2021-01-01"', {})
    assert feel.evaluate('day + @"P3000Y"', {"day": day}) == date(979, 1, 1)
    assert feel.evaluate("day = other", {"day": day, "other": day}) is True


def test_distant_days_are_values() -> None:
    moment = DistantMoment(datetime(2000, 1, 1), 30)  # noqa: DTZ001 - a local time
    assert moment == DistantMoment(datetime(2000, 1, 1), 30)  # noqa: DTZ001 - a local time
    assert len({moment, DistantMoment(datetime(2000, 1, 1), 30)}) == 1  # noqa: DTZ001 - local
    assert DistantDate(date(2000, 1, 1), 30) != timedelta()
    with pytest.raises(TypeError):
        _ = DistantDate(date(2000, 1, 1), 30) < 3
