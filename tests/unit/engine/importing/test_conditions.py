"""Conditions of flows are put into FEEL, whatever they are written in."""

import pytest

from app import engine
from app.engine.importing import Level
from tests.support.bpmn import Bpmn
from tests.unit.engine.importing.importer import errors, taken, told


def choice(condition: str) -> Bpmn:
    bpmn = Bpmn().start().end().user("a").xor("gate", default="other").path("start", "gate")
    return (
        bpmn.flow("gate", "a", condition, id_="way")
        .flow("gate", "end", id_="other")
        .path("a", "end")
    )


def condition(xml: bytes) -> str | None:
    (flow,) = (flow for flow in engine.outline(xml).flows if flow.id == "way")
    return flow.condition


def test_juel_becomes_feel() -> None:
    imported = taken(choice("${decision == 'ok'}"))
    (change,) = imported.changes
    assert (change.code, change.level, change.element_id) == (
        "expression.translated",
        Level.INFO,
        "way",
    )
    assert (change.before, change.after) == ("${decision == 'ok'}", '=decision = "ok"')
    assert errors(imported) == []


def test_program_code_stays_and_is_refused() -> None:
    imported = taken(choice("${bean.decide(execution)}"))
    (change,) = imported.changes
    assert (change.code, change.level) == ("expression.untranslatable", Level.ERROR)
    assert "character 8" in str(change.message)
    assert condition(imported.xml) == "${bean.decide(execution)}"
    assert errors(imported) == [("feel.not-feel", "way")]


@pytest.mark.parametrize(
    ("written", "language", "code", "expected"),
    [
        ("amount &gt; 5", None, "expression.guessed", "=amount > 5"),
        ("amount == 5", "groovy", "expression.guessed", "=amount = 5"),
        ("amount &gt; 5", "feel", "expression.translated", "=amount > 5"),
        ("if", "feel", "expression.untranslatable", "if"),
        ("amount &gt; 5", "http://www.w3.org/1999/XPath", "expression.words", "amount > 5"),
        ("when it is complete", None, "expression.words", "when it is complete"),
        ("  ", None, "condition.empty", None),
        ("=amount &gt; 5", None, None, "=amount > 5"),
    ],
)  # fmt: skip
def test_the_language_decides(
    written: str, language: str | None, code: str | None, expected: str | None
) -> None:
    attribute = f' language="{language}"' if language else ""
    text = (
        choice("X")
        .text()
        .replace("<bpmn:conditionExpression>X", f"<bpmn:conditionExpression{attribute}>{written}")
    )
    imported = taken(text)
    assert [change.code for change in imported.changes] == ([code] if code else [])
    assert condition(imported.xml) == expected


def test_the_language_of_a_translated_condition_is_not_told_any_more() -> None:
    text = (
        choice("X")
        .text()
        .replace("<bpmn:conditionExpression>X", '<bpmn:conditionExpression language="juel">${x}')
    )
    imported = taken(text)
    assert b"juel" not in imported.xml
    assert told(imported, "expression.translated")[0].after == "=x"
