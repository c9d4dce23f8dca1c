"""Ways through the diagram: every element can be reached, can end, and does not spin by itself."""

from collections.abc import Callable, Iterable

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Node
from app.foundation.text import lazy_gettext

#: Elements that pass their token on without waiting for anybody.
_AUTOMATIC = frozenset(
    (
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "intermediateThrowEvent",
        "scriptTask",
        "businessRuleTask",
    )
)


def check_reach(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Find elements that no token reaches or leaves, and loops without a pause."""
    del known
    starts = [node for node in diagram.nodes if node.tag == "startEvent"]
    ends = [node for node in diagram.nodes if node.tag == "endEvent"]
    reached = _spread(starts, lambda node: _next(diagram, node))
    leaving = _spread(ends, lambda node: _previous(diagram, node))
    for node in diagram.nodes:
        if id(node) not in reached:
            findings.error(
                "element.unreachable",
                node,
                lazy_gettext("No way leads from the start to this element."),
                lazy_gettext("Connect it, or delete it."),
            )
        if id(node) not in leaving:
            findings.error(
                "element.no-way-out",
                node,
                lazy_gettext("No way leads from this element to an end."),
                lazy_gettext("Connect it with a flow that finally leads to an end event."),
            )
    _spinning(diagram, findings)


def _next(diagram: Diagram, node: Node) -> Iterable[Node]:
    yield from diagram.boundary(node)
    for flow in diagram.outgoing(node):
        if flow.target in diagram.by_id:
            yield diagram.by_id[flow.target]


def _previous(diagram: Diagram, node: Node) -> Iterable[Node]:
    if node.tag == "boundaryEvent" and node.attached_to in diagram.by_id:
        yield diagram.by_id[node.attached_to]
    for flow in diagram.incoming(node):
        if flow.source in diagram.by_id:
            yield diagram.by_id[flow.source]


def _spread(starts: list[Node], step: Callable[[Node], Iterable[Node]]) -> set[int]:
    """Identities of all nodes that can be reached; ids may still be wrong at this point."""
    seen = {id(node) for node in starts}
    todo = list(starts)
    while todo:
        for node in step(todo.pop()):
            if id(node) not in seen:
                seen.add(id(node))
                todo.append(node)
    return seen


def _spinning(diagram: Diagram, findings: Findings) -> None:
    left: dict[str | None, Node] = {
        node.id: node for node in diagram.nodes if node.tag in _AUTOMATIC
    }
    shrunk = True
    while shrunk:
        shrunk = False
        for node in list(left.values()):
            if not _stays(node, left, diagram):
                del left[node.id]
                shrunk = True
    for node in list(left.values())[:1]:
        findings.error(
            "loop.automatic",
            node,
            lazy_gettext("A loop through this element never waits for a person or the clock."),
            lazy_gettext("Put a user task, a service task or a timer into the loop."),
        )


def _stays(node: Node, left: dict[str | None, Node], diagram: Diagram) -> bool:
    """Whether the node may lie on a loop of the nodes that are left."""
    return any(flow.target in left for flow in diagram.outgoing(node)) and any(
        flow.source in left for flow in diagram.incoming(node)
    )
