"""Several flows that reach a step are drawn as the gateway that BPMN takes them for."""

from typing import Any

from app.engine.importing.structure.graph import Graph
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

_SPLITTING = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")
#: End events take any number of flows, and everybody reads them so; the rest is mended elsewhere.
_LEFT = ("endEvent", "startEvent", "boundaryEvent", "complexGateway")


def draw_joins(graph: Graph) -> None:
    """Draw the gateway ahead of every step, and split gateways that join and split at once."""
    for node in list(graph.nodes.values()):
        flows = graph.incoming(node)
        if len(flows) < 2 or local(node) in _LEFT:
            continue
        if local(node) not in _SPLITTING:
            _merge(graph, node, flows)
        elif len(graph.outgoing(node)) > 1:
            _split(graph, node, flows)


def _merge(graph: Graph, node: Any, flows: list[Any]) -> None:
    gate = graph.add_ahead(node, "exclusiveGateway", f"join_{node.get('id')}", flows)
    graph.draft.changes.info(
        "join.exclusive",
        node,
        lazy_gettext("Several flows lead to the step, each for itself: a gateway shows it."),
        before=", ".join(flow.get("id") for flow in flows),
        after=gate.get("id"),
    )


def _split(graph: Graph, node: Any, flows: list[Any]) -> None:
    gate = graph.add_ahead(node, local(node), f"join_{node.get('id')}", flows)
    graph.draft.changes.info(
        "join.split",
        node,
        lazy_gettext("The gateway joined and split at once; now one joins and the other splits."),
        before=", ".join(flow.get("id") for flow in flows),
        after=gate.get("id"),
    )
