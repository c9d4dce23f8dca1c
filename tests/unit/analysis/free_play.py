"""BPMN played without reductions, threads or bits: every choice is free, and every token is seen.

A second reading of what the proof claims. It knows no nested copies of one sub-process and lets a
bell ring once for each time its step is entered.
"""

from collections import Counter
from collections.abc import Iterator

from app.engine import Diagram, Node

#: A token on a flow, in an element, or armed on a boundary event; as often as it is there.
State = frozenset[tuple[tuple[str, str], int]]
Move = tuple[str | None, State]


class FreePlay:
    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.flows = {flow.id or "": flow for flow in diagram.flows}

    def start(self) -> State:
        (start,) = [n for n in self.diagram.inside(None) if n.tag == "startEvent"]
        return _state(Counter(self._out(start)))

    def moves(self, state: State) -> Iterator[Move]:
        """Each move with the element that is entered or passed by it, if any."""
        for kind, id_ in sorted(token for token, _ in state):
            if kind == "flow":
                node = self.diagram.by_id[self.flows[id_].target or ""]
                yield from self._arrive(Counter(dict(state)), id_, node)
            elif kind == "in":
                yield from self._leave(Counter(dict(state)), self.diagram.by_id[id_])

    def elements(self, state: State) -> set[str]:
        """Where a person sees the tokens."""
        return {
            self.flows[id_].target or "" if kind == "flow" else id_
            for (kind, id_), _ in state
            if kind != "armed"
        }

    def _out(self, node: Node) -> list[tuple[str, str]]:
        return [("flow", flow.id or "") for flow in self.diagram.outgoing(node)]

    def _arrive(self, tokens: Counter[tuple[str, str]], flow: str, node: Node) -> Iterator[Move]:
        if node.tag == "parallelGateway":
            need = Counter(("flow", one.id or "") for one in self.diagram.incoming(node))
            if need <= tokens:
                yield node.id, _state(tokens - need + Counter(self._out(node)))
            return
        left = tokens - Counter([("flow", flow)])
        if node.tag == "endEvent":
            if "terminateEventDefinition" in node.events:
                left = self._without(left, node.container)
            yield node.id, _state(left)
        else:
            yield node.id, _state(left + Counter(self._begin(node)))

    def _begin(self, node: Node) -> list[tuple[str, str]]:
        bells = [bell for bell in self.diagram.boundary(node) if not bell.interrupting]
        inside = [n for n in self.diagram.inside(node.id) if n.tag == "startEvent"]
        outs = [token for start in inside for token in self._out(start)]
        return [("in", node.id or ""), *(("armed", bell.id or "") for bell in bells), *outs]

    def _leave(self, tokens: Counter[tuple[str, str]], node: Node) -> Iterator[Move]:
        gone = Counter({("armed", bell.id or ""): 1 for bell in self.diagram.boundary(node)})
        left = tokens - Counter([("in", node.id or "")]) - gone
        cut = self._without(left, node.id) if node.tag == "subProcess" else left
        if node.tag == "exclusiveGateway":
            for way in self._out(node):
                yield None, _state(left + Counter([way]))
        elif cut == left:
            yield None, _state(left + Counter(self._out(node)))
        for bell in self.diagram.boundary(node):
            if bell.interrupting:
                yield bell.id, _state(cut + Counter(self._out(bell)))
            elif tokens["armed", bell.id or ""]:
                rung = tokens - Counter([("armed", bell.id or "")])
                yield bell.id, _state(rung + Counter(self._out(bell)))

    def _without(
        self, tokens: Counter[tuple[str, str]], level: str | None
    ) -> Counter[tuple[str, str]]:
        return Counter({t: n for t, n in tokens.items() if not self._lies_in(t, level)})

    def _lies_in(self, token: tuple[str, str], level: str | None) -> bool:
        kind, id_ = token
        around = self.flows[id_].container if kind == "flow" else self.diagram.by_id[id_].container
        while around is not None and around != level:
            around = self.diagram.by_id[around].container
        return around == level


def _state(tokens: Counter[tuple[str, str]]) -> State:
    return frozenset((+tokens).items())


def is_doubled(state: State) -> bool:
    return any(times > 1 for _, times in state)


def reality(play: FreePlay, most: int = 4000) -> set[str] | None:
    """What is wrong, by playing everything; None if that is too much."""
    start = play.start()
    after: dict[State, list[State]] = {}
    todo = [start]
    for state in todo:
        if state in after:
            continue
        if len(after) > most:
            return None
        doubled = is_doubled(state)
        after[state] = [] if doubled else [later for _, later in play.moves(state)]
        todo += after[state]
    wrong = {"multiple-merge" for state in after if is_doubled(state)}
    stuck = {s for s, later in after.items() if s and not later and not is_doubled(s)}
    wrong |= {"deadlock"} if stuck else set()
    fine = {state for state, later in after.items() if not later}
    while more := {s for s, later in after.items() if s not in fine and fine & set(later)}:
        fine |= more
    return wrong | ({"livelock"} if len(fine) < len(after) else set())


def can_happen(play: FreePlay, trace: tuple[str, ...], marking: tuple[str, ...]) -> bool:
    """Whether the elements can be passed in this order, with tokens in the marking at the end."""
    states = _settled(play, {play.start()})
    for element in trace[1:]:
        passed = {s for state in states for id_, s in play.moves(state) if id_ == element}
        states = _settled(play, passed)
    return any(play.elements(state) == set(marking) for state in states)


def _settled(play: FreePlay, states: set[State]) -> set[State]:
    """All the states that come from leaving elements."""
    todo = list(states)
    while todo:
        new = {state for id_, state in play.moves(todo.pop()) if id_ is None} - states
        states |= new
        todo += new
    return states
