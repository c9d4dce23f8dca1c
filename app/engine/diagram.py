"""The diagram as drawn: nodes and flows of one process, still unjudged and free of XML.

Other wings read it too (soundness, hours budget): it is a plain, frozen graph.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Script:
    """`zeebe:script`: a FEEL expression and the variable that receives its value."""

    expression: str
    variable: str


@dataclass(frozen=True, kw_only=True)
class CalledDecision:
    """`zeebe:calledDecision`: the decision to ask and the variable that receives its value."""

    decision: str
    variable: str


@dataclass(frozen=True, kw_only=True)
class TimerText:
    """One `timeDate`, `timeDuration` or `timeCycle` as written."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Loop:
    """`multiInstanceLoopCharacteristics` with `zeebe:loopCharacteristics`; texts as written."""

    sequential: bool
    #: `=FEEL` that gives the list to go through.
    collection: str | None
    #: Variable that holds the item inside of each instance.
    element: str | None
    #: Variable that receives the list of results.
    output_collection: str | None
    #: `=FEEL` that gives the result of one instance.
    output_element: str | None
    #: `=FEEL` that says, after each instance, whether the rest is no longer needed.
    until: str | None


@dataclass(frozen=True, kw_only=True)
class EventText:
    """What a message, signal, error or escalation event refers to."""

    #: message, signal, error or escalation.
    kind: str
    #: Id of the definition that is referred to; nothing catches any error or escalation.
    ref: str | None
    #: Name of the message or signal, code of the error or escalation; nothing if it is missing.
    name: str | None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A flow node; `tag` is its BPMN element name, for example `userTask`."""

    id: str | None
    tag: str
    name: str
    line: int | None
    #: Id of the sub-process it is drawn in; nothing on the top level.
    container: str | None = None
    lane: str | None = None
    documentation: str = ""
    default_flow: str | None = None
    #: Event definitions, for example `timerEventDefinition`.
    events: tuple[str, ...] = ()
    timers: tuple[TimerText, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    #: Loop and multi-instance markers, `triggeredByEvent`, `isForCompensation`.
    markers: tuple[str, ...] = ()
    form: str | None = None
    roles: str | None = None
    assignee: str | None = None
    priority: str | None = None
    service: str | None = None
    script: Script | None = None
    decision: CalledDecision | None = None
    loop: Loop | None = None
    event: EventText | None = None
    #: `zeebe:calledElement processId` of a call activity.
    called: str | None = None
    #: `zeebe:properties`, by name.
    properties: Mapping[str, str] = field(default_factory=dict)
    #: Extension elements and attributes that nobody here understands, as `tag` or `tag@attribute`.
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sequence flow; `condition` is the raw text."""

    id: str | None
    name: str
    line: int | None
    source: str | None
    target: str | None
    container: str | None = None
    condition: str | None = None


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """One executable process. Ids may be missing or repeated until it has been checked."""

    process_id: str
    name: str
    line: int | None
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    #: Ids that have a shape or an edge in the drawing.
    drawn: frozenset[str]

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Nodes by id; of repeated ids the first."""
        found: dict[str, Node] = {}
        for node in self.nodes:
            if node.id:
                found.setdefault(node.id, node)
        return found

    @cached_property
    def calls(self) -> frozenset[str]:
        """Processes that call activities name."""
        return frozenset(node.called for node in self.nodes if node.called)

    @property
    def subjects(self) -> tuple[Node | Flow, ...]:
        """Nodes and flows alike."""
        return (*self.nodes, *self.flows)

    @cached_property
    def _outgoing(self) -> dict[str | None, list[Flow]]:
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _incoming(self) -> dict[str | None, list[Flow]]:
        return _grouped((flow.target, flow) for flow in self.flows)

    @cached_property
    def _boundary(self) -> dict[str | None, list[Node]]:
        found: dict[str | None, list[Node]] = {}
        for node in self.nodes:
            if node.tag == "boundaryEvent":
                found.setdefault(node.attached_to, []).append(node)
        return found

    def outgoing(self, node: Node) -> list[Flow]:
        """Flows that leave the node, in the order of the file."""
        return self._outgoing.get(node.id, []) if node.id else []

    def incoming(self, node: Node) -> list[Flow]:
        """Flows that reach the node, in the order of the file."""
        return self._incoming.get(node.id, []) if node.id else []

    def boundary(self, node: Node) -> list[Node]:
        """Boundary events attached to the node, in the order of the file."""
        return self._boundary.get(node.id, []) if node.id else []

    def inside(self, container: str | None) -> list[Node]:
        """Nodes drawn directly in a sub-process, or on the top level."""
        return [node for node in self.nodes if node.container == container]


def _grouped(pairs: Iterator[tuple[str | None, Flow]]) -> dict[str | None, list[Flow]]:
    found: dict[str | None, list[Flow]] = {}
    for key, flow in pairs:
        found.setdefault(key, []).append(flow)
    return found
