"""Whatever is written and whatever is given, only FeelError comes out."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app import feel
from app.feel.functions import REGISTRY

NOW = datetime(2024, 9, 2, tzinfo=UTC)

SIGNS = st.sampled_from("[](){},:.+-*/=<>?") | st.sampled_from(["..", "**", "!=", "<=", ">="])
KEYWORDS = st.sampled_from(
    ["and", "or", "in", "between", "if", "then", "else", "for", "some", "every", "return"]
) | st.sampled_from(["satisfies", "function", "instance of", "number", "true", "null", "item"])
PLAIN = st.sampled_from(["1", "-2.5", "1e6000", '"a"', '"(a|b)*"', "[]", "[1, 2]", "{a: 1}"])
DAYS = st.sampled_from(
    ['@"9999-12-31"', '@"0001-01-01T00:00:00+14:00"', '@"10:00:00@Europe/Paris"', '@"PT8H"']
) | st.sampled_from(['@"P999999999D"', '@"-P999999999Y"', '@"2024-02-29"', "now()"])
OTHERS = st.sampled_from(["x", "xs", "?", "[1..3]", "(< 5)", "function(a) a", "abs", "null"])
ATOMS = PLAIN | DAYS | OTHERS
WORDS = SIGNS | KEYWORDS | ATOMS | st.sampled_from(sorted(REGISTRY))


def _larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sign = st.sampled_from(["+", "-", "*", "/", "**", "=", "<", ">=", "and", "or", "in"])
    arguments = st.lists(part, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(part, sign, part).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(st.sampled_from(sorted(REGISTRY)), arguments).map(lambda c: f"{c[0]}({c[1]})"),
        st.tuples(part, part).map(lambda parts: f"({parts[0]})[{parts[1]}]"),
        st.tuples(part, part).map(lambda parts: f"(for x in {parts[0]} return {parts[1]})"),
        st.tuples(part, part, part).map(lambda p: f"(if {p[0]} then {p[1]} else {p[2]})"),
        part.map(lambda inner: f"({inner}).days"),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def _try(expression: str, context: dict[str, object]) -> None:
    """Run an expression to JSON; only a refusal that can be shown may come instead of a result."""
    refusal: object = "none"
    try:
        feel.to_json(feel.compile(expression).evaluate(context, NOW))
    except feel.FeelError as error:
        refusal = error
    assert str(refusal)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    _try(text, {})


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_are_read_or_refused(text: str) -> None:
    _try(text, {"x": 1, "xs": [1, "a"]})


@settings(max_examples=200, deadline=None)
@given(st.recursive(ATOMS, _larger, max_leaves=8), JSON, JSON)
def test_any_expression_over_any_values_is_worked_out(text: str, x: object, xs: object) -> None:
    _try(text, {"x": x, "xs": xs})


@settings(max_examples=100, deadline=None)
@given(st.integers(), st.integers())
def test_whole_numbers_compare_as_python_compares_them(a: int, b: int) -> None:
    assert feel.evaluate("a < b", {"a": a, "b": b}) is (a < b)
    assert feel.evaluate("a = b", {"a": a, "b": b}) is (a == b)
