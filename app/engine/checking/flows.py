"""Flows: both ends exist, and no element forks or skips in a way the drawing does not show."""

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Flow, Node
from app.foundation.text import lazy_gettext

_GATEWAYS = frozenset(
    (
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
    )
)


#: Gateways that ask conditions.
CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def check_flows(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check each flow on its own, then the number of flows that leave each element."""
    del known
    for flow in diagram.flows:
        _ends(diagram, flow, findings)
        _condition(diagram, flow, findings)
    for node in diagram.nodes:
        if len(diagram.outgoing(node)) > 1 and node.tag not in _GATEWAYS:
            findings.error(
                "flow.implicit-fork",
                node,
                lazy_gettext("More than one flow leaves this element."),
                lazy_gettext("Put a gateway behind it: parallel for all ways, exclusive for one."),
            )


def _ends(diagram: Diagram, flow: Flow, findings: Findings) -> None:
    source = diagram.by_id.get(flow.source or "")
    target = diagram.by_id.get(flow.target or "")
    if source is None or target is None:
        findings.error(
            "flow.dangling",
            flow,
            lazy_gettext("The flow does not connect two elements of the process."),
            lazy_gettext("Delete the flow and draw it again."),
        )
    elif source.container != target.container:
        findings.error(
            "flow.crosses-border",
            flow,
            lazy_gettext("The flow crosses the border of a sub-process."),
            lazy_gettext("Connect the sub-process itself, not an element inside it."),
        )
    else:
        _direction(source, target, flow, findings)


def _direction(source: Node, target: Node, flow: Flow, findings: Findings) -> None:
    if target.tag in ("startEvent", "boundaryEvent"):
        findings.error(
            "flow.into-start",
            flow,
            lazy_gettext("A flow leads into a start event or a boundary event."),
            lazy_gettext("Let the flow lead to the step after it."),
        )
    if source.tag == "endEvent":
        findings.error(
            "flow.out-of-end",
            flow,
            lazy_gettext("A flow leaves an end event."),
            lazy_gettext("Remove the flow, or replace the end event by a step."),
        )


def _condition(diagram: Diagram, flow: Flow, findings: Findings) -> None:
    source = diagram.by_id.get(flow.source or "")
    if flow.condition is not None and source and source.tag not in CHOOSING:
        findings.error(
            "flow.condition-misplaced",
            flow,
            lazy_gettext(
                "The condition would be ignored: its flow leaves no gateway that chooses."
            ),
            lazy_gettext("Remove the condition, or put an exclusive gateway before the flow."),
        )
