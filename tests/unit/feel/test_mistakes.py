"""A mistake is told with its place and what to write instead."""

import pytest

from app import feel
from app.foundation.errors import Invalid


@pytest.mark.parametrize(
    ("expression", "line", "column", "hint"),
    [
        ("a == b", 1, 4, "single"),
        ("= a", 1, 1, "do not begin"),
        ("a &&b", 1, 3, "and"),
        ("a || b", 1, 3, "or"),
        ("a = 'x'", 1, 5, "double quotes"),
        ("a = “x”", 1, 5, "double quotes"),
        ('a = "x', 1, 5, "closing quote"),
        ("!a", 1, 1, "not("),
        ("a % b", 1, 3, "modulo"),
        ("1 +", 1, 3, "too early"),
        ("if a\nthen b\nels c", 3, 5, "too early"),
        ("a\n + )", 2, 4, "does not fit"),
        ("1 + then", 1, 5, "does not fit"),
        ("  ", 1, 1, "empty"),
        ("lenght(x)", 1, 1, "no function"),
        ("1 + string lenght(x)", 1, 5, "string length"),
        ("abs(1, 2)", 1, 1, "other arguments"),
        ("abs(m: 1)", 1, 1, "other arguments"),
        ("abs(n: 1, n: 2)", 1, 1, "other arguments"),
        ("modulo(dividend: 1)", 1, 1, "other arguments"),
        ('@"soon"', 1, 1, "no date"),
        ("x instance of money", 1, 15, "no type"),
        ("{a: 1, a: 2}", 1, 8, "twice"),
    ],
)
def test_the_place_and_the_remedy_are_told(
    expression: str, line: int, column: int, hint: str
) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile(expression)
    facts = caught.value.facts
    assert (facts["expression"], facts["line"], facts["column"]) == (expression, line, column)
    assert hint in str(facts["hint"])
    assert str(line) in str(caught.value)


def test_a_mistake_is_something_a_person_sent() -> None:
    assert issubclass(feel.FeelError, Invalid)


def test_an_expression_is_compiled_once() -> None:
    assert feel.compile("a + 1") is feel.compile("a + 1")


@pytest.mark.parametrize(
    ("text", "value"), [("=1 + 1", 2), ("  = 1 + x ", 4), ("reviewer", None), ("", None)]
)
def test_camunda_marks_an_expression_with_an_equals_sign(text: str, value: int | None) -> None:
    program = feel.compile_zeebe(text)
    assert (program.evaluate({"x": 3}) if program else None) == value
