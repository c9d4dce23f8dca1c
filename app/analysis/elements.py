"""From a thread to its token net: one builder for each kind of element.

Data are left out: an exclusive gateway may choose any way, a timer may or may not go off. Each flow
and each element but parallel gateways and ends holds tokens; so two tokens in one place at once
mean that something runs twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from app.analysis.inclusive import MOST_WAYS, subsets, wait_for_others
from app.analysis.net import Move, Net, Rank
from app.analysis.threads import Thread, is_aside, reach
from app.engine import Diagram, Flow, Node
from app.engine.migrating import Token

#: Markers that change how often a step works, not how many tokens leave it.
_HARMLESS_MARKERS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
#: Events that leave their scope in a way no flow shows.
_LEAPS = {"linkEventDefinition", "cancelEventDefinition", "compensateEventDefinition"}
#: Gateways before which tokens may wait for others.
_WAITING = ("parallelGateway", "inclusiveGateway")


def is_known(diagram: Diagram, node: Node) -> bool:
    """Whether the net says truly what the element does."""
    ways = max(len(diagram.incoming(node)), len(diagram.outgoing(node)))
    return (
        node.tag in _BUILD
        and _LEAPS.isdisjoint(node.events)
        and _HARMLESS_MARKERS.issuperset(node.markers)
        and not (node.tag == "inclusiveGateway" and ways > MOST_WAYS)
    )


def net_of(thread: Thread) -> Net:
    """The net of a thread whose elements are all known."""
    return _Builder(thread).net


def net_from(thread: Thread, tokens: Iterable[Token]) -> Net:
    """The same net, begun in the middle: with these tokens instead of one at its entry."""
    built = _Builder(thread)
    gives = tuple(place for token in tokens for place in built.places_of(token))
    built.net.change(built.net.start, Move(needs=frozenset(), gives=gives))
    return built.net


class _Builder:
    """The places of one thread by the flow they stand for."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.diagram = thread.diagram
        self.net = Net()
        self.flows: dict[int, int] = {}
        #: The place of each element that holds tokens, and of each armed boundary event.
        self.at: dict[str, int] = {}
        self.armed: dict[str, int] = {}
        #: For each inclusive join its moves, by the flows that have a token.
        self.joins: list[dict[frozenset[int], int]] = []
        self.net.start = self.net.move(self._leaving(thread.entry, (), named=True))
        for node in thread.ordered:
            if node is not thread.entry:
                _BUILD[node.tag](self, node)
        for join in self.joins:
            wait_for_others(self.net, join)

    def places_of(self, token: Token) -> Iterator[int]:
        """Where a token stands: on a flow before a gateway, or in an element with its watchers."""
        if token.source is None:
            yield self.at[token.element]
            yield from (self.armed[bell] for bell in sorted(token.armed & self.armed.keys()))
        else:
            arriving = self.diagram.incoming(self.diagram.by_id[token.element])
            yield next(self._flow(flow) for flow in arriving if flow.source == token.source)

    def _hold(self, node: Node, rank: Rank) -> int:
        """The place of an element."""
        place = self.at[node.id or ""] = self.net.place(node.id or "", rank)
        return place

    def _flow(self, flow: Flow) -> int:
        """The place of a flow."""
        if id(flow) not in self.flows:
            target = self.diagram.by_id[flow.target or ""]
            waits = target.tag in _WAITING and len(self.diagram.incoming(target)) > 1
            self.flows[id(flow)] = self.net.place(
                flow.target or "", Rank.JOIN if waits else Rank.FLOW
            )
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
        place = self._hold(node, Rank.GATEWAY)
        self._arriving(node, place)
        for flow in self.diagram.outgoing(node):
            trace = (flow.id,) if flow.id else ()
            gives = (self._flow(flow),)
            self.net.move(Move(needs=frozenset((place,)), gives=gives, trace=trace))
        if not self.diagram.outgoing(node):
            self.net.move(Move(needs=frozenset((place,)), gives=()))

    def some(self, node: Node) -> None:
        """Any of the ways but at least one; behind a join of all tokens that can still come."""
        place = self._hold(node, Rank.GATEWAY)
        arriving = [self._flow(flow) for flow in self.diagram.incoming(node)]
        trace = (node.id or "",)
        join = {
            taken: self.net.move(Move(needs=taken, gives=(place,), trace=trace))
            for taken in subsets(arriving)
        }
        self.joins.append(join)
        self._ways_out(node, place)

    def _ways_out(self, node: Node, place: int) -> None:
        flows = {self._flow(flow): flow.id for flow in self.diagram.outgoing(node)}
        for given in subsets(flows) or [frozenset[int]()]:
            trace = tuple(id_ for number, id_ in flows.items() if number in given and id_)
            gives = tuple(sorted(given))
            self.net.move(Move(needs=frozenset((place,)), gives=gives, trace=trace))

    def fork_and_join(self, node: Node) -> None:
        """One token from each flow that arrives, one to each that leaves."""
        arriving = tuple(self._flow(flow) for flow in self.diagram.incoming(node))
        self.net.move(self._leaving(node, arriving, named=True))

    def end(self, node: Node) -> None:
        """The token is consumed; with terminate, or an error that is caught, every token."""
        clears_all = _terminates(node) or _interrupts(self.diagram, node)
        self._arriving(node, clears_all=clears_all)

    def throw(self, node: Node) -> None:
        """Throws and goes on, unless what it throws interrupts the sub-process around it."""
        if _interrupts(self.diagram, node):
            self._arriving(node, clears_all=True)
        else:
            self.step(node)

    def step(self, node: Node) -> None:
        """Takes time, may be watched, and lets its token out of all flows at once."""
        place = self._hold(node, Rank.STEP)
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
        armed = self.armed[bell.id or ""] = self.net.place(bell.id or "", Rank.FLOW)
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


def _interrupts(diagram: Diagram, node: Node) -> bool:
    """Whether an error or escalation is caught by an interrupting event around it."""
    thrown = node.event
    around = diagram.by_id.get(node.container or "")
    while thrown and thrown.kind in ("error", "escalation") and around:
        for bell in diagram.boundary(around):
            caught = bell.event and bell.event.kind == thrown.kind
            if caught and bell.event and bell.event.name in (None, thrown.name):
                return bell.interrupting
        around = diagram.by_id.get(around.container or "")
    return False


def _repeats(bell: Node) -> bool:
    return any(
        timer.kind == "timeCycle" for timer in bell.timers
    ) or "timerEventDefinition" not in (bell.events)


_STEPS = (
    *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask"),
    *("sendTask", "receiveTask", "callActivity", "subProcess", "transaction"),
    "intermediateCatchEvent",
)

_BUILD: Mapping[str, Callable[[_Builder, Node], None]] = {
    **dict.fromkeys(_STEPS, _Builder.step),
    "exclusiveGateway": _Builder.choice,
    "eventBasedGateway": _Builder.choice,
    "inclusiveGateway": _Builder.some,
    "parallelGateway": _Builder.fork_and_join,
    "intermediateThrowEvent": _Builder.throw,
    "endEvent": _Builder.end,
    # Built with the step it watches.
    "boundaryEvent": lambda _builder, _node: None,
    # The entry of its thread; nothing leads into it.
    "startEvent": lambda _builder, _node: None,
}
