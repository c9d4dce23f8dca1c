"""Gateways that choose: each way has a condition, and one way is left when none holds."""

from app.engine.checking.findings import Findings, Known
from app.engine.checking.flows import CHOOSING
from app.engine.diagram import Diagram, Flow, Node
from app.foundation.text import lazy_gettext


def check_gateways(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check the conditions of every such gateway, and stray default flows."""
    del known
    for node in diagram.nodes:
        if node.tag in CHOOSING:
            _choosing(diagram, node, findings)
        elif node.default_flow:
            findings.error(
                "flow.default-misplaced",
                node,
                lazy_gettext("The default flow would be ignored here."),
                lazy_gettext("Only exclusive and inclusive gateways have a default flow."),
            )


def _choosing(diagram: Diagram, node: Node, findings: Findings) -> None:
    ways = diagram.outgoing(node)
    default = next((flow for flow in ways if flow.id and flow.id == node.default_flow), None)
    if node.default_flow and default is None:
        findings.error(
            "gateway.default-unknown",
            node,
            lazy_gettext("The default flow of the gateway does not leave the gateway."),
            lazy_gettext("Choose the default flow again."),
        )
    conditional = [flow for flow in ways if flow is not default]
    if default is None and (len(ways) > 1 or any(flow.condition for flow in ways)):
        findings.error(
            "gateway.no-default",
            node,
            lazy_gettext("No way is left when none of the conditions holds."),
            lazy_gettext("Make one of the flows the default flow."),
        )
    if len(ways) > 1:
        _need_conditions(conditional, findings)
    if default is not None and default.condition is not None:
        findings.error(
            "flow.default-condition",
            default,
            lazy_gettext("The condition of a default flow would be ignored."),
            lazy_gettext("Remove the condition of the default flow."),
        )


def _need_conditions(flows: list[Flow], findings: Findings) -> None:
    for flow in flows:
        if not (flow.condition or "").strip():
            findings.error(
                "gateway.no-condition",
                flow,
                lazy_gettext("The flow leaves a gateway that chooses, and has no condition."),
                lazy_gettext('Write a condition, for example: =decision = "accept"'),
            )
