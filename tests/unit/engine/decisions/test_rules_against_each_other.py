"""Repeated rules, two rules for one case, a case for none: told with an example that is true."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import Problem, Severity
from app.engine.decisions import DecisionConflict, check_decisions, evaluate, read_decisions
from tests.support.dmn import Column, Dmn


def table(*cells: str, policy: str = "UNIQUE", **how: Any) -> Dmn:
    rules = [((cell,), (str(at),)) for at, cell in enumerate(cells)]
    return Dmn().table(inputs=(Column(text="a", **how),), rules=rules, policy=policy)


def found(dmn: Dmn) -> list[Problem]:
    return list(check_decisions(dmn.xml()))


def codes(dmn: Dmn) -> list[str]:
    return [problem.code for problem in found(dmn)]


@pytest.mark.parametrize(
    ("cells", "how", "example"),
    [
        ((">= 10", "<= 10"), {"type": "number"}, "a = 10"),
        (("[1..5]", "(4..9)", "<= 1", ">= 9"), {}, "a = 5"),
        (('"x", "y"', 'not("x")'), {"type": "string"}, 'a = "y"'),
        (('"x"', "-"), {}, 'a = "x"'),
        (("true", "-"), {"type": "boolean"}, "a = true"),
        (('< date("2026-01-02")', '>= date("2026-01-01")'), {"type": "date"}, 'a = "2026-01-01"'),
        (("-", "-  "), {}, None),
    ],
)
def test_rules_that_overlap_are_told_with_an_example(
    cells: tuple[str, ...], how: dict[str, str], example: str | None
) -> None:
    overlaps = [
        problem for problem in found(table(*cells, **how)) if problem.code == "rule.overlap"
    ]
    if example is None:
        assert overlaps == []
    else:
        assert example in str(overlaps[0].message)
        assert overlaps[0].severity is Severity.WARNING
        assert overlaps[0].element_id == "fee_rule2" or "1" in str(overlaps[0].message)


def test_the_example_leaves_out_columns_that_ask_nothing() -> None:
    rules = (
        (("> 1", "-"), ("1",)),
        (("> 2", "-"), ("2",)),
        (("<= 1", "-"), ("3",)),
    )
    (problem,) = found(Dmn().table(inputs=("a", "b"), rules=rules))
    assert str(problem.message).endswith("a = 3")


def test_rules_without_any_input_overlap_everywhere() -> None:
    dmn = Dmn().table(inputs=(), rules=(((), ("1",)),))
    assert found(dmn) == []
    assert evaluate(read_decisions(dmn.xml())["fee"], {}) == 1


@pytest.mark.parametrize(
    ("cells", "how"),
    [
        ((">= 10", "< 10"), {"type": "number"}),
        (("<= 5", ">= 6"), {"type": "integer"}),
        (("[0..5)", "[5..10]", "> 10", "< 0"), {}),
        (('"x"', '"y"'), {"type": "string", "values": '"x", "y"'}),
        (("true", "false"), {}),
        (('< date("2026-01-01")', '>= date("2026-01-01")'), {"type": "date"}),
        (("> limit", "<= limit"), {"type": "number"}),
        (("< today()", ">= today()"), {"type": "date"}),
        (('> time("10:00:00")', '<= time("10:00:00")'), {"type": "time"}),
        (('"x"', "> 5"), {}),
        (('contains(?, "x")', 'not(contains(?, "x"))'), {}),
        (('> date("soon")', '< date("soon")'), {"type": "date"}),
        (('"x"', 'not("x")'), {"type": "string", "values": "known"}),
        (('>= date("0001-01-01")', '< date("0001-01-01")'), {"type": "date"}),
    ],
)
def test_rules_that_fit_together_or_cannot_be_tried_are_not_told_of(
    cells: tuple[str, ...], how: dict[str, str]
) -> None:
    assert codes(table(*cells, **how)) == []


@pytest.mark.parametrize(
    ("cells", "how", "example"),
    [
        (("<= 5", ">= 6"), {"type": "number"}, "a = 5.5"),
        (("[0..5]", "> 5"), {}, "a = -1"),
        (('"x"',), {"type": "string", "values": '"x", "y"'}, 'a = "y"'),
        (("true",), {}, "a = false"),
        (('date("2026-01-01")',), {"type": "date"}, 'a = "2025-12-31"'),
    ],
)
def test_a_case_for_no_rule_is_told(
    cells: tuple[str, ...], how: dict[str, str], example: str
) -> None:
    (problem,) = found(table(*cells, **how))
    assert (problem.code, problem.severity) == ("table.gap", Severity.WARNING)
    assert example in str(problem.message)


def test_a_default_or_a_list_leaves_no_gap() -> None:
    outputs = (Column(text="fee", default="0"),)
    assert found(Dmn().table(outputs=outputs, rules=((("> 5",), ("1",)),))) == []
    assert codes(table("> 5", policy="COLLECT")) == []


@pytest.mark.parametrize(
    ("policy", "severity"),
    [("UNIQUE", Severity.ERROR), ("FIRST", Severity.WARNING), ("PRIORITY", None)],
)
def test_a_rule_that_repeats_another_is_told(policy: str, severity: Severity | None) -> None:
    repeated = [p for p in found(table("> 5", " >  5", policy=policy)) if p.code == "rule.repeated"]
    expected = severity or Severity.WARNING
    assert [(p.severity, p.element_id) for p in repeated] == [(expected, "fee_rule2")]


def test_a_rule_of_a_list_repeats_another_only_with_the_same_output() -> None:
    assert codes(table("> 5", "> 5", policy="COLLECT")) == []
    same = Dmn().table(rules=((("-",), ("1",)), (("",), ("1",))), policy="COLLECT")
    assert codes(same) == ["rule.repeated"]


def test_only_some_overlaps_are_told() -> None:
    assert codes(table(*[f"> {n}" for n in range(20)])).count("rule.overlap") == 10


def test_large_tables_are_not_tried() -> None:
    assert codes(table(*[f"> {n}" for n in range(300)])) == []
    wide = [([f"{n}"] * 8, ("1",)) for n in range(4)]
    assert codes(Dmn().table(inputs=[f"a{n}" for n in range(8)], rules=wide)) == ["table.gap"]


def test_many_cases_are_given_up_on() -> None:
    cells = [(["-"] * at + ["> 3"] + ["-"] * (9 - at), ("1",)) for at in range(10)]
    cells += [(["<= 3"] * 10, ("2",))]
    dmn = Dmn().table(inputs=[f"a{n}" for n in range(10)], rules=cells, policy="FIRST")
    assert codes(dmn) == []


CELLS = st.one_of(
    st.just("-"),
    st.builds(
        "{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "!=", "="]), st.integers(0, 4)
    ),
    st.builds("[{}..{})".format, st.integers(0, 4), st.integers(0, 4)),
    st.builds("not({})".format, st.integers(0, 4)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_nothing_is_told_exactly_where_every_case_has_one_rule(
    cells: list[tuple[str, str]],
) -> None:
    rules = [(pair, ("1",)) for pair in cells]
    dmn = Dmn().table(inputs=("a", "b"), rules=rules)
    seen = set(codes(dmn))
    if "rule.repeated" in seen:
        return
    decision = read_decisions(dmn.xml())["fee"]
    told = set()
    for a in range(-2, 12):
        for b in range(-2, 12):
            try:
                value = evaluate(decision, {"a": a / 2, "b": b / 2})
            except DecisionConflict:
                told.add("rule.overlap")
            else:
                told |= {"table.gap"} if value is None else set()
    assert seen == told
