"""The business rule task: asks its decision at once, and what that says becomes variables."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import engine
from app.engine.decisions import Decision, DecisionConflict, read_decisions
from tests.support.bpmn import Bpmn, attributes, loop
from tests.support.dmn import Column, Dmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
SAMPLE = Path(__file__).parents[3] / "support" / "decisions" / "le-phi.dmn"
SHIPPED = read_decisions(SAMPLE.read_bytes())


def called(decision: str | None, variable: str | None, **more: str) -> str:
    given = attributes(decisionId=decision, resultVariable=variable, **more)
    return f"<zeebe:calledDecision{given}/>"


def ruled(
    decision: str | None = "fee", variable: str | None = "fee", condition: str = "=fee > 5"
) -> Bpmn:
    """start -> rule -> by the result to `many` or `few`."""
    bpmn = Bpmn().start().node("businessRuleTask", "rule", ext=called(decision, variable))
    bpmn.xor("gate", "gate_few").end("few").end("many").path("start", "rule", "gate", "few")
    return bpmn.flow("gate", "many", condition)


def begin(
    bpmn: Bpmn, decisions: Mapping[str, Decision], **variables: object
) -> tuple[engine.Definition, engine.Outcome]:
    definition = engine.read(bpmn.xml(), decisions=decisions)
    return definition, engine.start(definition, variables, now=NOW, seed="s")


def table(**how: Any) -> Mapping[str, Decision]:
    rules = ((("<= 10",), ("amount",)), (("> 10",), ("1",)))
    return read_decisions(Dmn().table(**({"rules": rules} | how)).xml())


def test_the_value_of_the_decision_routes_the_process() -> None:
    definition, outcome = begin(ruled(), table(), amount=7)
    assert outcome.ended == ("many",)
    assert dict(outcome.variables) == {"amount": 7, "fee": 7}
    assert [passed.step for passed in outcome.trail] == ["start", "rule", "gate", "many"]
    assert definition.steps["rule"].kind == "decision"
    assert begin(ruled(), table(), amount=11)[1].ended == ("few",)


def test_no_rule_gives_null() -> None:
    _, outcome = begin(ruled(), table(), fee=9)
    assert (outcome.ended, dict(outcome.variables)) == (("few",), {"fee": None})


def test_the_process_asks_for_what_the_decision_reads_and_forms_cannot_write_its_result() -> None:
    definition, outcome = begin(ruled(), table(), amount=7, fee=99)
    assert definition.variables == {"amount"}
    assert outcome.variables["fee"] == 7


def test_several_outputs_become_a_variable_each() -> None:
    bpmn = ruled("terms", None, '=desk = "online" and fee_due > 5')
    definition, outcome = begin(bpmn, SHIPPED, area=600, channel="online", owner_kind="citizen")
    assert outcome.ended == ("many",)
    assert {"fee_due": 90_000, "desk": "online"}.items() <= dict(outcome.variables).items()
    assert definition.variables == {"area", "channel", "owner_kind"}


def test_a_list_of_values_becomes_a_flat_list() -> None:
    bpmn = ruled("papers", "papers", '=list contains(papers, "fire_safety")')
    _, outcome = begin(bpmn, SHIPPED, area=301, owner_kind="organisation")
    assert outcome.variables["papers"] == ["fire_safety", "business_licence"]
    assert outcome.ended == ("many",)


@pytest.mark.parametrize(
    ("amount", "a", "b"), [(1, [1, 2], ["x", None]), (0, [2], [None]), (-1, None, None)]
)
def test_several_outputs_of_several_rules_become_a_list_each(
    amount: int, a: object, b: object
) -> None:
    rules = (((">= 1",), ("1", '"x"')), ((">= 0",), ("2", "null")))
    decisions = table(outputs=("a", "b"), rules=rules, policy="RULE ORDER")
    _, outcome = begin(ruled("fee", None, "=a = null"), decisions, amount=amount)
    assert (outcome.variables["a"], outcome.variables["b"]) == (a, b)


def test_a_date_becomes_text() -> None:
    decisions = read_decisions(Dmn().literal("fee", "today()").xml())
    _, outcome = begin(ruled(condition='=fee = "2026-01-05"'), decisions)
    assert outcome.ended == ("many",)


def test_a_contradiction_refuses_the_step_and_keeps_nothing() -> None:
    bpmn = Bpmn().start().user("work").node("businessRuleTask", "rule", ext=called("fee", "fee"))
    bpmn.end().path("start", "work", "rule", "end")
    rules = ((("> 1",), ("1",)), (("> 2",), ("2",)))
    definition, outcome = begin(bpmn, table(rules=rules))
    (task,) = outcome.open
    with pytest.raises(DecisionConflict) as caught:
        engine.complete(definition, outcome.snapshot, task.task_id, {"amount": 3}, now=NOW)
    assert isinstance(caught.value, engine.EngineFailure)
    assert (caught.value.reason, caught.value.step, caught.value.rules) == (
        "decision",
        "rule",
        (1, 2),
    )
    again = engine.complete(definition, outcome.snapshot, task.task_id, {"amount": 2}, now=NOW)
    assert (again.finished, again.variables["fee"]) == (True, 1)


@pytest.mark.parametrize("value", ["{a: 1}", "[[1]]", "[{a: 1}]"])
def test_a_value_that_is_not_flat_stops_the_run(value: str) -> None:
    decisions = read_decisions(Dmn().literal("fee", value).xml())
    with pytest.raises(engine.EngineFailure, match="fee") as caught:
        begin(ruled(), decisions)
    assert (caught.value.reason, caught.value.step) == ("decision", "rule")


def test_the_same_inputs_give_the_same_bytes() -> None:
    how = {"area": 600, "channel": "online", "owner_kind": "citizen"}
    bpmn = ruled("terms", None, "=fee_due > 5")
    (_, one), (_, two) = begin(bpmn, SHIPPED, **how), begin(bpmn, SHIPPED, **how)
    assert one.snapshot == two.snapshot
    assert one.variables["fee_due"] == 90_000


MISTAKES = [
    ("decision.none", None, "fee"),
    ("decision.none", "", ""),
    ("decision.computed", "=which", "fee"),
    ("decision.unknown", "free", "fee"),
    ("decision.no-variable", "fee", None),
    ("decision.variable", "fee", "a b"),
    ("decision.output-name", "odd", None),
]


@pytest.mark.parametrize(("code", "decision", "variable"), MISTAKES)
def test_a_mistake_in_the_task_is_found(
    code: str, decision: str | None, variable: str | None
) -> None:
    dmn = Dmn().table().table("odd", outputs=("a b", "c"), rules=((("-",), ("1", "2")),))
    decisions = read_decisions(dmn.xml())
    found = engine.check(ruled(decision, variable).xml(), decisions=decisions)
    assert (code, "rule", engine.Severity.ERROR) in {
        (problem.code, problem.element_id, problem.severity) for problem in found
    }
    with pytest.raises(engine.DefinitionInvalid):
        engine.read(ruled(decision, variable).xml(), decisions=decisions)


def test_a_result_variable_beside_several_outputs_is_warned_about() -> None:
    decisions = table(outputs=("a", "b"), rules=((("-",), ("1", "2")),))
    (problem,) = engine.check(ruled().xml(), decisions=decisions)
    assert (problem.code, problem.severity) == ("decision.result-unused", engine.Severity.WARNING)
    assert "a, b" in str(problem.hint)


def test_decisions_are_only_compared_where_they_are_known_and_always_needed_to_run() -> None:
    assert engine.check(ruled("unheard-of").xml()) == ()
    assert [p.code for p in engine.check(ruled("unheard-of", None).xml())] == [
        "decision.no-variable"
    ]
    with pytest.raises(engine.DefinitionInvalid):
        engine.read(ruled().xml())


def test_a_version_tag_would_be_ignored_and_is_refused() -> None:
    ext = called("fee", "fee", bindingType="deployment", versionTag="1")
    bpmn = Bpmn().start().node("businessRuleTask", "rule", ext=ext).end()
    found = engine.check(bpmn.path("start", "rule", "end").xml())
    assert [problem.code for problem in found] == ["extension.unsupported"]


def test_a_loop_of_decisions_alone_is_refused() -> None:
    bpmn = ruled().node("businessRuleTask", "again", ext=called("fee", "fee"))
    bpmn.flow("gate", "again", "=fee < 0").xor("back").path("again", "back")
    xml = bpmn.xml().replace(
        b'sourceRef="start" targetRef="rule"', b'sourceRef="start" targetRef="back"'
    )
    xml = xml.replace(
        b"</bpmn:process>",
        b'<bpmn:sequenceFlow id="b" sourceRef="back" targetRef="rule"/></bpmn:process>',
    )
    assert "loop.automatic" in {problem.code for problem in engine.check(xml, decisions=table())}


def test_a_column_of_dates_reads_the_text_of_a_variable() -> None:
    rules = ((('< date("2026-02-01")',), ("1",)), (('>= date("2026-02-01")',), ("9",)))
    decisions = table(inputs=(Column(text="applied_on", type="date"),), rules=rules)
    assert begin(ruled(), decisions, applied_on="2026-01-31")[1].ended == ("few",)
    assert begin(ruled(), decisions, applied_on="2026-02-01")[1].ended == ("many",)


def test_a_decision_is_asked_for_each_item_of_a_list() -> None:
    marker = loop(
        inputCollection="=areas",
        inputElement="amount",
        outputCollection="fees",
        outputElement="=fee",
    )
    bpmn = Bpmn().start().end()
    bpmn.node("businessRuleTask", "rule", ext=called("fee", "fee"), inner=marker)
    bpmn.path("start", "rule", "end")
    definition, outcome = begin(bpmn, table(), areas=[3, 20, 7], amount=99)
    assert outcome.variables["fees"] == [3, 1, 7]
    assert definition.variables == {"areas"}
