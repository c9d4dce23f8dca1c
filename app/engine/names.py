"""Which variables a diagram asks its surroundings for, and which it makes itself."""

from collections.abc import Iterator, Mapping

from app import feel
from app.engine.decisions.task import Ruling
from app.engine.diagram import Diagram, Node
from app.engine.expressions import Use, uses
from app.engine.multi import COUNTS
from app.engine.scope import COUNTER
from app.engine.steps import ONLINE_HOURS
from app.engine.tasks import CHANNEL


def asked(diagram: Diagram, rulings: Mapping[str, Ruling]) -> frozenset[str]:
    """Names that expressions and decisions read and nothing in the diagram sets."""
    names: set[str] = set()
    for use in uses(diagram):
        names |= read_by(diagram, use)
    for node in diagram.nodes:
        if ruling := rulings.get(node.id or ""):
            use = Use(owner=node, place="decision", expression="")
            names |= ruling.decision.variables - set(given(diagram, use))
        names |= implied(node)
    results = {name for ruling in rulings.values() for name in ruling.names}
    return frozenset(names - results - set(_made(diagram)))


def read_by(diagram: Diagram, use: Use) -> frozenset[str]:
    """Names that an expression asks its surroundings for."""
    compiled = feel.compile(use.expression)
    # A name inside a filter may be a variable: only the values can tell.
    return frozenset(compiled.names | compiled.filter_names) - set(given(diagram, use))


def implied(node: Node) -> frozenset[str]:
    """Names that an element reads without an expression: other hours for another channel."""
    return frozenset({CHANNEL} if node.properties.get(ONLINE_HOURS, "").strip() else ())


def repeated_around(diagram: Diagram, node: Node) -> Iterator[Node]:
    """The multi-instance activities that an element runs in, itself first if it is one."""
    seen: set[str | None] = set()
    at: Node | None = node
    while at is not None and at.id not in seen:
        seen.add(at.id)
        if at.loop:
            yield at
        at = diagram.by_id.get(at.container or "")


def _made(diagram: Diagram) -> Iterator[str]:
    """Names that hold results of the diagram itself, which no form may write."""
    for node in diagram.nodes:
        if node.script:
            yield node.script.variable
        if node.loop and node.loop.output_collection:
            yield node.loop.output_collection


def given(diagram: Diagram, use: Use) -> Iterator[str]:
    """Names that the engine gives where the expression stands."""
    if not isinstance(use.owner, Node) or use.place == "inputCollection":
        inside = diagram.by_id.get(use.owner.container or "")
    else:
        inside = use.owner
    if use.place == "completionCondition":
        yield from COUNTS
    for node in repeated_around(diagram, inside) if inside else ():
        yield COUNTER
        if node.loop and node.loop.element:
            yield node.loop.element
