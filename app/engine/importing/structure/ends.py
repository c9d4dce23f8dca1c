"""Each level begins with one start event, and each of its ways ends in an end event."""

from collections.abc import Iterator
from typing import Any

from app.engine.importing.structure.graph import Graph, starts_by_itself
from app.engine.importing.tags import is_node
from app.engine.xml_parts import BPMN, children, local
from app.foundation.text import lazy_gettext


def add_starts(graph: Graph) -> None:
    """Add the start event that a level lacks, and let several that mean the same become one."""
    for nodes in _levels(graph):
        starts = [node for node in nodes if local(node) == "startEvent"]
        if not starts:
            _add_start(graph, nodes)
        elif len(starts) > 1:
            _merge_starts(graph, starts)


def add_ends(graph: Graph) -> None:
    """Add an end event behind every step that no flow leaves."""
    for nodes in _levels(graph):
        for node in nodes:
            if _is_dead_end(graph, node):
                _add_end(graph, node)


def _levels(graph: Graph) -> Iterator[list[Any]]:
    """The nodes that stand directly in each level that runs by itself."""
    for level in graph.draft.levels():
        plain = local(level) in ("process", "subProcess")
        nodes = [node for node in level if is_node(node)]
        if plain and not starts_by_itself(level) and nodes:
            yield nodes


def _add_start(graph: Graph, nodes: list[Any]) -> None:
    roots = [
        node
        for node in nodes
        if not (graph.incoming(node) or starts_by_itself(node) or local(node) == "boundaryEvent")
    ]
    if not roots:
        return
    first, *others = roots
    start = graph.add_ahead(first, "startEvent", f"start_{first.get('id')}", [])
    for other in others:
        graph.connect(start, other)
    graph.draft.changes.info(
        "start.added",
        start,
        lazy_gettext("There was no start event: it stands before what had none before it."),
        after=", ".join(root.get("id") for root in roots),
    )


def _merge_starts(graph: Graph, starts: list[Any]) -> None:
    """Start events that only lead to the same step say the same; one of them is enough."""
    told = {flow.get("targetRef") for flow in graph.draft.root.iter(f"{BPMN}messageFlow")}
    targets = {_only_target(graph, start) for start in starts}
    # What another pool sends a message to is kept, so that the message still arrives somewhere.
    kept, *others = sorted(starts, key=lambda start: start.get("id") not in told)
    if len(targets) != 1 or None in targets or told & {start.get("id") for start in others}:
        return
    for start in others:
        graph.draft.changes.warning(
            "start.merged",
            start,
            lazy_gettext("Several start events led to the same step. A dossier has one beginning."),
            before=start.get("id"),
            after=kept.get("id"),
        )
        graph.remove(start)


def _only_target(graph: Graph, start: Any) -> str | None:
    plain = not any(local(child).endswith("EventDefinition") for child in start)
    flows = graph.outgoing(start)
    if plain and len(flows) == 1 and not graph.incoming(start):
        return None if graph.condition(flows[0]) else flows[0].get("targetRef")
    return None


def _is_dead_end(graph: Graph, node: Any) -> bool:
    tag = local(node)
    if tag in ("endEvent", "startEvent") or graph.outgoing(node) or starts_by_itself(node):
        return False
    if tag == "intermediateThrowEvent" and children(node, "linkEventDefinition"):
        return False
    # What nothing leads to is a mistake of its own, which an end would only hide.
    return tag == "boundaryEvent" or bool(graph.incoming(node))


def _add_end(graph: Graph, node: Any) -> None:
    wanted = f"end_{node.get('id')}"
    if local(node) == "boundaryEvent":
        end = graph.add_below(node, "endEvent", wanted)
    else:
        end = graph.add_behind(node, "endEvent", wanted, [])
    graph.draft.changes.info(
        "end.added",
        end,
        lazy_gettext("The way ended without an end event."),
        before=node.get("id"),
        after=end.get("id"),
    )
