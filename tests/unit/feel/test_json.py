"""Results leave as plain JSON."""

import json
from datetime import UTC, datetime

import pytest

from app import feel


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1.0", 1),
        ("0.5", 0.5),
        ("-1e20", -1e20),
        ("1e6000", "1E+6000"),
        ("null", None),
        ("true", True),
        ('"chữ"', "chữ"),
        ("[1, {a: 2}]", [1, {"a": 2}]),
        ('@"2024-01-02"', "2024-01-02"),
        ('@"10:00:00+07:00"', "10:00:00+07:00"),
        ('@"2024-01-02T10:00:00@Asia/Ho_Chi_Minh"', "2024-01-02T10:00:00+07:00"),
        ('@"PT8H"', "PT8H"),
        ('@"P1Y"', "P1Y"),
        ("[1..3]", "[1..3]"),
        ("[null..3]", "[null..3]"),
        ("function(a) a", "function(a)"),
        ("abs", "function()"),
        ("now()", "2024-09-02T03:00:00+07:00"),
    ],
)
def test_a_value_becomes_json(expression: str, value: object) -> None:
    result = feel.to_json(feel.evaluate(expression, {}, datetime(2024, 9, 1, 20, tzinfo=UTC)))
    assert result == value
    assert type(result) is type(value)
    assert json.loads(json.dumps(result)) == value


def test_values_that_are_json_already_stay() -> None:
    assert feel.to_json([1, 2.5, "a"]) == [1, 2.5, "a"]


def test_what_is_no_value_of_the_language_becomes_null() -> None:
    assert feel.to_json(object()) is None
