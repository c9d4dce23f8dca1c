"""Decisions that require others, literal expressions, types and names."""

from datetime import UTC, date, datetime

import pytest

from app.engine.decisions import (
    Decision,
    DecisionFailed,
    check_decisions,
    evaluate,
    read_decisions,
)
from tests.support.dmn import Column, Dmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def chain() -> Dmn:
    """total <- both of (Lệ phí gốc, discount), and discount <- Lệ phí gốc."""
    return (
        Dmn()
        .literal("total", "Lệ phí gốc - discount.amount", requires=["base", "discount"])
        .table(
            "discount",
            inputs=("Lệ phí gốc", "channel"),
            outputs=("amount", "why"),
            rules=(
                (("> 10", '"online"'), ("5", '"online"')),
                (("-", 'not("online")'), ("0", "null")),
                (("<= 10", '"online"'), ("base / 2", '"small"')),
            ),
            requires=["base"],
        )
        .table(
            "base",
            inputs=("area",),
            outputs=("fee",),
            rules=((("> 100",), ("30",)), (("<= 100",), ("8",))),
            variable="Lệ phí  gốc",
        )
    )


@pytest.mark.parametrize(
    ("area", "channel", "total"), [(200, "online", 25), (200, "post", 30), (50, "online", 4)]
)
def test_required_decisions_are_worked_out_first(area: int, channel: str, total: int) -> None:
    decision = read_decisions(chain().xml())["total"]
    assert evaluate(decision, {"area": area, "channel": channel, "base": 999}) == total


def test_a_decision_asks_for_what_those_it_requires_ask_for() -> None:
    decisions = read_decisions(chain().xml())
    assert decisions["total"].variables == {"area", "channel"}
    assert decisions["base"].variables == {"area"}
    assert decisions["discount"].outputs == ("amount", "why")
    assert decisions["base"].outputs == ()


def test_a_decision_required_by_many_is_worked_out_once() -> None:
    dmn = Dmn().literal("d0", "1")
    for level in range(1, 40):
        above = [f"d{at}" for at in range(max(0, level - 3), level)]
        dmn.literal(f"d{level}", " + ".join(above), requires=above)
    decisions = read_decisions(dmn.xml())
    values = [1]
    for _ in range(39):
        values.append(sum(values[-3:]))
    assert evaluate(decisions["d39"], {}) == values[39]
    assert repr(decisions["d39"])


def test_an_expression_may_ask_for_the_moment() -> None:
    decision = read_decisions(Dmn().literal("d", "today()").xml())["d"]
    assert evaluate(decision, {}, NOW) == date(2026, 1, 5)
    with pytest.raises(DecisionFailed, match="current time"):
        evaluate(decision, {})


def test_a_default_is_worked_out_from_the_variables() -> None:
    outputs = (Column(text="fee", default="base + 1"),)
    dmn = Dmn().table(outputs=outputs, rules=((("> 5",), ("amount",)),))
    (decision,) = read_decisions(dmn.xml()).values()
    assert decision.variables == {"amount", "base"}
    assert evaluate(decision, {"amount": 1, "base": 2}) == 3


def test_variables_inside_filters_are_asked_for_too() -> None:
    dmn = Dmn().literal("d", "papers[item = wanted]")
    assert read_decisions(dmn.xml())["d"].variables >= {"papers", "wanted"}


def typed(type_: str, cell: str, **how: str) -> Decision:
    dmn = Dmn().table(
        inputs=(Column(text="a", type=type_, label="Ngày", **how),), rules=(((cell,), ("1",)),)
    )
    return read_decisions(dmn.xml())["fee"]


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("date", '> date("2026-01-01")', "2026-01-02"),
        ("time", '> time("10:00:00")', "11:00:00"),
        ("dateTime", '> date and time("2026-01-01T00:00:00Z")', "2026-01-01T08:00:00Z"),
        ("dayTimeDuration", '> duration("PT1H")', "P1D"),
        ("yearMonthDuration", '> duration("P1M")', "P1Y"),
        ("feel:string", '"x"', "x"),
        ("number", "5", 5.0),
        ("integer", "5", 5),
        ("boolean", "true", True),
        ("any", '"x"', "x"),
        ("Any", "5", 5),
    ],
)
def test_a_value_is_taken_as_what_its_column_says(type_: str, cell: str, value: object) -> None:
    assert evaluate(typed(type_, cell), {"a": value}) == 1
    assert evaluate(typed(type_, cell), {}) is None


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("date", "tomorrow"), ("date", 5), ("number", "5"), ("number", True), ("string", 5),
        ("integer", 5.5), ("boolean", "true"), ("string", ["x"]), ("date", "x" * 30_000),
        ("yearMonthDuration", "P1D"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_stops_the_decision(type_: str, value: object) -> None:
    with pytest.raises(DecisionFailed, match="Ngày") as caught:
        evaluate(typed(type_, "-"), {"a": value}, step="rule")
    assert (caught.value.decision, caught.value.step) == ("fee", "rule")


def test_a_value_that_is_not_listed_stops_the_decision_and_null_does_not() -> None:
    decision = typed("string", "-", values='"x", "y"')
    assert evaluate(decision, {"a": "x"}) == 1
    assert evaluate(decision, {}) == 1
    with pytest.raises(DecisionFailed, match="Ngày"):
        evaluate(decision, {"a": "z"})


def test_types_of_the_file_are_other_names_for_simple_ones() -> None:
    declared = """<itemDefinition name="tLevel"><typeRef>string</typeRef>
    <allowedValues><text>"high", "low"</text></allowedValues></itemDefinition>"""
    dmn = Dmn().raw(declared)
    dmn.table(
        outputs=(Column(text="level", type="tLevel"),),
        rules=((("-",), ('"low"',)), (("> 5",), ('"high"',))),
        policy="PRIORITY",
    )
    assert evaluate(read_decisions(dmn.xml())["fee"], {"amount": 6}) == "high"


def test_a_computed_output_of_a_wrong_type_stops_the_decision() -> None:
    outputs = (Column(text="level", type="number", values="[0..5]"),)
    dmn = Dmn().table(outputs=outputs, rules=((("-",), ("amount",)),))
    decision = read_decisions(dmn.xml())["fee"]
    assert evaluate(decision, {"amount": 5}) == 5
    assert evaluate(decision, {}) is None
    for amount in ("five", 6):
        with pytest.raises(DecisionFailed, match="rule 1, “level”"):
            evaluate(decision, {"amount": amount})


def test_a_cell_that_takes_too_long_stops_the_decision() -> None:
    endless = "count(for a in 1..900, b in 1..900 return a * b) > ?"
    dmn = Dmn().table(rules=(((endless,), ("1",)),))
    with pytest.raises(DecisionFailed, match="too many steps"):
        evaluate(read_decisions(dmn.xml())["fee"], {"amount": 1})


def test_an_output_that_needs_the_moment_is_judged_when_it_is_known() -> None:
    outputs = (Column(text="due", type="date"),)
    dmn = Dmn().table(outputs=outputs, rules=((("-",), ("today()",)),))
    assert check_decisions(dmn.xml()) == ()
    assert evaluate(read_decisions(dmn.xml())["fee"], {}, NOW) == date(2026, 1, 5)


def test_values_too_large_to_compare_stop_the_decision() -> None:
    large = list(range(14_000))
    dmn = Dmn().table(rules=((("-",), ("large",)), (("1",), ("large",))), policy="ANY")
    with pytest.raises(DecisionFailed, match="too many steps"):
        evaluate(read_decisions(dmn.xml())["fee"], {"amount": 1, "large": large})
    with pytest.raises(DecisionFailed, match="Ngày"):
        evaluate(typed("date", "-"), {"a": large})
