"""Cells of decision tables."""

from datetime import UTC, date, datetime, time

import pytest

from app import feel


@pytest.mark.parametrize(
    ("cell", "value", "passes"),
    [
        ("-", None, True),
        (" ", 7, True),
        ("> 5, 3", 6, True),
        ("> 5, 3", 3, True),
        ("> 5, 3", 4, False),
        ("= 3", 3, True),
        ("!= 3", 4, True),
        ("!= null", None, False),
        ("!= null", True, True),
        ("[1..5]", 5, True),
        ("[1..5), [7..9]", 5, False),
        ("]1..5]", 1, False),
        ("-3", -3, True),
        ("null", None, True),
        ("null", 0, False),
        ('"a", "b"', "b", True),
        ('"a", "b"', "c", False),
        ('"a"', None, False),
        ('["a", "b"]', "b", True),
        ('not("a")', "b", True),
        ('not("a", "b")', "b", False),
        ("not(> 5, 3)", 4, True),
        ("not(> 5, 3)", 6, False),
        ("not(> 5)", "six", False),
        ("not([1..5])", 6, True),
        ("not(null)", None, False),
        ("not(null)", 1, True),
        ("not(? > 5) and ? > 1", 3, True),
        ("not(? > 5) and ? > 1", 6, False),
        ("? * 2 > limit", 6, True),
        ("? * 2 > limit", 5, False),
        ("limit", 10, True),
        ("< limit", 9, True),
        ("limits", 2, True),
        ("limits", 3, False),
        ('contains(?, "x")', "axb", True),
        ("true", True, True),
        ("false", False, True),
        ("true", False, False),
        ('> date("2024-01-01")', date(2024, 1, 2), True),
        ('< @"2024-01-01"', date(2024, 1, 2), False),
        ("< today()", date(2024, 1, 2), True),
        ("? instance of number", "1", False),
        ("some x in ? satisfies x > 2", [1, 3], True),
        ("count(?) > 1", [1, 3], True),
        ("? in (1, 2)", 2, True),
        ("limit > 5", "whatever", True),
        ("limit < 5", "whatever", False),
        ("? > 5", None, False),
        ("< true", False, False),
        ("> 5", True, False),
        ('< @"10:00:00Z"', time(9), False),
        ('< @"10:00:00"', time(9), True),
        ("upper case(?)", "A", True),
        ("upper case(?)", "a", False),
    ],
)
def test_a_cell_judges_a_value(cell: str, value: object, passes: bool) -> None:
    tests = feel.compile_unary(cell)
    context = {"limit": 10, "limits": [1, 2]}
    assert tests(value, context, datetime(2024, 9, 2, tzinfo=UTC)) is passes


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("-", set()),
        ("> limit, low", {"limit", "low"}),
        ("? > 3 and paid", {"paid"}),
        ("x in (?, 3)", {"x"}),
    ],
)
def test_a_cell_says_which_variables_it_needs(cell: str, names: set[str]) -> None:
    assert feel.compile_unary(cell).names == names


@pytest.mark.parametrize(
    ("cell", "column", "hint"),
    [
        ("> 5,", 4, "too early"),
        ("not(> 5", 7, "too early"),
        ("not(? > 5) and", 12, "too early"),
        ("> > 5", 3, "does not fit"),
        ("1" * 5000, 1, "too long"),
        ("lenght(?)", 1, "no function"),
    ],
)
def test_a_cell_with_a_mistake_is_refused(cell: str, column: int, hint: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile_unary(cell)
    assert hint in str(caught.value)
    assert caught.value.facts["column"] == column


def test_a_cell_over_values_without_bottom_is_stopped() -> None:
    deep: list[object] = []
    for _ in range(3_000):
        deep = [deep]
    with pytest.raises(feel.FeelError, match="nested too deep"):
        feel.compile_unary("1")(deep, {})
