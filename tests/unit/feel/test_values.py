"""What is written out, what is looked up, and how values are put together."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app import feel
from app.feel.values import YearsMonths


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1.50", Decimal("1.5")),
        (".5e2", Decimal(50)),
        ("-0", Decimal(0)),
        ('"a\\n\\t\\"\\\\\\s\\u00e0\\uD83D\\uDC0E\\U01F40E"', 'a\n\t"\\\\s\u00e0🐎🐎'),
        ('"\\ud83d \\UFFFFFF"', "\ufffd \ufffd"),
        ("[]", []),
        ("[1, [true]]", [Decimal(1), [True]]),
        ('{a: 1, "b c": a, d e: 2}', {"a": Decimal(1), "b c": Decimal(1), "d e": Decimal(2)}),
        ("{}", {}),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1)}.f(5)", Decimal(120)),
        ("[{a: 1}, {b: 2}, 3].a", [Decimal(1), None, None]),
        ("{a: {b: 3}}.a.b", Decimal(3)),
        ("null.a", None),
        ("1 + /* one */ 2 // three", Decimal(3)),
        ("[1, 2, 3][2]", Decimal(2)),
        ("[1, 2, 3][-1]", Decimal(3)),
        ("[1, 2, 3][4]", None),
        ("[1, 2, 3][1.5]", None),
        ("null[1]", None),
        ("7[1]", Decimal(7)),
        ("[{a: 1}, {a: 2}][a > 1].a", [Decimal(2)]),
        ("[1, 2, 3][item >= 2]", [Decimal(2), Decimal(3)]),
        ("[1, 2][abs(item) = 2]", [Decimal(2)]),
        ("[true, false][not(item)]", [False]),
        ('@"2024-01-31"', date(2024, 1, 31)),
        ('@"PT8H"', timedelta(hours=8)),
        ('@"P1Y2M"', YearsMonths(14)),
        ('@"10:00:00"', time(10)),
        ("[1..3].end", Decimal(3)),
        ("]1..3[.start included", False),
        ("(> 3).start", Decimal(3)),
    ],
)
def test_an_expression_means_its_value(expression: str, value: object) -> None:
    assert feel.evaluate(expression, {}) == value


CONTEXT = {
    "số tiền": 12,
    "hồ_sơ": {"tuổi": 30},
    "rate": 0.1,
    "items": [1, 2.5, None, {"a": 1}],
    "pair": (1, 2),
    "at": datetime(2024, 1, 2, 3, 4),  # noqa: DTZ001 - a local time, as forms give it
    "strange": object(),
    "endless": float("inf"),
    "huge": 10**9000,
    "long": 10**40,
    "word": "chữ",
    "số tiền/tháng": 5,
    "if": {"a-b": 6},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("số tiền * 2", Decimal(24)),
        ("số   tiền", Decimal(12)),
        ("hồ_sơ.tuổi", Decimal(30)),
        ("rate + 0.2", Decimal("0.3")),
        ("items[2]", Decimal("2.5")),
        ("items[4].a", Decimal(1)),
        ("items = items", True),
        ("pair", [Decimal(1), Decimal(2)]),
        ("at.hour", Decimal(3)),
        ("strange", None),
        ("endless", None),
        ("huge", None),
        ("long", Decimal("1E+40")),
        ("word", "chữ"),
        ("`số tiền/tháng` + 1", Decimal(6)),
        ("`if`.`a-b`", Decimal(6)),
        ("for `x-y` in [1] return `x-y`", [Decimal(1)]),
        ("nothing.at.all", None),
        ("for w in [1] return word", ["chữ"]),
    ],
)
def test_variables_come_as_json_has_them(expression: str, value: object) -> None:
    assert feel.evaluate(expression, CONTEXT) == value


def test_a_name_may_be_typed_with_separate_accents() -> None:
    assert feel.evaluate("tuo\u0302\u0309i", {"tu\u1ed5i": 3}) == Decimal(3)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("people[age > limit].name", {"age", "limit"}),
        ("people[age > limit and limit > item.x][1] + age", {"limit"}),
        ("people[pets[kind = wanted] != []]", {"pets", "kind", "wanted"}),
        ("for p in xs return p.y[p.z = a]", {"a"}),
        ("xs[1]", set()),
    ],
)
def test_names_inside_filters_are_told_apart(expression: str, names: set[str]) -> None:
    assert feel.compile(expression).filter_names == names


SENTENCES = [
    ("1 + if true then 2 else 3 * 4", Decimal(3)),
    ("1 + if false then 2 else 3 * 4", Decimal(13)),
    ("true and some x in [1] satisfies x = 1 and true", True),
    ("not(some x in [1] satisfies x = 2) or every y in [2] satisfies y = 2", True),
    ("[1, 2, 3][item > if true then 2 else 3]", [Decimal(3)]),
    ("1 in if true then [1] else []", True),
    ("-if true then 1 else 2", Decimal(-1)),
    ("if false then 1 else [1, 2][2]", Decimal(2)),
    ("for i in 1..if true then 2 else 1 return i", [Decimal(1), Decimal(2)]),
    ("{f: 1, g: function(a) a + f}.g(2)", Decimal(3)),
]


@pytest.mark.parametrize(("expression", "value"), SENTENCES)
def test_a_sentence_may_end_any_expression(expression: str, value: object) -> None:
    assert feel.evaluate(expression, {}) == value


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("a.b + abs(c)", {"a", "c"}),
        ("for i in xs return i + partial[1] + y", {"xs", "y"}),
        ("some i in xs, j in i.b satisfies j > k", {"xs", "k"}),
        ("{a: x, b: a}.b", {"x"}),
        ("people[age > limit].name", {"people"}),
        ("(function(a) a + b)(c)", {"b", "c"}),
        ("contains(string: s, match: t)", {"s", "t"}),
        ("count > 3", {"count"}),
        ("{g: function(a) a}.g(f)", {"f"}),
        ("1", set()),
    ],
)
def test_an_expression_says_which_variables_it_needs(expression: str, names: set[str]) -> None:
    assert feel.compile(expression).names == names
