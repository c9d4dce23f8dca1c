"""JUEL becomes FEEL that means the same, or stays with a reason and a place."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import feel
from app.engine.importing import juel
from tests.support.juel_reference import Undefined, Value, number, random_context, truth

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${approved}", "=approved"),
        ("#{!approved}", "=approved != true"),
        ("${not approved}", "=approved != true"),
        ("${status == 'ok'}", '=status = "ok"'),
        ("${status eq 'ok' and n ne 3}", '=status = "ok" and n != 3'),
        ("${!(a == b)}", "=a != b"),
        ("${!(a < b)}", "=(a < b) != true"),
        ("${a < b || c >= 2.50 && d}", "=a < b or c >= 2.50 and d"),
        ("${(a || b) && c}", "=(a or b) and c"),
        ("${a == (b == c)}", "=a = (b = c)"),
        ("${empty x}", '=x in [null, "", []]'),
        ("${not empty x}", '=not(x in [null, "", []])'),
        ("${a ? b : c}", "=if a then b else c"),
        ("${order.items[0].price > 1e2}", "=order.items[1].price > 100"),
        ("${order['total'] > 1}", "=order.total > 1"),
        ("${a$b > 1}", "=`a$b` > 1"),
        ("${date > 1}", "=date > 1"),
        ("${then > 1}", "=`then` > 1"),
        ("${kết_quả == 'đạt'}", '=kết_quả = "đạt"'),
        ("${x == 'a\"b'}", '=x = "a\\"b"'),
        ("${n + 1 > 2}", "=get or else(n, 0) + 1 > 2"),
        ("${a - (b - c) > 0}", "=get or else(a, 0) - (get or else(b, 0) - get or else(c, 0)) > 0"),
        ("${x.equals('a')}", '=x = "a"'),
        ("${'a'.equals(x)}", '=x = "a"'),
        ("${!x.equals('a')}", '=not(x = "a")'),
        ("${x.contains('a')}", '=contains(x, "a") or list contains(x, "a")'),
        ("${list.contains(3)}", "=list contains(list, 3)"),
        ("${list.size() > 2}", "=count(list) > 2"),
        ("${execution.getVariable('x') != null}", "=x != null"),
        ("${var:equals(x, 1)}", "=x = 1"),
        ("${vars:lessThan('x', 1)}", "=x < 1"),
        ("${var:isNotEmpty(x)}", '=not(x in [null, "", []])'),
        ("${x ? y : var:equals(z, 1)}", "=if x then y else z = 1"),
        ("${nrOfCompletedInstances/nrOfInstances >= 0.6}",
         "=numberOfCompletedInstances / numberOfInstances >= 0.6"),
        ("${loopCounter == 0}", "=loopCounter - 1 = 0"),
    ],
)  # fmt: skip
def test_a_condition_is_translated(text: str, expected: str) -> None:
    assert juel.condition(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("${'PT1H'}", '="PT1H"'),
        ("${officer}", "=officer"),
        ("${a < b}", "=(a < b) = true"),
        ("group_${unit}", '="group_" + get or else(string(unit), "")'),
        ("${a}-${b + 1}",
         '=get or else(string(a), "") + "-" + string(get or else(b, 0) + 1)'),
        ("${'Case ' + n}", '="Case " + get or else(string(n), "")'),
        ("${x + ' ' + y}",
         '=get or else(string(x), "") + " " + get or else(string(y), "")'),
    ],
)  # fmt: skip
def test_a_text_is_translated(text: str, expected: str) -> None:
    assert juel.value(text) == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("${bean.call()}", 8),
        ("${call(1)}", 3),
        ("${execution.processInstanceId == 1}", 3),
        ("${execution.setVariable('a', 1)}", 13),
        ("${a == task}", 8),
        ("${a % 2 == 0}", 5),
        ("${list[i]}", 7),
        ("${true + 1}", 3),
        ("${a == }", 8),
        ("${a = 1}", 5),
        ("${a b}", 5),
        ("${a", 4),
        ("${}", 3),
        ("${a}${b}", 1),
        ("${a} == 'x'", 1),
        ("text", 1),
        ("${a # b}", 5),
        ("${var:base64(x)}", 3),
        ("${(a}", 5),
        ("${" + "(" * 50 + "a" + ")" * 50 + "}", 43),
        ("${" + "!" * 60 + "a}", 44),
        ("${" + "a && " * 200 + "a}", None),
        ("${a == '" + "x" * 5000 + "'}", 1),
        ("${a.b.`c`}", 7),
    ],
)
def test_what_has_no_true_translation_is_refused_at_its_place(text: str, at: int | None) -> None:
    with pytest.raises(juel.Untranslatable) as caught:
        juel.condition(text)
    assert at in (None, caught.value.at)
    assert str(caught.value.reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amount > 5", "=amount > 5"),
        ("a == 'x' and not(b)", '=a = "x" and b != true'),
        ("flag == True", "=flag = true"),
        ("Approved", None),
        ("the dossier is complete", None),
        ("a + b", None),
        ("is it ok?", None),
        ("bean.ok()", None),
    ],
)
def test_only_comparisons_are_read_without_marks(text: str, expected: str | None) -> None:
    assert juel.plain_condition(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "opposite", "exclude"),
    [
        ("=a", "=a != true", True, True),
        ("=a = true", "=a = false", True, True),
        ("=a", "=not(a)", True, True),
        ("=x in [1]", "=not(x in [1])", True, True),
        ("=a < 3", "=a >= 3", True, True),
        ('=a = "x"', '=a != "x"', True, True),
        ('=a = "x"', '=a = "y"', False, True),
        ('=a = "x" and b', '=a = "y"', False, True),
        ('=a = "x"', '=b = "y"', False, False),
        ("=a", "=b", False, False),
        ("=a < 3", "=a > 3", False, False),
        ("=a = b", "=a = c", False, False),
        ("=some a in b satisfies a", "=a", False, False),
    ],
)
def test_simple_conditions_are_weighed(one: str, other: str, opposite: bool, exclude: bool) -> None:
    for a, b in ((one, other), (other, one)):
        assert (juel.opposite(a, b), juel.exclude(a, b)) == (opposite, exclude)


def as_feel(value: Value) -> object:
    return Decimal(value.numerator) if isinstance(value, Fraction) else value


def evaluated(expression: str, context: dict[str, Value]) -> object:
    values = {name: as_feel(value) for name, value in context.items()}
    return feel.evaluate(expression.removeprefix("="), values, NOW)


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_a_translated_condition_holds_exactly_when_the_old_one_did(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    expression, context = truth(random, random.randrange(1, 4)), random_context(random)
    translated = juel.condition(f"${{{expression.text}}}")
    try:
        expected = expression.meaning(context)
    except Undefined:
        return
    assert (evaluated(translated, context) is True) == (expected is True)


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_a_translated_value_is_the_same(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    depth, context = random.randrange(1, 4), random_context(random)
    expression = truth(random, depth) if seed % 2 else number(random, depth)
    translated = juel.value(f"#{{{expression.text}}}")
    try:
        expected = expression.meaning(context)
    except Undefined:
        return
    assert evaluated(translated, context) == as_feel(expected)


@settings(max_examples=300)
@given(st.text(alphabet="ab1.'\"\\&|!=<>+-*/%?:()[]{}$# empty", max_size=40))
def test_any_text_is_translated_or_refused(text: str) -> None:
    for translate in (juel.condition, juel.value):
        with suppress(juel.Untranslatable):
            feel.compile_zeebe(translate(f"${{{text}}}"))
