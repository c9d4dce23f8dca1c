"""From a thread to its token net: one builder for each kind of element.

Data are left out: an exclusive gateway may choose any way, a timer may or may not go off. Each flow
and each element but parallel gateways and ends holds tokens; so two tokens in one place at once
mean that something runs twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.analysis.net import Move, Net, Rank
from app.analysis.threads import Thread, is_aside, reach
from app.engine import Flow, Node

#: Markers that change how often a step works, not how many tokens leave it.
_HARMLESS_MARKERS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
#: Events that leave their scope in a way no flow shows.
_LEAPS = {
    "linkEventDefinition",
    "errorEventDefinition",
    "escalationEventDefinition",
    "cancelEventDefinition",
    "compensateEventDefinition",
}


def is_known(node: Node) -> bool:
    """Whether the net says truly what the element does."""
    leaps = node.tag != "boundaryEvent" and not _LEAPS.isdisjoint(node.events)
    return node.tag in _BUILD and not leaps and _HARMLESS_MARKERS.issuperset(node.markers)


def net_of(thread: Thread) -> Net:
    """The net of a thread whose elements are all known."""
    return _Builder(thread).net


class _Builder:
    """The places of one thread by the flow they stand for."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.diagram = thread.diagram
        self.net = Net()
        self.flows: dict[int, int] = {}
        self.net.start = self.net.move(self._leaving(thread.entry, (), named=True))
        for node in thread.ordered:
            if node is not thread.entry:
                _BUILD[node.tag](self, node)

    def _flow(self, flow: Flow) -> int:
        """The place of a flow."""
        if id(flow) not in self.flows:
            joins = self.diagram.by_id[flow.target or ""].tag == "parallelGateway"
            rank = Rank.JOIN if joins else Rank.FLOW
            self.flows[id(flow)] = self.net.place(flow.target or "", rank)
        return self.flows[id(flow)]

    def _leaving(self, node: Node, taken: tuple[int, ...], *, named: bool) -> Move:
        """A move that lets a token out of every flow of an element."""
        flows = self.diagram.outgoing(node)
        return Move(
            needs=frozenset(taken),
            gives=tuple(self._flow(flow) for flow in flows),
            trace=(*((node.id or "",) if named else ()), *(flow.id for flow in flows if flow.id)),
        )

    def _arriving(self, node: Node, *gives: int, clears_all: bool = False) -> None:
        """One move for each flow that reaches an element."""
        for flow in self.diagram.incoming(node):
            needs = frozenset((self._flow(flow),))
            trace = (node.id or "",)
            self.net.move(Move(needs=needs, gives=gives, clears_all=clears_all, trace=trace))

    def choice(self, node: Node) -> None:
        """One of the ways."""
        place = self.net.place(node.id or "", Rank.GATEWAY)
        self._arriving(node, place)
        for flow in self.diagram.outgoing(node):
            trace = (flow.id,) if flow.id else ()
            gives = (self._flow(flow),)
            self.net.move(Move(needs=frozenset((place,)), gives=gives, trace=trace))
        if not self.diagram.outgoing(node):
            self.net.move(Move(needs=frozenset((place,)), gives=()))

    def fork_and_join(self, node: Node) -> None:
        """One token from each flow that arrives, one to each that leaves."""
        arriving = tuple(self._flow(flow) for flow in self.diagram.incoming(node))
        self.net.move(self._leaving(node, arriving, named=True))

    def end(self, node: Node) -> None:
        """The token is consumed, or with terminate every token."""
        self._arriving(node, clears_all=_terminates(node))

    def step(self, node: Node) -> None:
        """Takes time, may be watched, and lets its token out of all flows at once."""
        place = self.net.place(node.id or "", Rank.STEP)
        watchers = [bell for bell in self.diagram.boundary(node) if bell.id in self.thread.nodes]
        armed = [self._bell(bell, place) for bell in watchers if is_aside(bell)]
        self._arriving(node, place, *armed)
        outs = [self._leaving(node, (place,), named=False)]
        outs += [self._leaving(b, (place,), named=True) for b in watchers if not is_aside(b)]
        for out in outs:
            self.net.move(replace(out, clears=frozenset(armed)))
        self._branches(node, place)

    def _bell(self, bell: Node, host: int) -> int:
        """A non-interrupting event that comes back to the thread: armed with the step, once."""
        armed = self.net.place(bell.id or "", Rank.FLOW)
        for place in (armed, host):
            self.net.places[place] = replace(self.net.places[place], pinned=True)
        ring = self._leaving(bell, (armed, host), named=True)
        again = (host, armed) if _repeats(bell) else (host,)
        self.net.move(replace(ring, gives=(*again, *ring.gives)))
        return armed

    def _branches(self, node: Node, place: int) -> None:
        """Threads of their own: nothing is seen of them here, unless one terminates all."""
        for bell in self.thread.bells.get(node.id or "", ()):
            covers = self.net.places[place].covers | {bell.id or ""}
            self.net.places[place] = replace(self.net.places[place], covers=covers)
            ends = [self.diagram.by_id[id_] for id_ in sorted(reach(self.diagram, [bell]))]
            if last := next((end for end in ends if _terminates(end)), None):
                trace = (bell.id or "", last.id or "")
                needs = frozenset((place,))
                self.net.move(Move(needs=needs, gives=(), clears_all=True, trace=trace))


def _terminates(node: Node) -> bool:
    return "terminateEventDefinition" in node.events


def _repeats(bell: Node) -> bool:
    return any(
        timer.kind == "timeCycle" for timer in bell.timers
    ) or "timerEventDefinition" not in (bell.events)


_STEPS = (
    *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask"),
    *("sendTask", "receiveTask", "callActivity", "subProcess", "transaction"),
    *("intermediateCatchEvent", "intermediateThrowEvent"),
)

_BUILD: Mapping[str, Callable[[_Builder, Node], None]] = {
    **dict.fromkeys(_STEPS, _Builder.step),
    "exclusiveGateway": _Builder.choice,
    "eventBasedGateway": _Builder.choice,
    "parallelGateway": _Builder.fork_and_join,
    "endEvent": _Builder.end,
    # Built with the step it watches.
    "boundaryEvent": lambda _builder, _node: None,
    # The entry of its thread; nothing leads into it.
    "startEvent": lambda _builder, _node: None,
}
