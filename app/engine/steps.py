"""From a drawn node to the step that the rest of the house speaks of."""

from typing import cast

from app.engine.diagram import Node
from app.engine.facts import Clock, Step

#: Every element that runs today, and what we call it.
KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user",
    "serviceTask": "service",
    "scriptTask": "script",
    "businessRuleTask": "decision",
    "sendTask": "service",
    "receiveTask": "message",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event-gateway",
    "intermediateThrowEvent": "signal",
    "intermediateCatchEvent": "timer",
    "boundaryEvent": "timer",
    "subProcess": "subprocess",
    "callActivity": "call",
}

#: The `zeebe:property` names that mean something here.
PROPERTIES = ("workingHours", "unit", "status", "clock", "slip", "notice", "legalBasis")

CLOCKS = ("run", "pause", "stop")


def _kind(node: Node) -> str:
    """An event is called by what it is about, unless it ends something."""
    return node.event.kind if node.event and node.tag != "endEvent" else KINDS[node.tag]


def step_of(node: Node) -> Step:
    """The step of a checked node."""
    written = {key: text for key, raw in node.properties.items() if (text := raw.strip())}
    return Step(
        id=node.id or "",
        name=node.name or node.id or "",
        kind=_kind(node),
        lane=node.lane,
        form=node.form,
        roles=node.roles,
        working_hours=written.get("workingHours"),
        status=int(written["status"]) if "status" in written else None,
        clock=cast(Clock, written.get("clock", "run")),
        slip=written.get("slip"),
        notice=written.get("notice"),
        legal_basis=written.get("legalBasis"),
        unit=written.get("unit"),
        service=node.service,
        documentation=node.documentation,
    )
