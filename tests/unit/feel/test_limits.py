"""Nothing that an expression says can hold up a worker."""

import pytest

from app import feel
from app.feel import limits

DOUBLING = "{a: [1, 1], " + ", ".join(
    f"{chr(98 + n)}: [{chr(97 + n)}, {chr(97 + n)}]" for n in range(20)
)

GROWING = '{a: "1234567890", ' + ", ".join(
    f"{chr(98 + n)}: {'+'.join(chr(97 + n) * 10)}" for n in range(5)
)

LISTED = '{a: "1234567890", b: a+a+a+a+a+a+a+a+a+a, c: b+b+b+b+b+b+b+b+b+b, l: [c'
LISTED += ", c" * 30 + "]"


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("for a in 1..1000000000 return a", "too many steps"),
        ("some a in 1..1000, b in 1..1000 satisfies false", "too many steps"),
        ("{f: function(x) f(x) + f(x)}.f(1)", "too deep"),
        ("{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1)}.f(15)", "too many steps"),
        (DOUBLING + ", z: u = u}.z", "too many steps"),
        ("string(" + DOUBLING + "})", "too many steps"),
        ("flatten(" + DOUBLING + "}.u)", "too many steps"),
        ("for i in 1..5000 return log(i)", "too many steps"),
        ("for i in 1..5000 return i ** 0.5", "too many steps"),
        ("for i in 1..5000 return [i, partial]", "too many steps"),
        (GROWING + "}", "text that is too long"),
        (LISTED + ", s: string(l)}", "text that is too long"),
        ("sort(for i in 1..1800 return modulo(i * 7919, 6007))", "too many steps"),
        ("for a in 1..9999, b in [a, a, a, a, a, a, a, a, a, a] return 1", "too many steps"),
        ('for i in 1..999 return time("10:00:00@Zone" + string(i))', "too many steps"),
        ('for i in 1..99 return matches("a", "a{0,99}" + string(i))', "too many steps"),
        (f'matches("{"a" * 99}", "(a|b)*(a|b)*c|{"()" * 99}")', "too many steps"),
        ("deep = deep", "nested too deep"),
        ("many", "too many steps"),
    ],
)
def test_an_endless_expression_is_stopped(expression: str, hint: str) -> None:
    deep: list[object] = []
    for _ in range(3_000):
        deep = [deep]
    program = feel.compile(expression)
    with pytest.raises(feel.FeelError, match=hint):
        program.evaluate({"deep": deep, "many": [0] * (limits.MAX_STEPS + 1)})


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("1" * (limits.MAX_SOURCE + 1), "too long"),
        ("+".join(["1"] * limits.MAX_PIECES), "too long"),
        ("[" * 100 + "]" * 100, "too deep"),
        ("if a then b else " * 70 + "c", "too deep"),
        ("not(" * 100 + "x" + ")" * 100, "too deep"),
        ("1e999999999", "too large"),
    ],
)
def test_an_outsized_expression_is_refused(expression: str, hint: str) -> None:
    with pytest.raises(feel.FeelError, match=hint):
        feel.compile(expression)


@pytest.mark.parametrize(
    "expression",
    ["9 ** (9 ** 9)", "9**9**9**9**9**9**9", "1.1 ** 1e30", "10 ** 6145", "1e6000 * 1e6000"],
)
def test_a_number_beyond_all_bounds_is_null(expression: str) -> None:
    assert feel.evaluate(expression, {}) is None


def test_a_long_flat_expression_is_welcome() -> None:
    assert feel.evaluate("+".join(["1"] * 390), {}) == 390
    assert feel.evaluate("(" * 390 + "1" + ")" * 390, {}) == 1
    assert feel.evaluate(" and ".join(["true"] * 200), {}) is True


def test_a_result_that_would_explode_as_json_is_refused() -> None:
    with pytest.raises(feel.FeelError, match="too large"):
        feel.to_json(feel.evaluate(DOUBLING + "}", {}))


def test_a_result_without_bottom_is_refused_as_json() -> None:
    deep: list[object] = []
    for _ in range(3_000):
        deep = [deep]
    with pytest.raises(feel.FeelError, match="too deep"):
        feel.to_json(deep)


def test_a_pattern_is_paid_for_once_in_an_evaluation() -> None:
    expression = 'every i in 1..500 satisfies matches("a", "[a-z]{1,20}")'
    assert feel.evaluate(expression, {}) is True
