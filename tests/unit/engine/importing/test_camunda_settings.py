"""Repetitions, properties, listeners and technical settings of other engines."""

import pytest

from app.engine.importing import Level
from tests.unit.engine.importing.importer import (
    codes,
    element,
    errors,
    node,
    process,
    taken,
    told,
    user,
)

LISTED = "<bpmn:loopDataInputRef>units</bpmn:loopDataInputRef>"
LISTED += '<bpmn:inputDataItem name="unit"/>'


@pytest.mark.parametrize(
    ("attributes", "inner", "collection", "item"),
    [
        ('camunda:collection="units" camunda:elementVariable="unit"', "", "=units", "unit"),
        ('camunda:collection="${order.units}"', "", "=order.units", "item"),
        ("", "<bpmn:loopCardinality>3</bpmn:loopCardinality>", "=for i in 1..3 return i", "item"),
        ("", "<bpmn:loopCardinality>0</bpmn:loopCardinality>", "=[]", "item"),
        ("", "<bpmn:loopCardinality>${n}</bpmn:loopCardinality>",
         "=if n >= 1 then for i in 1..n return i else []", "item"),
        ("", LISTED, "=units", "unit"),
    ],
)  # fmt: skip
def test_repeated_activities_are_translated(
    attributes: str, inner: str, collection: str, item: str
) -> None:
    tag = "bpmn:multiInstanceLoopCharacteristics"
    marker = f"<{tag} {attributes}>{inner}</{tag}>"
    task = '<zeebe:formDefinition formId="f"/><zeebe:assignmentDefinition candidateGroups="a"/>'
    imported = element(
        "userTask", "", f"<bpmn:extensionElements>{task}</bpmn:extensionElements>{marker}"
    )
    loop = node(imported).loop
    assert loop is not None
    assert (loop.collection, loop.element, errors(imported)) == (collection, item, [])


def test_the_condition_to_stop_counts_in_our_words() -> None:
    marker = (
        '<bpmn:multiInstanceLoopCharacteristics behavior="All" camunda:collection="units"'
        ' camunda:asyncBefore="true">'
        "<bpmn:completionCondition>${nrOfCompletedInstances >= 2}</bpmn:completionCondition>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    loop = node(element("userTask", "", marker)).loop
    assert loop is not None
    assert loop.until == "=numberOfCompletedInstances >= 2"


def test_properties_are_taken_over() -> None:
    inner = '<camunda:property name="workingHours" value="8"/>'
    imported = user(ext=f"<camunda:properties>{inner}</camunda:properties>")
    assert node(imported).properties == {"workingHours": "8"}


def test_parameters_that_say_nothing_go_and_others_are_refused() -> None:
    inner = '<camunda:inputParameter name="a">${a}</camunda:inputParameter>'
    same = f"<camunda:inputOutput>{inner}</camunda:inputOutput>"
    assert codes(user(ext=same)) == ["variable.same", "vendor.platform"]
    other = same.replace("${a}", "${b}")
    imported = user(ext=other)
    assert told(imported, "variable.mapping")[0].level is Level.ERROR
    assert ("extension.unsupported", "x") in errors(imported)


def test_listeners_go_with_a_word() -> None:
    listener = '<camunda:taskListener event="create" class="org.Mail"/>'
    listener += '<camunda:executionListener event="end" expression="${a.b()}"/>'
    imported = user(ext=listener)
    changes = told(imported, "listener.dropped")
    assert [change.before for change in changes] == [
        'taskListener event="create" class="org.Mail"',
        'executionListener event="end" expression="${a.b()}"',
    ]
    assert {change.level for change in changes} == {Level.WARNING}


def test_technical_settings_go_quietly() -> None:
    text = process('<bpmn:userTask id="x" camunda:asyncAfter="true"/>').replace(
        '<bpmn:process id="permit"',
        '<bpmn:process id="permit" camunda:historyTimeToLive="30"'
        ' camunda:candidateStarterGroups="a"',
    )
    imported = taken(text)
    assert [(one.code, one.element_id, one.before) for one in imported.changes][:3] == [
        ("setting.technical", "permit", "historyTimeToLive=30"),
        ("setting.dropped", "permit", "candidateStarterGroups=a"),
        ("setting.technical", "x", "asyncAfter=true"),
    ]
