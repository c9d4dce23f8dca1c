"""Three-valued logic: what is not known stays unknown, and nothing else spoils an answer."""

import pytest

from app import feel

T, F, N = "true", "false", "null"
WORTH = {"true": True, "false": False, "null": None, "1": None, '"true"': None}


@pytest.mark.parametrize("right", WORTH)
@pytest.mark.parametrize("left", WORTH)
def test_and_is_false_if_one_side_is_and_true_only_if_both_are(left: str, right: str) -> None:
    sides = {WORTH[left], WORTH[right]}
    expected = False if False in sides else None if None in sides else True
    assert feel.evaluate(f"{left} and {right}", {}) is expected


@pytest.mark.parametrize("right", WORTH)
@pytest.mark.parametrize("left", WORTH)
def test_or_is_true_if_one_side_is_and_false_only_if_both_are(left: str, right: str) -> None:
    sides = {WORTH[left], WORTH[right]}
    expected = True if True in sides else None if None in sides else False
    assert feel.evaluate(f"{left} or {right}", {}) is expected


@pytest.mark.parametrize(("operand", "answer"), [(T, False), (F, True), (N, None), ("1", None)])
def test_not_turns_a_truth_and_leaves_the_rest_unknown(operand: str, answer: bool | None) -> None:
    assert feel.evaluate(f"not({operand})", {}) is answer


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("null = null", True),
        ("null != null", False),
        ("1 = null", False),
        ('1 = "1"', None),
        ('1 != "1"', None),
        ("true = 1", None),
        ("1 < null", None),
        ("true < false", None),
        ("[1] = [1.0]", True),
        ("[1] = [2]", False),
        ("{a: 1, b: [2]} = {b: [2], a: 1}", True),
        ("{a: 1} = {b: 1}", False),
        ("[1..2] = [1..2]", True),
        ("[1..2] = [1..2)", False),
        ("(function(a) a) = (function(a) a)", False),
        ('@"10:00:00" < @"11:00:00Z"', None),
        ("if null then true else false", False),
    ],
)
def test_comparing_unlike_things_has_no_answer(expression: str, answer: bool | None) -> None:
    assert feel.evaluate(expression, {}) is answer


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("some x in [false, true] satisfies x", True),
        ("some x in [false, null] satisfies x", None),
        ("some x in [] satisfies x", False),
        ("every x in [true, null] satisfies x", None),
        ("every x in [true, null, false] satisfies x", False),
        ("every x in [] satisfies x", True),
        ("every x in null satisfies x", None),
        ("every x in 1 satisfies x = 1", True),
        ("every x in [1, 2], y in [3, 4] satisfies x < y", True),
        ("all([true, null])", None),
        ("any(false, true)", True),
    ],
)
def test_quantified_answers_know_three_values(expression: str, answer: bool | None) -> None:
    assert feel.evaluate(expression, {}) is answer
