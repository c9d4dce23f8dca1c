"""Whether two diagrams let tokens move in the same ways, whatever their elements are called."""

from collections import Counter
from collections.abc import Hashable, Mapping

from app.engine.diagram import Diagram, Node


def same_drawing(old: Diagram, new: Diagram, mapping: Mapping[str, str]) -> bool:
    """Whether both have the same elements and flows, by their ids after the mapping.

    Forms, roles, hours, conditions and names may differ: they decide which way a token takes, not
    which ways there are.
    """
    return _shape(old, mapping) == _shape(new, {})


def _shape(diagram: Diagram, mapping: Mapping[str, str]) -> tuple[Hashable, ...]:
    def named(id_: str | None) -> str | None:
        return mapping.get(id_, id_) if id_ else id_

    nodes = Counter(
        (named(node.id), named(node.container), named(node.attached_to), _kind(node))
        for node in diagram.nodes
    )
    flows = Counter((named(flow.source), named(flow.target)) for flow in diagram.flows)
    return frozenset(nodes.items()), frozenset(flows.items())


def _kind(node: Node) -> tuple[Hashable, ...]:
    event = node.event and (node.event.kind, node.event.name)
    cycles = tuple(timer.kind == "timeCycle" for timer in node.timers)
    return node.tag, node.events, node.interrupting, node.markers, event, cycles, node.called
