"""A diagram as one graph with everything it calls, under the ids that a journal uses.

Elements and flows of a called process are named `process/id`, from wherever it is called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine import Definition, Diagram


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A sequence flow."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Elements by what surrounds them, and the flows between them."""

    edges: tuple[Edge, ...]
    #: Start and other elements directly inside of each sub-process and call activity.
    inside: Mapping[str, tuple[str, ...]]
    #: What an element lies directly inside of: one sub-process, or all that call its process.
    around: Mapping[str, tuple[str, ...]]
    #: Boundary events, by the element they watch.
    bells: Mapping[str, tuple[str, ...]]
    #: Parallel gateways, which take a token from every flow that leads to them.
    joins: frozenset[str]
    #: The default flow of each gateway that has one: the good outcome, as diagrams here are drawn.
    defaults: Mapping[str, str]

    def all_around(self, element: str) -> Iterator[str]:
        """Everything an element lies in, the innermost first."""
        seen: set[str] = set()
        todo = list(self.around.get(element, ()))
        for one in todo:
            if one not in seen:
                seen.add(one)
                yield one
                todo += self.around.get(one, ())


def graph_of(definition: Definition) -> Graph:
    """The whole graph of a definition."""
    edges: list[Edge] = []
    inside: dict[str, tuple[str, ...]] = {}
    bells: dict[str, tuple[str, ...]] = {}
    joins: set[str] = set()
    defaults: dict[str, str] = {}
    for prefix, diagram in _diagrams(definition):
        edges += _edges(prefix, diagram)
        for node in diagram.nodes:
            here = prefix + (node.id or "")
            if node.tag == "parallelGateway":
                joins.add(here)
            if node.default_flow:
                defaults[here] = prefix + node.default_flow
            if node.tag == "subProcess":
                inside[here] = _level(prefix, diagram, node.id)
            elif node.called and node.called in definition.called:
                called = definition.called[node.called]
                inside[here] = _level(f"{node.called}/", called.diagram, None)
            if node.attached_to:
                host = prefix + node.attached_to
                bells[host] = (*bells.get(host, ()), here)
    return Graph(
        edges=tuple(edges),
        inside=inside,
        around=_turned(inside),
        bells=bells,
        joins=frozenset(joins),
        defaults=defaults,
    )


def _diagrams(definition: Definition) -> Iterator[tuple[str, Diagram]]:
    yield "", definition.diagram
    for process, called in definition.called.items():
        yield f"{process}/", called.diagram


def _edges(prefix: str, diagram: Diagram) -> Iterator[Edge]:
    for flow in diagram.flows:
        yield Edge(
            id=prefix + (flow.id or ""),
            source=prefix + (flow.source or ""),
            target=prefix + (flow.target or ""),
        )


def _level(prefix: str, diagram: Diagram, container: str | None) -> tuple[str, ...]:
    return tuple(prefix + (node.id or "") for node in diagram.inside(container))


def _turned(inside: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    around: dict[str, tuple[str, ...]] = {}
    for outer, elements in inside.items():
        for element in elements:
            around[element] = (*around.get(element, ()), outer)
    return around
