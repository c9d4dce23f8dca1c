"""Repetitions, events, inclusive blocks and calls: every mistake is told at its element."""

from typing import Any

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop
from tests.support.mistakes import base, empty, expect_mistake, node

MULTI = "<bpmn:multiInstanceLoopCharacteristics/>"
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


def test_a_watcher_of_what_nobody_throws_is_told() -> None:
    bpmn = guarded(event("error", None), event("error", "wrong"))
    bpmn.watch("b", "sub", event("error", "typo")).flow("b", "end")
    found = [(one.code, one.element_id, one.severity) for one in engine.check(bpmn.xml())]
    assert found == [("boundary.never", "b", engine.Severity.WARNING)]


MISTAKES: list[tuple[str, str | None, Bpmn]] = [
    ("call.no-process", "x", node("callActivity")),
    ("call.no-process", "x", empty().call("x", "=a").path("start", "x", "end")),
    ("call.cycle", "x", empty().call("x", "permit").path("start", "x", "end")),
    ("call.unknown", "x", empty().call("x", "other").path("start", "x", "end")),
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
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "element", "bpmn"), MISTAKES, ids=[f"{m[0]}-{i}" for i, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_found_at_its_element(code: str, element: str | None, bpmn: Bpmn) -> None:
    expect_mistake(code, element, bpmn)
