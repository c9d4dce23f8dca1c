"""A diagram taken apart into threads that can be proven one by one.

A sub-process is a thread of its own: seen from outside it is one step. So is the side path of a
non-interrupting event that never comes back to the way it left: a reminder runs beside the work,
as often as it rings, and touches nothing (a terminate end event apart). What does come back stays
in the thread it left, where it is found to run steps twice.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from app.engine import Diagram, Node


@dataclass(frozen=True, kw_only=True)
class Thread:
    """What a token that sets out from `entry` may pass, on one level of the diagram."""

    diagram: Diagram
    #: The start event, or the boundary event, that the token comes from.
    entry: Node
    #: Ids of the elements; those of threads that branch off are not among them.
    nodes: frozenset[str]
    #: Non-interrupting boundary events that begin a thread of their own, by the step they watch.
    bells: dict[str, tuple[Node, ...]] = field(default_factory=dict)

    @property
    def ordered(self) -> Iterator[Node]:
        """The elements in the order of the file."""
        return (node for node in self.diagram.nodes if node.id in self.nodes)


def thread_from(diagram: Diagram, entry: Node) -> Thread:
    """The thread that begins with a start event or a boundary event."""
    asides: set[str] = {_id(node) for node in diagram.nodes if is_aside(node)}
    while True:
        nodes = reach(diagram, [entry], without=asides)
        work = {id_ for id_ in nodes if diagram.by_id[id_].tag != "endEvent"}
        merging = {
            bell
            for bell in asides
            if _watches(diagram, bell, nodes) and _ends_in(diagram, bell, work)
        }
        if not merging:
            return Thread(
                diagram=diagram, entry=entry, nodes=nodes, bells=_bells(diagram, nodes, asides)
            )
        asides -= merging


def is_aside(node: Node) -> bool:
    """Whether the element is a boundary event that leaves the step it watches alone."""
    return node.tag == "boundaryEvent" and not node.interrupting


def reach(
    diagram: Diagram, starts: Iterable[Node], *, without: Collection[str] = ()
) -> frozenset[str]:
    """Ids of the elements that a token from `starts` may come to, on their level."""
    seen = {_id(node) for node in starts}
    todo = list(seen)
    while todo:
        for node in _after(diagram, diagram.by_id[todo.pop()]):
            if node.id and node.id not in seen and node.id not in without:
                seen.add(node.id)
                todo.append(node.id)
    return frozenset(seen)


def way_to(diagram: Diagram, start: Node, goal: str) -> tuple[str, ...]:
    """Ids along a shortest way in the drawing; only the goal where there is none."""
    before: dict[str, str | None] = {_id(start): None}
    todo = [_id(start)]
    for id_ in todo:
        for node in _after(diagram, diagram.by_id[id_]):
            if node.id and node.id not in before:
                before[node.id] = id_
                todo.append(node.id)
    way: list[str] = [goal]
    while previous := before.get(way[-1]):
        way.append(previous)
    return tuple(reversed(way))


def _after(diagram: Diagram, node: Node) -> Iterator[Node]:
    yield from diagram.boundary(node)
    for flow in diagram.outgoing(node):
        if flow.target in diagram.by_id:
            yield diagram.by_id[flow.target]


def _watches(diagram: Diagram, bell: str, nodes: Collection[str]) -> bool:
    return diagram.by_id[bell].attached_to in nodes


def _ends_in(diagram: Diagram, bell: str, work: Collection[str]) -> bool:
    return not reach(diagram, [diagram.by_id[bell]]).isdisjoint(work)


def _bells(
    diagram: Diagram, nodes: Collection[str], asides: Collection[str]
) -> dict[str, tuple[Node, ...]]:
    found: dict[str, tuple[Node, ...]] = {}
    for node in diagram.nodes:
        if node.id in asides and node.attached_to in nodes:
            host = node.attached_to or ""
            found[host] = (*found.get(host, ()), node)
    return found


def _id(node: Node) -> str:
    return node.id or ""
