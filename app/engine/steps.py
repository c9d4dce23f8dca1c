"""From a drawn node to the step that the rest of the house speaks of."""

from typing import cast

from app.engine.diagram import Node
from app.engine.facts import Clock, Step, StepDeadline

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
PROPERTIES = (
    "workingHours",
    "workingHoursOnline",
    "deadline",
    "escalation",
    "unit",
    "status",
    "clock",
    "slip",
    "notice",
    "legalBasis",
    "variables",
)

#: The property that makes hours depend on how the dossier came in.
ONLINE_HOURS = "workingHoursOnline"

CLOCKS = ("run", "pause", "stop")
DEADLINES = ("handover",)
#: Written as `escalation` where nobody is to be told.
NOBODY = "none"


def _kind(node: Node) -> str:
    """An event is called by what it is about, unless it ends something."""
    return node.event.kind if node.event and node.tag != "endEvent" else KINDS[node.tag]


def told_when_late(text: str) -> tuple[str, ...]:
    """The role keys of an `escalation`, in order."""
    keys = tuple(key for part in text.split(",") if (key := part.strip()))
    return () if keys == (NOBODY,) else keys


def brought(node: Node) -> tuple[str, ...]:
    """The variables that what the node waits for brings, as its property `variables` names them."""
    text = node.properties.get("variables", "")
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))


def waits_for_outside(node: Node) -> bool:
    """Whether the node waits for a message or a signal."""
    catches = node.tag in ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
    return catches and node.event is not None and node.event.kind in ("message", "signal")


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
        working_hours_online=written.get("workingHoursOnline"),
        deadline=cast(StepDeadline | None, written.get("deadline")),
        escalation=told_when_late(written["escalation"]) if "escalation" in written else None,
        status=int(written["status"]) if "status" in written else None,
        clock=cast(Clock, written.get("clock", "run")),
        slip=written.get("slip"),
        notice=written.get("notice"),
        legal_basis=written.get("legalBasis"),
        unit=written.get("unit"),
        service=node.service,
        variables=brought(node),
        documentation=node.documentation,
    )
