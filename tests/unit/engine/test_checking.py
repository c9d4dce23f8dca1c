"""Every mistake in a diagram has a stable code, its element, its line and a way out."""

from typing import Any

import orjson
import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, procedure, straight
from tests.support.mistakes import base, empty, expect_mistake, node

MULTI = "<bpmn:multiInstanceLoopCharacteristics/>"
STANDARD = "<bpmn:standardLoopCharacteristics/>"
REFERENCE = "<bpmn:eventDefinitionRef>e</bpmn:eventDefinitionRef>"
USERS = '<zeebe:assignmentDefinition candidateUsers="k"/>'
PYTHON = "<bpmn:script>import os</bpmn:script>"


def gate(default: str | None = "gate_end") -> Bpmn:
    """start -> gate -> end, and whatever the test adds."""
    return Bpmn().start().xor("gate", default).end().path("start", "gate", "end")


def deep(levels: int) -> Bpmn:
    bpmn = Bpmn().start("s").end("e")
    for level in range(levels):
        bpmn.flow(f"s{level or ''}", f"x{level}").flow(f"x{level}", f"e{level or ''}")
        bpmn.open(f"x{level}").start(f"s{level + 1}").end(f"e{level + 1}")
    bpmn.flow(f"s{levels}", f"e{levels}")
    for _ in range(levels):
        bpmn.close()
    return bpmn


def pause(text: str, kind: str = "timeDuration") -> Bpmn:
    return empty().timer("x", text, kind).path("start", "x", "end")


def cycle(text: str, *, interrupting: bool) -> Bpmn:
    bpmn = base().boundary("b", "work", text, "timeCycle", interrupting=interrupting)
    return bpmn.flow("b", "end")


def spinning() -> Bpmn:
    bpmn = gate().xor("a", "a_b").script("b", "v", "=1").path("a", "b", "a")
    return bpmn.flow("gate", "a", "=x").flow("a", "end", "=y")


def user(**how: Any) -> Bpmn:
    return empty().user("work", **how).path("start", "work", "end")


MISTAKES: list[tuple[str, str | None, Bpmn]] = [
    ("id.duplicate", "work", base().user("work")),
    ("id.duplicate", "start_work", base().flow("work", "end", id_="start_work")),
    ("id.duplicate", "permit", empty().user("permit").path("start", "permit", "end")),
    ("id.not-a-name", "9x", base().user("9x").path("work", "9x")),
    ("id.not-a-name", "a#b", base().user("a#b")),
    ("id.not-a-name", "x" * 201, base().user("x" * 201)),
    ("id.not-a-name", "", Bpmn("").start().end().path("start", "end")),
    ("element.no-id", None, base().node("userTask", None)),
    ("flow.no-id", None, empty().flow("start", "end", id_=None)),
    ("limit.nodes", "permit", straight(*[f"t{i}" for i in range(399)])),
    ("limit.depth", "permit", deep(6)),
    ("element.unsupported", "x", node("task")),
    ("element.unsupported", "x", node("manualTask")),
    ("decision.none", "x", node("businessRuleTask")),
    ("element.unsupported", "x", node("complexGateway")),
    ("element.unsupported", "x", node("adHocSubProcess")),
    ("element.unsupported", "x", node("transaction")),
    ("service.no-type", "x", node("sendTask")),
    ("event.unsupported", "x", node("intermediateThrowEvent")),
    ("event.unsupported", "x", node("intermediateThrowEvent", inner=event("message", "m"))),
    ("event.unsupported", "x", node("intermediateCatchEvent")),
    ("event.unsupported", "x", node("startEvent", inner="<bpmn:messageEventDefinition/>")),
    ("event.unsupported", "x", node("userTask", inner="<bpmn:timerEventDefinition/>")),
    ("event.unsupported", "x", node("endEvent", inner=REFERENCE)),
    ("event.unsupported", "x", node("intermediateCatchEvent", inner="<bpmn:linkEventDefinition/>")),
    ("event.unsupported", "x", node("boundaryEvent", inner="<bpmn:cancelEventDefinition/>")),
    ("event.unsupported", "x", node("intermediateCatchEvent", inner=event("error", "wrong"))),
    ("marker.unsupported", "x", node("receiveTask", inner=MULTI)),
    ("marker.unsupported", "x", node("userTask", inner=STANDARD)),
    ("marker.unsupported", "x", node("subProcess", triggeredByEvent="true")),
    ("marker.unsupported", "x", node("userTask", isForCompensation="true")),
    ("marker.unsupported", "x", node("userTask", startQuantity="2")),
    ("extension.unsupported", "x", node("userTask", ext="<zeebe:ioMapping/>")),
    ("extension.unsupported", "x", node("userTask", ext='<zeebe:formDefinition formKey="k"/>')),
    ("extension.unsupported", "x", node("userTask", ext=USERS)),
    ("extension.unsupported", "x", node("userTask", ext="<camunda:taskListener/>")),
    ("extension.unsupported", "x", base().raw('<bpmn:userTask id="x" camunda:assignee="a"/>')),
    ("extension.unsupported", "x", node("userTask", inner="<bpmn:potentialOwner/>")),
    ("extension.unsupported", "x", node("scriptTask", inner=PYTHON)),
    ("flow.dangling", "work_nowhere", base().flow("work", "nowhere")),
    ("flow.dangling", "nowhere_work", base().flow("nowhere", "work")),
    ("flow.dangling", "f", base().flow(None, None, id_="f")),
    ("flow.dangling", "work_start_work", base().flow("work", "start_work")),
    ("flow.crosses-border", "work_in", base().open("sub").start("in").close().path("work", "in")),
    ("flow.into-start", "work_start", base().flow("work", "start")),
    ("flow.into-start", "work_bell", base().boundary("bell", "work").flow("work", "bell")),
    ("flow.out-of-end", "end_work", base().flow("end", "work")),
    ("flow.condition-misplaced", "start_end", empty().flow("start", "end", "=a")),
    ("flow.implicit-fork", "work", base().flow("work", "end", id_="again")),
    ("flow.implicit-fork", "start", base().flow("start", "end")),
    ("flow.default-misplaced", "x", node("userTask", default="x_end")),
    ("flow.default-condition", "c", gate("c").flow("gate", "end", "=a", "c")),
    ("gateway.default-unknown", "gate", gate("start_gate")),
    ("gateway.no-default", "gate", gate(None).flow("gate", "end", "=a", "c")),
    ("gateway.no-default", "x", empty().xor("x").path("start", "x").flow("x", "end", "=a")),
    ("gateway.no-condition", "c", gate().flow("gate", "end", id_="c")),
    ("gateway.no-condition", "c", gate().flow("gate", "end", " ", "c")),
    ("start.none", "permit", Bpmn().user("work").end().path("work", "end")),
    ("start.none", "sub", empty().open("sub").close().path("start", "sub", "end")),
    ("start.several", "second", base().start("second").flow("second", "work")),
    ("end.none", "permit", Bpmn().start().user("work").path("start", "work")),
    ("boundary.detached", "bell", base().boundary("bell", "nowhere")),
    ("boundary.detached", "bell", base().boundary("bell", "start")),
    ("element.unreachable", "lost", base().user("lost").flow("lost", "end")),
    ("element.no-way-out", "trap", base().user("trap").boundary("b", "work").flow("b", "trap")),
    ("loop.automatic", "a", spinning()),
    ("task.no-form", "work", user(form=None)),
    ("task.form-computed", "work", user(form="=a")),
    ("task.form-unknown", "work", user(form="from")),
    ("task.no-role", "work", user(roles=None)),
    ("task.no-role", "work", user(roles=",")),
    ("task.many-roles", "work", user(roles="officer, leader")),
    ("task.role-unknown", "work", user(roles="oficer")),
    ("task.priority", "work", user(priority="101")),
    ("task.priority", "work", user(priority="high")),
    ("service.no-type", "x", empty().service("x", None).path("start", "x", "end")),
    ("service.no-type", "x", empty().service("x", "=a").path("start", "x", "end")),
    ("service.unknown", "x", empty().service("x", "send_male").path("start", "x", "end")),
    ("script.incomplete", "x", node("scriptTask")),
    ("script.incomplete", "x", empty().script("x", "v", None).path("start", "x", "end")),
    ("script.incomplete", "x", empty().script("x", "a b", "=1").path("start", "x", "end")),
    ("property.workingHours", "work", user(workingHours="0")),
    ("property.workingHours", "work", user(workingHours="-1")),
    ("property.workingHours", "work", user(workingHours="NaN")),
    ("property.workingHours", "work", user(workingHours="a day")),
    ("property.status", "work", user(status="11")),
    ("property.status", "work", user(status="0")),
    ("property.status", "end", Bpmn().start().end(status="²").path("start", "end")),
    ("property.clock", "work", user(clock="halt")),
    ("property.slip", "work", user(slip="1")),
    ("property.workingHoursOnline", "work", user(workingHours="8", workingHoursOnline="0")),
    ("property.deadline", "work", user(workingHours="8", deadline="soon")),
    ("property.escalation", "work", user(escalation="officer,,officer")),
    ("property.escalation", "work", user(escalation="=leaders")),
    ("property.escalation-role", "work", user(escalation="officer, mayor")),
    ("property.escalation-role", "work", user(escalation="none, officer")),
    ("property.no-hours", "work", user(workingHoursOnline="4")),
    ("property.no-hours", "work", user(deadline="handover")),
    ("feel.not-feel", "c", gate().flow("gate", "end", "${a == 1}", "c")),
    ("feel.not-feel", "x", empty().script("x", "v", "1 + 1").path("start", "x", "end")),
    ("feel.invalid", "c", gate().flow("gate", "end", "=a = = 1", "c")),
    ("feel.invalid", "c", gate().flow("gate", "end", "=", "c")),
    ("feel.invalid", "work", user(roles="=if")),
    ("feel.invalid", "work", user(unit="=)")),
    ("feel.invalid", "x", pause("=P3D +")),
    ("timer.incomplete", "x", pause("")),
    ("timer.invalid", "x", pause("3 days")),
    ("timer.invalid", "x", pause("P")),
    ("timer.invalid", "x", pause("1.5", "timeUnknown")),
    ("timer.invalid", "x", pause("31/12/2026", "timeDate")),
    ("timer.invalid", "x", pause("2026-12-31T08:00:00")),
    ("timer.invalid", "x", pause("P3D", "timeDate")),
    ("limit.timer", "b", cycle("R3/PT1S", interrupting=False)),
    ("limit.timer", "b", cycle("R10000/PT1H", interrupting=False)),
    ("limit.timer", "b", cycle("R0/PT1H", interrupting=False)),
    ("timer.cycle-misplaced", "x", pause("R3/PT1H", "timeCycle")),
    ("timer.cycle-misplaced", "b", cycle("R3/PT1H", interrupting=True)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "element", "bpmn"), MISTAKES, ids=[f"{m[0]}-{i}" for i, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_found_at_its_element(code: str, element: str | None, bpmn: Bpmn) -> None:
    expect_mistake(code, element, bpmn)


def test_too_many_flows_are_refused() -> None:
    bpmn = gate()
    for number in range(1201):
        bpmn.flow("gate", "end", "=a", f"f{number}")
    assert "limit.flows" in {problem.code for problem in engine.check(bpmn.xml())}


def test_the_list_of_problems_is_bounded() -> None:
    bpmn = base()
    for number in range(390):
        bpmn.node("userTask", f"u{number}")
    assert len(engine.check(bpmn.xml())) == 500


def test_everything_is_found_at_once_and_errors_come_first() -> None:
    bpmn = user(form=None, roles=None, colour="red", status="99")
    codes = [problem.code for problem in engine.check(bpmn.xml())]
    assert codes == ["task.no-form", "task.no-role", "property.status", "property.unknown"]


def test_a_problem_tells_name_and_line_and_is_plain_json() -> None:
    xml = node("task", name="Kiểm tra").xml()
    (problem,) = engine.check(xml)
    assert xml.decode().splitlines()[(problem.line or 0) - 1].startswith("<bpmn:task")
    plain = orjson.loads(orjson.dumps(problem.as_dict()))
    assert (plain["element_name"], plain["severity"]) == ("Kiểm tra", "error")


@pytest.mark.parametrize(
    ("code", "bpmn", "draw"),
    [
        ("property.unknown", user(workinghours="8"), True),
        ("property.misplaced", empty().end("e2", deadline="handover"), True),
        ("property.misplaced", empty().service("s", escalation="none"), True),
        ("element.no-name", node("userTask", name=""), True),
        ("picture.none", base(), False),
        ("picture.missing", base().raw('<bpmn:endEvent id="e2"/>'), True),
    ],
)
def test_a_warning_does_not_stop_publication(code: str, bpmn: Bpmn, draw: bool) -> None:
    problems = engine.check(bpmn.xml(draw=draw))
    found = [problem.severity for problem in problems if problem.code == code]
    assert found == [engine.Severity.WARNING]


def test_a_hint_names_what_was_meant() -> None:
    hints = {
        problem.code: str(problem.hint)
        for problem in engine.check(
            user(form="from", roles="xyz", workinghours="8").xml(),
            forms={"form", "other"},
            roles={"officer"},
        )
    }
    assert "form" in hints["task.form-unknown"]
    assert "officer" in hints["task.role-unknown"]
    assert "workingHours" in hints["property.unknown"]


@pytest.mark.parametrize(
    "bpmn",
    [
        base(),
        procedure(),
        deep(5),
        user(roles="=r", priority="0", unit="H56", workingHours="=if a then 4 else 8", slip="=b"),
        user(workingHours="8", workingHoursOnline="4.5", escalation="division_head, director"),
        user(workingHours="8", deadline="handover", escalation=" none "),
        user(status="", notice="welcome", legalBasis="NĐ 61/2018"),
        base().raw('<bpmn:textAnnotation id="n"/><bpmn:dataObject id="o"/><bpmn:group id="g"/>'),
        cycle("R/P1D", interrupting=False),
        empty().user("việc_làm").path("start", "việc_làm", "end"),
    ],
)  # fmt: skip
def test_a_good_diagram_has_no_errors(bpmn: Bpmn) -> None:
    problems = engine.check(bpmn.xml())
    assert [p.as_dict() for p in problems if p.severity is engine.Severity.ERROR] == []


def test_what_is_not_given_is_not_compared() -> None:
    bpmn = user(form="any", roles="any")
    assert engine.check(bpmn.xml()) == ()
    assert {p.code for p in engine.check(bpmn.xml(), forms=(), roles=())} == {
        "task.form-unknown",
        "task.role-unknown",
    }


def test_an_outline_is_given_even_of_a_wrong_diagram() -> None:
    diagram = engine.outline(user(form=None).flow("work", "nowhere").xml())
    assert [node.id for node in diagram.nodes] == ["start", "end", "work"]
    with pytest.raises(engine.DefinitionInvalid):
        engine.outline(b"no xml")
