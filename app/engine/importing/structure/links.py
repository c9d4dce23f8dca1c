"""Link events jump across the drawing; a flow says the same."""

from typing import Any

from app.engine.importing.kinds import strip_event
from app.engine.importing.structure.graph import Graph, level_of
from app.engine.xml_parts import BPMN, children, local
from app.foundation.text import lazy_gettext

_LINK = "linkEventDefinition"


def draw_links(graph: Graph) -> None:
    """Turn pairs of link events into gateways with a flow between them."""
    catching: dict[tuple[Any, str], list[Any]] = {}
    for node in graph.nodes.values():
        if local(node) == "intermediateCatchEvent" and (name := _name(node)):
            catching.setdefault((level_of(node), name), []).append(node)
    for (level, name), targets in catching.items():
        sources = [
            node
            for node in graph.nodes.values()
            if local(node) == "intermediateThrowEvent"
            and level_of(node) is level
            and _name(node) == name
        ]
        if len(targets) == 1 and sources:
            _join(graph, sources, targets[0], name)


def _name(node: Any) -> str | None:
    links = children(node, _LINK)
    return (links[0].get("name") or node.get("name") or "").strip() or None if links else None


def _join(graph: Graph, sources: list[Any], target: Any, name: str) -> None:
    for node in (*sources, target):
        for link in children(node, _LINK):
            node.remove(link)
        node.tag = f"{BPMN}exclusiveGateway"
        strip_event(graph.draft, node, "exclusiveGateway")
        graph.draft.changes.info(
            "event.link",
            node,
            lazy_gettext("The link event became a gateway, connected by a flow."),
            before=name,
        )
    for source in sources:
        graph.connect(source, target)
