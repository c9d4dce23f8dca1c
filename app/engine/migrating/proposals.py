"""What an element is probably called now: told to the analyst, never taken for granted."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.definition import Definition
from app.engine.diagram import Diagram, Flow, Node
from app.engine.migrating.route import diagram_of, diagrams_of

#: Before these a branch waits, so that it matters by which flow it came.
_JOINS = frozenset({"parallelGateway", "inclusiveGateway"})

#: What an element is recognised by; nothing if it cannot be.
_Sign = Callable[[Diagram, Node], Hashable | None]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A pair that looks alike. Ids as a mapping takes them."""

    old: str
    new: str
    #: Name of the element; nothing for a flow.
    name: str


def proposals(old: Definition, new: Definition) -> tuple[Proposal, ...]:
    """Elements that are not there any more, each with the only new one that is like it.

    Steps are alike if they have the same name, kind and form; what has no name, if it stands
    between the same elements; a flow into a gateway, if it is the only one there that is new.
    """
    return tuple(
        Proposal(old=f"{prefix}{before.id}", new=f"{prefix}{after.id}", name=name)
        for prefix, diagram in diagrams_of(old)
        if (other := diagram_of(new, prefix))
        for before, after, name in _Comparison(diagram, other).pairs()
    )


@dataclass
class _Comparison:
    """One diagram and what became of it."""

    old: Diagram
    new: Diagram
    #: New ids of elements that were recognised.
    names: dict[str | None, str | None] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[Node | Flow, Node | Flow, str]]:
        """Named steps first: they say where the nameless elements are."""
        for sign in (_named, self._placed):
            for node, other in self._alike(sign):
                self.names[node.id] = other.id
                yield node, other, node.name
        for flow, now in self._flows():
            yield flow, now, ""

    def _alike(self, sign: _Sign) -> list[tuple[Node, Node]]:
        """Pairs that share a sign which nothing else bears."""
        known = {*self.names.values(), *self.old.by_id}
        gone = [n for n in self.old.nodes if n.id not in {*self.names, *self.new.by_id}]
        came = [node for node in self.new.nodes if node.id not in known]
        before, after = _only(self.old, gone, sign), _only(self.new, came, sign)
        return [(node, after[key]) for key, node in before.items() if key in after]

    def _placed(self, diagram: Diagram, node: Node) -> Hashable | None:
        """Kind and neighbours of a nameless element, if all neighbours are known in both."""
        if node.name.strip():
            return None
        sources = [flow.source for flow in diagram.incoming(node)]
        targets = [flow.target for flow in diagram.outgoing(node)]
        around = {node.attached_to, *sources, *targets} - {None}
        known = self.names if diagram is self.old else {new: new for new in self.names.values()}
        shared = self.old.by_id.keys() & self.new.by_id.keys()
        if not around <= shared | known.keys():
            return None
        named = {id_: known.get(id_, id_) for id_ in around}
        return (
            (node.tag, node.events, node.interrupting, named.get(node.attached_to)),
            frozenset(named[id_] for id_ in sources),
            frozenset(named[id_] for id_ in targets),
        )

    def _flows(self) -> Iterator[tuple[Flow, Flow]]:
        for join in self.old.nodes:
            now = self.new.by_id.get(self.names.get(join.id, join.id) or "")
            if join.tag in _JOINS and now and now.tag == join.tag:
                yield from self._flows_into(join, now)

    def _flows_into(self, join: Node, now: Node) -> Iterator[tuple[Flow, Flow]]:
        before, after = self.old.incoming(join), self.new.incoming(now)
        ids = {flow.id for flow in after}
        stayed = {self.names.get(flow.source, flow.source) for flow in before}
        sources = {flow.source for flow in after}
        gone = [
            flow
            for flow in before
            if flow.id not in ids and self.names.get(flow.source, flow.source) not in sources
        ]
        came = [f for f in after if f.source not in stayed and f.id not in {o.id for o in before}]
        if len(gone) == len(came) == 1:
            yield gone[0], came[0]


def _named(_diagram: Diagram, node: Node) -> Hashable | None:
    name = node.name.strip().casefold()
    return (name, node.tag, node.form) if name else None


def _only(diagram: Diagram, nodes: Iterable[Node], sign: _Sign) -> Mapping[Hashable, Node]:
    """Nodes by their sign, but for those that share it."""
    found: dict[Hashable, list[Node]] = {}
    for node in nodes:
        found.setdefault(sign(diagram, node), []).append(node)
    return {key: only[0] for key, only in found.items() if key is not None and len(only) == 1}
