"""Elements, events and timers that do not run here, and those that mean the same."""

import json

import pytest

from app.engine.importing import Imported, Level, Wishes
from tests.support.bpmn import Bpmn, event, straight
from tests.unit.engine.importing.importer import codes, element, errors, node, process, taken, told


def one(tag: str, inner: str = "", **attributes: str) -> Imported:
    return taken(
        Bpmn().start().end().node(tag, "x", inner=inner, **attributes).path("start", "x", "end")
    )


@pytest.mark.parametrize("tag", ["task", "manualTask"])
def test_work_of_people_is_a_user_task(tag: str) -> None:
    imported = one(tag)
    (change,) = imported.changes
    assert (change.code, change.level, change.before) == ("element.kind", Level.WARNING, tag)
    assert node(imported).tag == "userTask"
    assert set(errors(imported)) == {("task.no-form", "x"), ("task.no-role", "x")}


def test_an_event_that_does_nothing_is_a_gateway() -> None:
    imported = one("intermediateThrowEvent", "<bpmn:dataInput id='i'/>")
    assert (node(imported).tag, errors(imported)) == ("exclusiveGateway", [])


def test_a_transaction_that_undoes_nothing_is_a_sub_process() -> None:
    inner = Bpmn().start("s").user("a").end("e").path("s", "a", "e").levels[0]
    imported = one("transaction", "".join(inner))
    assert (node(imported).tag, errors(imported)) == ("subProcess", [])


def test_a_transaction_that_is_cancelled_stays() -> None:
    cancel = "<bpmn:cancelEventDefinition/>"
    bpmn = Bpmn().start().end().node("transaction", "x").path("start", "x", "end")
    imported = taken(bpmn.watch("b", "x", cancel).path("b", "end"))
    assert ("element.unsupported", "x") in errors(imported)


@pytest.mark.parametrize("inner", ["", "<bpmn:documentation>Thẩm định</bpmn:documentation>"])
@pytest.mark.parametrize("tag", ["subProcess", "transaction"])
def test_a_sub_process_without_steps_is_a_step(tag: str, inner: str) -> None:
    imported = one(tag, inner, triggeredByEvent="false")
    assert told(imported, "element.kind")[-1].after == "userTask"
    assert b"triggeredByEvent" not in imported.xml
    assert {code for code, _ in errors(imported)} == {"task.no-form", "task.no-role"}


def test_the_empty_diagram_of_a_sub_process_without_steps_goes_too() -> None:
    plane = '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="{}"/></bpmndi:BPMNDiagram>'
    bpmn = Bpmn().start().end().node("subProcess", "x").path("start", "x", "end")
    stray = '<bpmndi:BPMNPlane bpmnElement="x"/>'
    text = bpmn.text().replace(
        "</bpmn:definitions>", f"{plane.format('x')}{stray}</bpmn:definitions>"
    )
    assert taken(text).xml.count(b"<bpmndi:BPMNPlane") == 1


@pytest.mark.parametrize(
    ("inner", "more"),
    [("<bpmn:dataObject id='d'/>", {}), ("", {"triggeredByEvent": "true"})],
)
def test_other_sub_processes_without_steps_stay(inner: str, more: dict[str, str]) -> None:
    assert node(one("subProcess", inner, **more)).tag == "subProcess"


def test_a_message_that_starts_the_process_is_the_submission() -> None:
    bpmn = Bpmn().node("startEvent", "start", inner=event("message", "m")).end().user("a")
    imported = taken(bpmn.path("start", "a", "end"))
    assert (codes(imported), errors(imported)) == (["start.message"], [])


def test_a_timer_that_starts_the_process_stays() -> None:
    inner = timer("timeCycle", "R/P1D")
    bpmn = Bpmn().node("startEvent", "start", inner=inner).end().user("a")
    assert ("event.unsupported", "start") in errors(taken(bpmn.path("start", "a", "end")))


def test_an_event_that_sends_is_a_step_that_sends() -> None:
    message = '<bpmn:messageEventDefinition camunda:type="external" camunda:topic="send_mail"/>'
    text = (
        Bpmn().start().node("endEvent", "x", inner=message).user("a").path("start", "a", "x").text()
    )
    imported = taken(text)
    assert (node(imported).tag, node(imported).service) == ("sendTask", "send_mail")
    assert ("end.added" in codes(imported), errors(imported)) == (True, [])


def test_a_sender_without_a_handler_can_be_given_one() -> None:
    bpmn = Bpmn().start().end().node("intermediateThrowEvent", "x", inner=event("message", "m"))
    imported = taken(bpmn.path("start", "x", "end"), Wishes(services={"x": "send_mail"}))
    assert (node(imported).service, errors(imported)) == ("send_mail", [])


def test_a_repeated_send_task_is_a_service_task() -> None:
    marker = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="units"/>'
    imported = element("sendTask", 'camunda:type="external" camunda:topic="send_mail"', marker)
    assert (node(imported).tag, errors(imported)) == ("serviceTask", [])


@pytest.mark.parametrize(
    ("tag", "inner"),
    [
        ("receiveTask", ""),
        ("intermediateCatchEvent", "<bpmn:messageEventDefinition/>"),
    ],
)
def test_what_is_waited_for_is_called_like_the_step(tag: str, inner: str) -> None:
    imported = one(tag, inner, name="Nộp phí")
    (change,) = told(imported, "event.defined")
    assert (change.level, change.after) == (Level.WARNING, "Nộp phí")
    found = node(imported).event
    assert found is not None
    assert (found.name, errors(imported)) == ("Nộp phí", [])


def test_a_name_that_is_computed_names_no_message() -> None:
    (change,) = told(one("receiveTask", name="${wait}"), "event.defined")
    assert change.after == "x"


def test_messages_errors_and_escalations_get_names_and_codes() -> None:
    text = process('<bpmn:receiveTask id="x" messageRef="m"/>')
    imported = taken(text.replace("<bpmn:process", '<bpmn:message id="m"/><bpmn:process'))
    assert (codes(imported), errors(imported)) == (["event.named"], [])


def test_a_name_that_is_computed_is_refused() -> None:
    text = process('<bpmn:receiveTask id="x" messageRef="m"/>')
    imported = taken(
        text.replace("<bpmn:process", '<bpmn:message id="m" name="${a}"/><bpmn:process')
    )
    assert errors(imported) == [("event.name-computed", "x")]


def test_an_error_that_is_caught_by_any_gets_a_code() -> None:
    inner = (
        Bpmn().start("s").node("endEvent", "e", inner="<bpmn:errorEventDefinition/>").path("s", "e")
    )
    bpmn = Bpmn().start().end().node("subProcess", "x", inner="".join(inner.levels[0]))
    bpmn.watch("b", "x", "<bpmn:errorEventDefinition/>").path("start", "x", "end").path("b", "end")
    imported = taken(bpmn)
    assert (codes(imported), errors(imported)) == (["event.defined"], [])


def timer(kind: str, text: str) -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


@pytest.mark.parametrize(
    ("kind", "text", "after_kind", "after"),
    [
        ("timeDuration", "${wait}", "timeDuration", "=wait"),
        ("timeDuration", "${'PT1H'}", "timeDuration", "PT1H"),
        ("timeDuration", '"PT1H"', "timeDuration", "PT1H"),
        ("timeDate", "#{day}", "timeDate", "=day"),
        ("timeCycle", "R3/PT10M", "timeDuration", "PT10M"),
        ("timeCycle", "R3/2026-01-01T08:00:00/P1D", "timeDate", "2026-01-01T08:00:00"),
    ],
)
def test_timers_are_translated(kind: str, text: str, after_kind: str, after: str) -> None:
    imported = one("intermediateCatchEvent", timer(kind, text))
    (found,) = node(imported).timers
    assert ((found.kind, found.text), errors(imported)) == ((after_kind, after), [])


def test_a_reminder_may_repeat() -> None:
    bpmn = straight("a").boundary("b", "a", "R3/PT10M", "timeCycle", interrupting=False)
    assert codes(taken(bpmn)) == ["end.added"]


@pytest.mark.parametrize("text", ["0 0 9 * * ?", "${bean.when()}"])
def test_other_times_stay(text: str) -> None:
    imported = one("intermediateCatchEvent", timer("timeCycle", text))
    assert ("timer.invalid", "x") in errors(imported)


def zeebe(ext: str, tag: str = "userTask", before: str = "") -> Imported:
    text = process(
        f'<bpmn:{tag} id="x"><bpmn:extensionElements>{ext}</bpmn:extensionElements></bpmn:{tag}>'
    )
    return taken(text.replace("<bpmn:startEvent", f"{before}<bpmn:startEvent", 1))


def test_forms_of_camunda_8_are_named_by_their_id() -> None:
    form = json.dumps({"type": "default", "components": []})
    holder = f'<zeebe:userTaskForm id="f1">{form}</zeebe:userTaskForm>'
    holder = f"<bpmn:extensionElements>{holder}</bpmn:extensionElements>"
    imported = zeebe('<zeebe:formDefinition formKey="camunda-forms:bpmn:f1"/>', before=holder)
    assert (node(imported).form, json.loads(imported.forms["f1"])["type"]) == ("f1", "default")


def test_settings_of_camunda_8_that_mean_nothing_here_go_with_a_word() -> None:
    imported = zeebe(
        '<zeebe:assignmentDefinition candidateUsers="demo" candidateGroups="a"/>'
        '<zeebe:taskSchedule dueDate="=now()"/><zeebe:executionListeners>'
        '<zeebe:executionListener eventType="start" type="x"/></zeebe:executionListeners>'
        '<zeebe:ioMapping><zeebe:input source="=a" target="a"/></zeebe:ioMapping>'
    )
    assert codes(imported) == [
        "task.candidate-users",
        "setting.dropped",
        "setting.dropped",
        "variable.same",
    ]
    assert errors(imported) == [("task.no-form", "x")]


def test_a_mapping_of_camunda_8_that_says_something_is_refused() -> None:
    imported = zeebe('<zeebe:ioMapping><zeebe:input source="=b" target="a"/></zeebe:ioMapping>')
    assert ("extension.unsupported", "x") in errors(imported)


def test_settings_of_unknown_tools_are_told() -> None:
    text = process('<bpmn:userTask id="x" y:post="a = 1" xmlns:y="urn:y"/>')
    (change,) = told(taken(text), "vendor.unknown")
    assert (change.level, change.made, change.before) == (Level.WARNING, False, "urn:y")
