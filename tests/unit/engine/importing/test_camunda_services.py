"""Services, scripts, decisions and calls of other engines become ours or are refused."""

import pytest

from app import engine
from app.engine.importing import Level
from tests.unit.engine.importing.importer import (
    codes,
    element,
    errors,
    node,
    told,
)


def test_a_topic_is_a_service_type() -> None:
    imported = element(
        "serviceTask", 'camunda:type="external" camunda:topic="send_mail" camunda:taskPriority="5"'
    )
    assert (node(imported).service, errors(imported)) == ("send_mail", [])


@pytest.mark.parametrize(
    ("attributes", "called"),
    [
        ('camunda:class="org.Mail"', "org.Mail"),
        ('camunda:delegateExpression="${mail}"', "${mail}"),
        ('camunda:expression="${mail.send()}"', "${mail.send()}"),
        ('camunda:type="mail"', "mail"),
        ('camunda:type="external" camunda:topic="${topic}"', "${topic}"),
    ],
)  # fmt: skip
def test_program_code_needs_a_handler(attributes: str, called: str) -> None:
    imported = element("serviceTask", attributes)
    (change,) = told(imported, "service.needs-type")
    assert (change.level, change.before) == (Level.ERROR, called)
    assert ("extension.unsupported", "x") in errors(imported)
    handled = element("serviceTask", attributes, services={called: "send_mail"})
    assert (node(handled).service, errors(handled)) == ("send_mail", [])


def test_fields_of_a_handler_are_lost_with_a_word() -> None:
    field = '<camunda:field name="to" stringValue="a"/>'
    inner = f"<bpmn:extensionElements>{field}</bpmn:extensionElements>"
    imported = element(
        "serviceTask",
        'camunda:class="M" camunda:resultVariable="r"',
        inner,
        services={"M": "send_mail"},
    )
    assert {"service.field-lost", "service.result-lost"} <= set(codes(imported))
    assert errors(imported) == []


@pytest.mark.parametrize(
    "attributes",
    [
        'camunda:expression="${amount * 2}" camunda:resultVariable="double"',
        "camunda:expression=\"${execution.setVariable('double', amount * 2)}\"",
    ],
)
def test_a_service_that_only_reckons_is_a_script(attributes: str) -> None:
    imported = element("serviceTask", attributes)
    found = node(imported)
    assert (found.tag, errors(imported)) == ("scriptTask", [])
    assert found.script == engine.diagram.Script(
        expression="=get or else(amount, 0) * 2", variable="double"
    )


@pytest.mark.parametrize(
    ("language", "script", "variable", "expression"),
    [
        ("juel", "${a == 1}", "r", "=(a = 1)"),
        ("juel", "${execution.setVariable('b', a)}", "b", "=a"),
        ("feel", "a + 1", "r", "=a + 1"),
        ("", "#{a}", "r", "=a"),
    ],
)
def test_scripts_of_one_expression_are_translated(
    language: str, script: str, variable: str, expression: str
) -> None:
    attributes = f'scriptFormat="{language}" camunda:resultVariable="r"'
    imported = element("scriptTask", attributes, f"<bpmn:script>{script}</bpmn:script>")
    found = node(imported).script
    assert found is not None
    assert (found.variable, found.expression.replace("=(a = 1)", "=a = 1")) == (
        variable,
        expression.replace("=(a = 1)", "=a = 1"),
    )
    assert errors(imported) == []


@pytest.mark.parametrize(
    ("language", "script", "code"),
    [
        ("groovy", "x = 1", "script.language"),
        ("javascript", "1", "script.language"),
        ("feel", "if", "script.language"),
        ("juel", "${bean.run()}", "expression.untranslatable"),
    ],
)
def test_other_scripts_stay_and_are_refused(language: str, script: str, code: str) -> None:
    inner = f"<bpmn:script>{script}</bpmn:script>"
    imported = element("scriptTask", f'scriptFormat="{language}"', inner)
    assert codes(imported) == [code]
    assert {("extension.unsupported", "x"), ("script.incomplete", "x")} == set(errors(imported))


def test_a_decision_is_called() -> None:
    imported = element(
        "businessRuleTask",
        'camunda:decisionRef="fee" camunda:resultVariable="fee"'
        ' camunda:mapDecisionResult="singleEntry" camunda:decisionRefBinding="deployment"',
    )
    found = node(imported).decision
    assert found is not None
    assert (found.decision, found.variable, codes(imported)) == (
        "fee",
        "fee",
        ["decision.called", "vendor.platform"],
    )
    assert errors(imported) == []


def test_a_list_as_result_of_a_decision_is_told() -> None:
    imported = element("businessRuleTask", 'camunda:decisionRef="fee" camunda:resultVariable="fee"')
    assert told(imported, "decision.result")[0].before == "resultList"


def test_a_rule_task_that_runs_code_is_a_service() -> None:
    imported = element("businessRuleTask", 'camunda:type="external" camunda:topic="send_mail"')
    assert (node(imported).tag, node(imported).service) == ("serviceTask", "send_mail")


def test_a_call_names_its_process() -> None:
    inner = (
        '<bpmn:extensionElements><camunda:in variables="all"/><camunda:in businessKey="#{b}"/>'
        '<camunda:in source="a" target="a"/><camunda:out sourceExpression="${b}" target="b"/>'
        "</bpmn:extensionElements>"
    )
    imported = element(
        "callActivity", 'calledElement="tns:other" camunda:calledElementBinding="latest"', inner
    )
    assert (node(imported).called, errors(imported)) == ("other", [])


def test_a_call_that_renames_variables_is_refused() -> None:
    inner = '<bpmn:extensionElements><camunda:in source="a" target="b"/></bpmn:extensionElements>'
    assert ("extension.unsupported", "x") in errors(
        element("callActivity", 'calledElement="other"', inner)
    )


@pytest.mark.parametrize("how", ['type="external" camunda:topic="mail"', 'class="org.Mail"'])
def test_the_handler_of_a_step_itself_goes_before_that_of_its_topic(how: str) -> None:
    services = {"x": "print", "mail": "send_mail", "org.Mail": "send_mail"}
    imported = element("serviceTask", f"camunda:{how}", services=services)
    assert (node(imported).service, errors(imported)) == ("print", [])
