"""Flows that have no line although their ends are drawn."""

from app.engine.importing.structure.graph import Graph
from app.foundation.text import lazy_gettext


def draw_flows(graph: Graph) -> None:
    """Draw them."""
    for flow in graph.draft.flows():
        if flow.get("id") not in graph.picture.edges and graph.picture.connect(flow):
            graph.draft.changes.info(
                "picture.flow",
                flow,
                lazy_gettext("The flow had no line in the drawing."),
            )
