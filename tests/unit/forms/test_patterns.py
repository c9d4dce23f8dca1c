"""Patterns are compiled as form-js means them, and slow ones are refused."""

import pytest

from app.forms.patterns import PatternError, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\d{9}|\d{12}", "001099123456"),
        (r"^(0|\+84)(3|5|7|8|9)\d{8}$", "0912345678"),
        (r"^[^@]+@[^@]+\.[^@]+$", "an@example.com"),
        (r"^\d{1,3}(\.\d{3})*$", "1.500.000"),
        (r"^(\d{1,3}\.){3}\d{1,3}$", "10.0.0.1"),
        (r"(?=.*\d)[a-z0-9]{4,8}(?!x)", "abc1"),
        (r"a*?b?c++(?>d)", "aabcd"),
        (r"(ab|cde)f", "cdef"),
    ],
)
def test_everyday_patterns_are_accepted(pattern: str, text: str) -> None:
    assert compile_pattern(pattern, 200).fullmatch(text)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a|aa)+$",
        r"(\w+\s?)*x",
        r"(.*)(.*)(.*)(.*)x",
        r"(a?){60}b{1,50}",
        r"(x)\1",
        r"(x)?(?(1)a|b)",
    ],
)
def test_patterns_that_can_take_for_ever_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="too long"):
        compile_pattern(pattern, 200)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(", "not a regular expression"),
        (r"\p{L}", "not a regular expression"),
        ("a" * 201, "longer than 200"),
        ("(?P<year>x)", "browsers"),
        ("(?i)x", "browsers"),
        ("(?#note)x", "browsers"),
    ],
)
def test_patterns_that_mean_something_else_elsewhere_are_refused(pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=told):
        compile_pattern(pattern, 200)


def test_digits_are_ascii_as_in_browsers() -> None:
    assert not compile_pattern(r"\d", 10).fullmatch("٣")
