"""Every mistake in a diagram has a stable code, its element, its line and a way out."""

from typing import Any

import orjson
import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop, procedure, straight

MULTI = "<bpmn:multiInstanceLoopCharacteristics/>"
STANDARD = "<bpmn:standardLoopCharacteristics/>"
REFERENCE = "<bpmn:eventDefinitionRef>e</bpmn:eventDefinitionRef>"
USERS = '<zeebe:assignmentDefinition candidateUsers="k"/>'
PYTHON = "<bpmn:script>import os</bpmn:script>"


LOOP = "<bpmn:multiInstanceLoopCharacteristics %s/>"
MULTI_CARDINALITY = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)


def each(until: str | None = None, **how: str | None) -> Bpmn:
    """One task for each unit, with the given settings of the loop."""
    given: dict[str, Any] = {"inputCollection": "=units", "inputElement": "unit"} | how
    return empty().user("x", inner=loop(until=until, **given)).path("start", "x", "end")


def nested_each(outer: str, inner: str, script: str = "result", results: str | None = None) -> Bpmn:
    """Repetitions in each other, and a script."""
    out = {"outputCollection": results, "outputElement": "=r" if results else None}
    markers = [
        loop(sequential=False, until=None, inputCollection="=a", inputElement=name, **out)
        for name in (outer, inner)
    ]
    bpmn = empty().open("x", inner=markers[0]).start("s").user("in", inner=markers[1])
    bpmn.script("set", script, "=1")
    return bpmn.end("e").path("s", "in", "set", "e").close().path("start", "x", "end")


UNKNOWN = '<bpmn:errorEventDefinition errorRef="nobody"/>'
UNKNOWN_SIGNAL = '<bpmn:signalEventDefinition signalRef="nobody"/>'
MAPPED = (
    '<bpmn:signalEventDefinition signalRef="signal_s"><bpmn:extensionElements>'
    "<zeebe:ioMapping/></bpmn:extensionElements></bpmn:signalEventDefinition>"
)


def guarded(caught: str, thrown: str) -> Bpmn:
    """A sub-process that ends with an event, and a watcher for one."""
    bpmn = empty().open("sub").start("in").node("endEvent", "stop", inner=thrown)
    bpmn.path("in", "stop").close().watch("bell", "sub", caught).end("over").path("bell", "over")
    return bpmn.path("start", "sub", "end")


def twice() -> Bpmn:
    caught = event("error", "wrong")
    return guarded(caught, caught).watch("b", "sub", caught).flow("b", "end")


def calm() -> Bpmn:
    bpmn = guarded(event("error", None), event("error", "wrong"))
    return bpmn.watch("b", "sub", event("error", "wrong"), interrupting=False).flow("b", "end")


def computed_message() -> Bpmn:
    return node("intermediateCatchEvent", inner=event("message", "=name"))


def choosing() -> Bpmn:
    """An event gateway before a message and a receive task, and a task beside it."""
    bpmn = empty().user("work").choose("x").catch("one", "message", "m").receive("two", "n")
    bpmn.path("start", "x", "one", "end").path("x", "two", "end").path("work", "end")
    return bpmn


def block(condition: str | None = "=b", default: str | None = "s_one") -> Bpmn:
    """An inclusive block of two tasks."""
    bpmn = empty().inclusive("s", default).user("one").user("two").inclusive("j")
    bpmn.path("start", "s", "one", "j", "end").flow("s", "two", condition).path("two", "j")
    return bpmn


def split_only() -> Bpmn:
    bpmn = empty().inclusive("s", "s_one").user("one").user("two").xor("j")
    return bpmn.path("start", "s", "one", "j", "end").flow("s", "two", "=b").path("two", "j")


def join_only() -> Bpmn:
    bpmn = empty().parallel("s").user("one").user("two").inclusive("j")
    return bpmn.path("start", "s", "one", "j", "end").path("s", "two", "j")


def both_at_once() -> Bpmn:
    return block().user("three").flow("s", "three", "=c").path("three", "s")


def jumping(source: str, target: str) -> Bpmn:
    """A block, and a flow by way of a gateway that leads into or out of its middle."""
    bpmn = empty().xor("early", "early_s").inclusive("s", "s_one").user("one").user("two")
    bpmn.xor("way", "way_j").inclusive("j").user("last").path("start", "early", "s", "one", "way")
    bpmn.path("way", "j", "last", "end").flow("s", "two", "=b").path("two", "j")
    return bpmn.flow("way" if source == "one" else source, target, "=c")


def base() -> Bpmn:
    """start -> work -> end, complete."""
    return straight("work")


def gate(default: str | None = "gate_end") -> Bpmn:
    """start -> gate -> end, and whatever the test adds."""
    return Bpmn().start().xor("gate", default).end().path("start", "gate", "end")


def empty() -> Bpmn:
    return Bpmn().start().end()


def deep(levels: int) -> Bpmn:
    bpmn = Bpmn().start("s").end("e")
    for level in range(levels):
        bpmn.flow(f"s{level or ''}", f"x{level}").flow(f"x{level}", f"e{level or ''}")
        bpmn.open(f"x{level}").start(f"s{level + 1}").end(f"e{level + 1}")
    bpmn.flow(f"s{levels}", f"e{levels}")
    for _ in range(levels):
        bpmn.close()
    return bpmn


def node(tag: str, **attrs: str) -> Bpmn:
    """A node of some kind on the way from start to end."""
    return empty().node(tag, "x", **attrs).path("start", "x", "end")


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
    ("call.no-process", "x", node("callActivity")),
    ("call.no-process", "x", empty().call("x", "=a").path("start", "x", "end")),
    ("call.cycle", "x", empty().call("x", "permit").path("start", "x", "end")),
    ("call.unknown", "x", empty().call("x", "other").path("start", "x", "end")),
    ("event.unsupported", "x", node("intermediateThrowEvent")),
    ("event.unsupported", "x", node("intermediateThrowEvent", inner=event("message", "m"))),
    ("event.unsupported", "x", node("intermediateCatchEvent")),
    ("event.unsupported", "x", node("startEvent", inner="<bpmn:messageEventDefinition/>")),
    ("event.unsupported", "x", node("userTask", inner="<bpmn:timerEventDefinition/>")),
    ("event.unsupported", "x", node("endEvent", inner=REFERENCE)),
    ("event.unsupported", "x", node("intermediateCatchEvent", inner="<bpmn:linkEventDefinition/>")),
    ("event.unsupported", "x", node("boundaryEvent", inner="<bpmn:cancelEventDefinition/>")),
    ("event.unsupported", "x", node("intermediateCatchEvent", inner=event("error", "wrong"))),
    ("event.no-reference", "x", node("receiveTask")),
    ("event.no-reference", "x", node("receiveTask", messageRef="nobody")),
    ("event.no-reference", "x", node("intermediateCatchEvent", inner=event("message", None))),
    ("event.no-reference", "x", node("intermediateCatchEvent", inner=UNKNOWN_SIGNAL)),
    ("event.no-reference", "x", node("intermediateThrowEvent", inner=event("signal", None))),
    ("event.no-reference", "stop", guarded(event("error", None), event("error", None))),
    ("event.no-reference", "bell", guarded(UNKNOWN, event("error", "wrong"))),
    ("event.name-computed", "x", computed_message()),
    ("event.uncaught", "x", node("endEvent", inner=event("error", "wrong"))),
    ("event.uncaught", "x", node("intermediateThrowEvent", inner=event("escalation", "wrong"))),
    ("event.uncaught", "stop", guarded(event("error", "other"), event("error", "wrong"))),
    ("event.uncaught", "stop", guarded(event("escalation", "wrong"), event("error", "wrong"))),
    ("boundary.misplaced", "b", base().watch("b", "work", event("error", None))),
    ("boundary.twice", "b", twice()),
    ("boundary.error-continues", "b", calm()),
    ("gateway.one-event", "x", node("eventBasedGateway")),
    ("gateway.no-event", "x_end", node("eventBasedGateway")),
    ("gateway.no-event", "x_two", choosing().flow("work", "two")),
    ("gateway.no-event", "x_two", choosing().boundary("b", "two")),
    ("marker.unsupported", "x", node("eventBasedGateway", eventGatewayType="Parallel")),
    ("marker.unsupported", "x", node("receiveTask", instantiate="true")),
    ("extension.unsupported", "x", node("intermediateCatchEvent", inner=MAPPED)),
    ("inclusive.unstructured", "s", split_only()),
    ("inclusive.unstructured", "j", join_only()),
    ("inclusive.unstructured", "s", both_at_once()),
    ("inclusive.unstructured", "s", jumping("one", "last")),
    ("inclusive.unstructured", "s", jumping("early", "one")),
    ("inclusive.unstructured", "s", jumping("one", "s")),
    ("gateway.no-condition", "s_two", block(condition=None)),
    ("gateway.no-default", "s", block(default=None)),
    ("marker.unsupported", "x", node("receiveTask", inner=MULTI)),
    ("loop.no-collection", "x", node("userTask", inner=MULTI)),
    ("loop.no-collection", "x", each(inputCollection="units")),
    ("loop.no-element", "x", each(inputElement=None)),
    ("loop.no-element", "x", each(inputElement="a b")),
    ("loop.no-element", "x", each(inputElement="loopCounter")),
    ("loop.output-incomplete", "x", each(outputCollection="all")),
    ("loop.output-incomplete", "x", each(outputElement="=a")),
    ("loop.output-incomplete", "x", each(outputCollection="a b", outputElement="=a")),
    ("loop.name-clash", "x", each(outputCollection="unit", outputElement="=a")),
    ("loop.name-clash", "in", nested_each("unit", "unit")),
    ("loop.name-clash", "set", nested_each("unit", "other", "unit")),
    ("loop.name-clash", "set", nested_each("unit", "other", "loopCounter")),
    ("loop.name-clash", "in", nested_each("unit", "other", results="all")),
    ("loop.name-clash", "set", nested_each("unit", "other", "all", results="all")),
    ("feel.not-feel", "x", each(outputCollection="all", outputElement="a")),
    ("feel.not-feel", "x", each(until="numberOfInstances > 3")),
    ("feel.invalid", "x", each(inputCollection="=a +")),
    ("feel.invalid", "x", each(until="=a +")),
    ("extension.unsupported", "x", node("userTask", inner=LOOP % 'camunda:collection="c"')),
    ("extension.unsupported", "x", node("userTask", inner=LOOP % 'behavior="None"')),
    ("extension.unsupported", "x", node("userTask", inner=MULTI_CARDINALITY)),
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
    xml = bpmn.xml()
    known: dict[str, Any] = {"forms": {"form"}, "roles": {"officer"}, "services": {"send_mail"}}
    problems = engine.check(xml, **known, calls=())
    found = [problem for problem in problems if problem.code == code]
    assert (code, element) in {(problem.code, problem.element_id) for problem in problems}
    assert all(problem.severity is engine.Severity.ERROR for problem in found)
    assert all(str(problem.message) and str(problem.hint) for problem in found)
    with pytest.raises(engine.DefinitionInvalid) as caught:
        engine.read(xml, **known)
    assert caught.value.problems == problems
    assert element is None or element in caught.value.errors


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
