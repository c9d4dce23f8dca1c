"""Every hit policy, by example and against a plain evaluator that shares no code with ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.decisions import (
    Decision,
    DecisionConflict,
    DecisionFailed,
    evaluate,
    read_decisions,
)
from tests.support.dmn import Column, Dmn, Row

LEVELS = '"high", "middle", "low"'


def ask(dmn: Dmn, id_: str = "fee", **context: object) -> object:
    return evaluate(read_decisions(dmn.xml())[id_], context)


def steps(policy: str, aggregation: str | None = None, **how: Any) -> Dmn:
    """A table where each rule from the second on also applies with the first."""
    rules: Sequence[Row] = (((">= 10",), ("5",)), ((">= 20",), ("20",)), ((">= 30",), ("10",)))
    outputs = (Column(text="fee", type="number", **how),)
    return Dmn().table(outputs=outputs, rules=rules, policy=policy, aggregation=aggregation)


@pytest.mark.parametrize(
    ("table", "amount", "value"),
    [
        (steps("FIRST"), 30, 5),
        (steps("PRIORITY", values="20, 10, 5"), 10, 5),
        (steps("PRIORITY", values="20, 10, 5"), 20, 20),
        (steps("PRIORITY", values="10, 20, 5"), 30, 10),
        (steps("RULE ORDER"), 30, [5, 20, 10]),
        (steps("RULE ORDER"), 10, [5]),
        (steps("OUTPUT ORDER", values="20, 10, 5"), 30, [20, 10, 5]),
        (steps("COLLECT"), 20, [5, 20]),
        (steps("COLLECT", "SUM"), 30, 35),
        (steps("COLLECT", "MIN"), 30, 5),
        (steps("COLLECT", "MAX"), 30, 20),
        (steps("COLLECT", "COUNT"), 30, 3),
        (steps("UNIQUE"), 10, 5),
        (steps("ANY"), 10, 5),
    ],
)
def test_the_policy_decides_between_the_rules_that_apply(
    table: Dmn, amount: int, value: object
) -> None:
    assert ask(table, amount=amount) == value


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_rules_that_contradict_each_other_stop_the_decision(policy: str) -> None:
    with pytest.raises(DecisionConflict) as caught:
        ask(steps(policy), amount=30)
    assert caught.value.rules == (1, 2, 3)
    assert (caught.value.reason, caught.value.decision) == ("decision", "fee")
    assert "1, 2, 3" in str(caught.value)


def test_rules_that_say_the_same_do_not_contradict_each_other_under_any() -> None:
    rules = (((">= 10",), ("1",)), ((">= 20",), ("1.0",)), (("<= 5",), ("1",)), (("3",), ("true",)))
    table = Dmn().table(rules=rules, policy="ANY")
    assert ask(table, amount=30) == 1
    with pytest.raises(DecisionConflict, match="3, 4"):
        ask(table, amount=3)


def test_rules_that_say_the_same_are_still_too_many_for_unique() -> None:
    table = Dmn().table(rules=(((">= 10",), ("1",)), ((">= 20",), ("1",))))
    with pytest.raises(DecisionConflict):
        ask(table, amount=30)


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "RULE ORDER", "COLLECT"])
def test_without_a_rule_the_result_is_null(policy: str) -> None:
    assert ask(steps(policy), amount=1) is None


@pytest.mark.parametrize(
    ("policy", "aggregation", "value"),
    [("UNIQUE", None, 7), ("COLLECT", "SUM", 7), ("COLLECT", None, [7]), ("RULE ORDER", None, [7])],
)
def test_without_a_rule_the_default_is_given(
    policy: str, aggregation: str | None, value: object
) -> None:
    assert ask(steps(policy, aggregation, default="3 + 4"), amount=1) == value


def test_several_outputs_make_a_context_and_the_first_with_values_ranks() -> None:
    rules = (
        (("> 0",), ('"low"', '"counter"', "1")),
        (("> 1",), ('"high"', '"post"', "2")),
        (("> 2",), ('"high"', '"counter"', "3")),
    )
    outputs = (
        Column(text="risk", values=LEVELS),
        Column(text="desk", values='"counter", "post"'),
        Column(text="days", default="9"),
    )
    single = Dmn().table(outputs=outputs, rules=rules, policy="PRIORITY")
    listed = Dmn().table(outputs=outputs, rules=rules, policy="OUTPUT ORDER")
    third, second = (
        {"risk": "high", "desk": "counter", "days": 3},
        {"risk": "high", "desk": "post", "days": 2},
    )
    assert ask(single, amount=2) == second
    assert ask(single, amount=3) == third
    assert ask(listed, amount=3) == [third, second, {"risk": "low", "desk": "counter", "days": 1}]
    assert ask(single, amount=0) == {"risk": None, "desk": None, "days": 9}


def test_what_is_no_number_cannot_be_summed() -> None:
    table = Dmn().table(rules=((("-",), ("1",)), (("> 0",), ("kind",))), policy="COLLECT")
    assert ask(table, amount=1, kind="x") == [1, "x"]
    summed = Dmn().table(
        rules=((("-",), ("1",)), (("> 0",), ("kind",))), policy="COLLECT", aggregation="SUM"
    )
    with pytest.raises(DecisionFailed, match="SUM"):
        ask(summed, amount=1, kind="x")


def test_an_output_without_a_rank_stops_the_decision() -> None:
    table = Dmn().table(
        outputs=(Column(text="risk", values=LEVELS),),
        rules=((("-",), ("kind",)),),
        policy="PRIORITY",
    )
    assert ask(table, kind="low") == "low"
    for kind in ("unheard of", None):
        with pytest.raises(DecisionFailed, match="risk"):
            ask(table, kind=kind)


# Against the plain evaluator ------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A cell in FEEL, and what it means in Python."""

    text: str
    holds: Callable[[Any], bool]


def _compared(sign: str, bound: int) -> Asked:
    means = {
        "<": lambda v: v < bound,
        "<=": lambda v: v <= bound,
        ">": lambda v: v > bound,
        ">=": lambda v: v >= bound,
        "": lambda v: v == bound,
        "!=": lambda v: v != bound,
    }
    return Asked(f"{sign} {bound}", means[sign])


def _between(low: int, high: int, opening: str, closing: str) -> Asked:
    def holds(value: int) -> bool:
        above = low <= value if opening == "[" else low < value
        return above and (value <= high if closing == "]" else value < high)

    return Asked(f"{opening}{low}..{high}{closing}", holds)


def _one_of(cells: Sequence[Asked]) -> Asked:
    return Asked(
        ", ".join(cell.text for cell in cells), lambda v: any(cell.holds(v) for cell in cells)
    )


def _none_of(cells: Sequence[Asked]) -> Asked:
    inner = _one_of(cells)
    return Asked(f"not({inner.text})", lambda v: not inner.holds(v))


SMALL = st.integers(0, 6)
ANYTHING = st.just(Asked("-", lambda _: True))
NUMBERS = st.one_of(
    st.builds(_compared, st.sampled_from(["<", "<=", ">", ">=", "", "!="]), SMALL),
    st.builds(_between, SMALL, SMALL, st.sampled_from("[("), st.sampled_from("])")),
)
NUMBER_CELLS = st.one_of(
    ANYTHING, NUMBERS, st.lists(NUMBERS, min_size=1, max_size=3).map(_one_of),
    st.lists(NUMBERS, min_size=1, max_size=2).map(_none_of),
)  # fmt: skip
WORDS = st.sampled_from(["a", "b", "c"])
WORD = WORDS.map(lambda w: Asked(f'"{w}"', lambda v: v == w))
WORD_CELLS = st.one_of(
    ANYTHING, WORD, st.lists(WORD, min_size=1, max_size=2).map(_one_of),
    st.lists(WORD, min_size=1, max_size=2).map(_none_of),
)  # fmt: skip
ROWS = st.lists(st.tuples(NUMBER_CELLS, WORD_CELLS, st.integers(1, 4)), min_size=1, max_size=6)
POLICIES = st.sampled_from(
    [
        *(("UNIQUE", None), ("ANY", None), ("FIRST", None), ("PRIORITY", None)),
        *(("RULE ORDER", None), ("OUTPUT ORDER", None), ("COLLECT", None)),
        *(("COLLECT", "SUM"), ("COLLECT", "MIN"), ("COLLECT", "MAX"), ("COLLECT", "COUNT")),
    ]
)


def plain(policy: str, how: str | None, found: list[int], ranks: list[int]) -> object:
    """What the standard says about the outputs of the rules that apply, in a few plain lines."""
    agreed = found[0] if found and len(set(found)) == 1 else "conflict"
    by_rank = [value for rank in ranks for value in found if value == rank]
    said: dict[tuple[str, str | None], Callable[[], object]] = {
        ("UNIQUE", None): lambda: agreed if len(found) == 1 else "conflict",
        ("ANY", None): lambda: agreed,
        ("FIRST", None): lambda: found[0],
        ("PRIORITY", None): lambda: by_rank[0],
        ("RULE ORDER", None): lambda: found,
        ("OUTPUT ORDER", None): lambda: by_rank,
        ("COLLECT", None): lambda: found,
        ("COLLECT", "SUM"): lambda: sum(found),
        ("COLLECT", "MIN"): lambda: min(found),
        ("COLLECT", "MAX"): lambda: max(found),
        ("COLLECT", "COUNT"): lambda: len(found),
    }
    return said[policy, how]() if found else None


def told(decision: Decision, **context: object) -> object:
    """The value of a decision, or the word for a contradiction."""
    try:
        return evaluate(decision, context)
    except DecisionConflict:
        return "conflict"


@settings(max_examples=200, deadline=None)
@given(ROWS, POLICIES, st.permutations([1, 2, 3, 4]), st.lists(st.tuples(SMALL, WORDS), min_size=4))
def test_every_policy_says_what_a_plain_reading_of_the_standard_says(
    rows: list[tuple[Asked, Asked, int]],
    policy: tuple[str, str | None],
    ranks: list[int],
    cases: list[tuple[int, str]],
) -> None:
    table = Dmn().table(
        inputs=(Column(text="n", type="number"), Column(text="w", type="string")),
        outputs=(Column(text="out", values=", ".join(map(str, ranks))),),
        rules=[((one.text, two.text), (str(out),)) for one, two, out in rows],
        policy=policy[0],
        aggregation=policy[1],
    )
    conditions = [(one.text, two.text) for one, two, _ in rows]
    if policy[0] == "UNIQUE" and len(set(conditions)) < len(conditions):
        return  # Refused before it could run; test_overlaps says so.
    decision = read_decisions(table.xml())["fee"]
    for n, w in cases:
        found = [out for one, two, out in rows if one.holds(n) and two.holds(w)]
        assert told(decision, n=n, w=w) == plain(*policy, found, ranks)
