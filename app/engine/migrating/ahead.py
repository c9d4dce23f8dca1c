"""What an instance may still come to, and which variables it would be asked for that it never got.

A name without a value is nothing in FEEL, and a gateway then takes its default flow: a decision
nobody has taken. So a dossier that has passed the place where a new question is asked stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.decisions.task import RuleTask, Ruling
from app.engine.definition import Definition
from app.engine.diagram import Diagram, Node
from app.engine.expressions import Use, uses
from app.engine.migrating.route import Route, diagram_of, diagrams_of
from app.engine.migrating.standing import Level
from app.engine.names import implied, read_by

#: What of an open step is evaluated when it is done; the rest was settled when it opened.
_LATE = frozenset({"slip", "outputElement", "completionCondition"})


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What may still happen in the new diagram."""

    #: Names that are read, that nothing ahead in the diagram makes and the old one never read.
    names: frozenset[str]
    #: Steps that may still be done, those that are open among them.
    steps: frozenset[str]


def ahead_of(route: Route, levels: tuple[Level, ...]) -> Ahead:
    """What lies ahead of some tokens."""
    walk = _Walk(route.new)
    for level in levels:
        walk.stand(level)
    new = (walk.reads() - walk.makes()) - _every_read(route.old)
    return Ahead(names=frozenset(new), steps=frozenset(walk.standing | walk.entered))


def newly_read(route: Route) -> frozenset[str]:
    """Names that the new diagram reads anywhere, and the old one nowhere."""
    return frozenset(_every_read(route.new) - _every_read(route.old))


class _Walk:
    """Elements by their full ids: those with a token, and those a token may come to."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.rulings = _rulings(definition)
        self.standing: set[str] = set()
        self.entered: set[str] = set()

    def stand(self, level: Level) -> None:
        """Set out from the tokens of a level."""
        diagram = diagram_of(self.definition, level.prefix)
        if diagram is None:
            return
        for token in level.tokens:
            node = diagram.by_id[token.element]
            # A gateway that still waits for others will be passed.
            (self.entered if token.source else self.standing).add(level.prefix + token.element)
            bells = [diagram.by_id[bell] for bell in token.armed]
            self.standing.update(f"{level.prefix}{bell.id}" for bell in bells)
            for here in (node, *bells):
                self._enter_after(diagram, level.prefix, here)

    def _enter_after(self, diagram: Diagram, prefix: str, node: Node) -> None:
        for flow in diagram.outgoing(node):
            self._enter(diagram, prefix, diagram.by_id[flow.target or ""])

    def _enter(self, diagram: Diagram, prefix: str, first: Node) -> None:
        todo = [first]
        while todo:
            node = todo.pop()
            if f"{prefix}{node.id}" in self.entered:
                continue
            self.entered.add(f"{prefix}{node.id}")
            todo += [diagram.by_id[flow.target or ""] for flow in diagram.outgoing(node)]
            todo += [*diagram.boundary(node), *self._inside(diagram, node)]
            if node.called:
                self._enter_called(node.called)

    @staticmethod
    def _inside(diagram: Diagram, node: Node) -> list[Node]:
        return diagram.inside(node.id) if node.tag == "subProcess" else []

    def _enter_called(self, process: str) -> None:
        diagram = self.definition.called[process].diagram
        for node in diagram.nodes:
            self._enter(diagram, f"{process}/", node)

    def reads(self) -> set[str]:
        """Every name that is still read."""
        found: set[str] = set()
        for prefix, diagram in diagrams_of(self.definition):
            for use in uses(diagram):
                if self._is_ahead(prefix, use):
                    found |= read_by(diagram, use)
            for node in diagram.nodes:
                if f"{prefix}{node.id}" in self.entered:
                    found |= implied(node)
        for id_, ruling in self.rulings.items():
            if id_ in self.entered:
                found |= ruling.decision.variables
        return found

    def _is_ahead(self, prefix: str, use: Use) -> bool:
        if isinstance(use.owner, Node):
            id_ = f"{prefix}{use.owner.id}"
            return id_ in self.entered or (id_ in self.standing and use.place in _LATE)
        return f"{prefix}{use.owner.source}" in self.standing | self.entered

    def makes(self) -> set[str]:
        """Every name that the diagram itself still gives a value."""
        found: set[str] = set()
        for prefix, diagram in diagrams_of(self.definition):
            for node in diagram.nodes:
                if f"{prefix}{node.id}" in self.entered and node.script:
                    found.add(node.script.variable)
                here = f"{prefix}{node.id}" in self.entered | self.standing
                if here and node.loop and node.loop.output_collection:
                    found.add(node.loop.output_collection)
        for id_, ruling in self.rulings.items():
            if id_ in self.entered:
                found.update(ruling.names)
        return found


def _every_read(definition: Definition) -> set[str]:
    found: set[str] = set()
    for _, diagram in diagrams_of(definition):
        for use in uses(diagram):
            found |= read_by(diagram, use)
        found.update(*(implied(node) for node in diagram.nodes))
    for ruling in _rulings(definition).values():
        found |= ruling.decision.variables
    return found


def _rulings(definition: Definition) -> Mapping[str, Ruling]:
    """What each business rule task asks, by its full id."""
    return dict(_rule_tasks(definition))


def _rule_tasks(definition: Definition) -> Iterator[tuple[str, Ruling]]:
    for key, plan in definition.plans.items():
        process, slash, _ = key.rpartition("/")
        for name, spec in plan.task_specs.items():
            if isinstance(spec, RuleTask):
                yield f"{process}{slash}{name}", spec.script
