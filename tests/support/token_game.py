"""BPMN as the standard says it, told a second time: tokens on flows, nothing of the engine.

Tests play a diagram here and in the engine side by side. Conditions are of the form `=name = 1`,
collections are literal lists, completion conditions count or compare one variable.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count

from app.engine import Diagram, Flow, Node
from tests.support.token_board import Bell, Fan, Scope, Work, length, reachable

#: More moves without a person are a circle.
MOST_MOVES = 5000


class EndlessGame(Exception):
    """The tokens go round and nobody can stop them; the engine refuses to go on as well."""


class TokenGame:
    """One play. `open`, `complete` and `deliver` are what a person sees and does."""

    def __init__(
        self, diagram: Diagram, now: datetime, called: Mapping[str, Diagram] | None = None
    ) -> None:
        self.called = called or {}
        self.data: dict[str, object] = {}
        self.now = now
        self.ended: list[str] = []
        self._order = count()
        self.top = Scope(diagram=diagram)
        #: Tokens on their way, in the order they set out; those of outer scopes move first.
        self._moving: list[tuple[Scope, Flow]] = []
        self._begin(self.top, None)
        self.tick(now)

    @property
    def finished(self) -> bool:
        return self._is_empty(self.top)

    def open_steps(self) -> list[str]:
        """Ids of the open user tasks, sorted."""
        return sorted(work.step for work in self.open())

    def open(self) -> list[Work]:
        """Open user tasks: those of the outer and older scope first."""
        return [work for work in self._all() if work.node.tag == "userTask" and not work.inside]

    def timers(self) -> list[tuple[str, datetime]]:
        """Every armed timer: its element and when it goes off."""
        return sorted((bell.step, bell.due) for _, bell in self._bells() if bell.due)

    def waiting(self) -> list[tuple[str, str, str | None]]:
        """Everything that waits for a message or a signal."""
        bells = [bell for _, bell in self._bells() if bell.kind in ("message", "signal")]
        return sorted((bell.step, bell.kind or "", bell.name) for bell in bells)

    def complete(self, work: Work, data: Mapping[str, object], now: datetime) -> None:
        self.now = now
        self._write(work, data)
        self._leave(work)
        self.tick(now)

    def deliver(self, kind: str, name: str, data: Mapping[str, object], now: datetime) -> None:
        """A message goes to the first that waits, a signal to all."""
        self.now = now
        found = self._waiting_for(kind, name)
        for work, bell in found[:1] if kind == "message" else found:
            if bell in work.bells and self._is_under_way(work):
                self._write(work, data)
                self._ring(work, bell)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let timers go off in the order they are due; raises EndlessGame."""
        self.now = now
        for _ in range(MOST_MOVES):
            if not (self._move() or self._join_inclusive() or self._ring_first()):
                return
        raise EndlessGame

    def _write(self, work: Work, data: Mapping[str, object]) -> None:
        for name, value in data.items():
            at: Work | None = work
            while at and name not in at.own and name not in at.items:
                at = at.scope.around
            if at is None:
                self.data[name] = value
            elif name not in at.items:
                at.own[name] = value

    def _read(self, at: Work | None, name: str) -> object:
        while at:
            for values in (at.items, at.own):
                if name in values:
                    return values[name]
            at = at.scope.around
        return self.data.get(name)

    def _move(self) -> bool:
        if not self._moving:
            return False
        token = min(self._moving, key=lambda token: token[0].order)
        self._moving.remove(token)
        self._enter(*token)
        self._close(token[0])
        return True

    def _ring_first(self) -> bool:
        due = [(bell.due, work, bell) for work, bell in self._bells() if bell.due]
        due = [ring for ring in due if ring[0] <= self.now]
        if due:
            _, work, bell = min(due, key=lambda ring: ring[0])
            self._ring(work, bell)
        return bool(due)

    def _ring(self, work: Work, bell: Bell) -> None:
        work.bells.remove(bell)
        if bell.node is work.node:
            self._leave(work)
            return
        scope = work.scope
        if bell.node.interrupting or work.node.tag == "eventBasedGateway":
            self._drop(work)
        elif bell.kind:
            self._arm(work, bell.node)
        self._emit(scope, bell.node)
        self._close(scope)

    def _bells(self) -> Iterator[tuple[Work, Bell]]:
        for work in self._all():
            yield from ((work, bell) for bell in work.bells)

    def _waiting_for(self, kind: str, name: str | None) -> list[tuple[Work, Bell]]:
        found = [(w, b) for w, b in self._bells() if (b.kind, b.name) == (kind, name)]
        return sorted(found, key=lambda one: (one[0].scope.order, one[1].order))

    def _all(self) -> list[Work]:
        found: list[Work] = []
        todo = [self.top]
        while todo:
            scope = todo.pop()
            found += scope.work
            todo += [work.inside for work in scope.work if work.inside]
        return sorted(found, key=lambda work: (work.scope.order, work.order))

    def _begin(self, scope: Scope, container: str | None) -> None:
        (start,) = [node for node in scope.diagram.inside(container) if node.tag == "startEvent"]
        self._emit(scope, start)

    def _emit(self, scope: Scope, node: Node) -> None:
        self._send(scope, scope.diagram.outgoing(node))

    def _send(self, scope: Scope, flows: list[Flow]) -> None:
        """Tokens set out; where they wait without being watched they are at once."""
        for flow in flows:
            node = scope.diagram.by_id[flow.target or ""]
            if node.tag in _WAITING and not scope.diagram.boundary(node):
                self._begin_work(scope, node)
            else:
                self._moving.append((scope, flow))

    def _enter(self, scope: Scope, flow: Flow) -> None:
        node = scope.diagram.by_id[flow.target or ""]
        match node.tag:
            case "exclusiveGateway":
                self._send(scope, self._choice(scope, node)[:1])
            case "inclusiveGateway":
                self._come_to_inclusive(scope, node, flow)
            case "parallelGateway":
                self._join(scope, node, flow)
            case "endEvent":
                self._end(scope, node)
            case "intermediateThrowEvent" | "scriptTask":
                self._pass(scope, node)
            case _:
                self._begin_work(scope, node)

    def _choice(self, scope: Scope, node: Node) -> list[Flow]:
        """The flows whose conditions hold, else the one without."""
        ways = scope.diagram.outgoing(node)
        found = []
        for flow in ways:
            if flow.condition and flow.id != node.default_flow:
                name, number = flow.condition.removeprefix("=").split(" = ")
                if self._read(scope.around, name) == int(number):
                    found.append(flow)
        return found or [flow for flow in ways if not flow.condition]

    def _come_to_inclusive(self, scope: Scope, node: Node, flow: Flow) -> None:
        if len(scope.diagram.incoming(node)) == 1:
            self._send(scope, self._choice(scope, node))
        else:
            scope.waiting[flow.id] += 1

    def _join(self, scope: Scope, node: Node, flow: Flow) -> None:
        scope.waiting[flow.id] += 1
        arriving = [one.id for one in scope.diagram.incoming(node)]
        if all(scope.waiting[id_] for id_ in arriving):
            scope.waiting -= Counter(arriving)
            self._emit(scope, node)

    def _join_inclusive(self) -> bool:
        """BPMN 13.4.3, on the flows of the diagram."""
        for scope in self._scopes():
            for node in scope.diagram.nodes:
                arriving = [flow.id for flow in scope.diagram.incoming(node)]
                full = {id_ for id_ in arriving if scope.waiting[id_]}
                joins = node.tag == "inclusiveGateway" and len(arriving) > 1 and full
                if joins and not self._more_may_come(scope, node, full, set(arriving) - full):
                    scope.waiting -= Counter(full)
                    self._send(scope, self._choice(scope, node))
                    self._close(scope)
                    return True
        return False

    def _more_may_come(
        self, scope: Scope, join: Node, full: set[str | None], empty: set[str | None]
    ) -> bool:
        places = [work.node for work in scope.work]
        for flow in scope.diagram.flows:
            places += [scope.diagram.by_id[flow.target or ""]] * scope.waiting[flow.id]
        for place in places:
            if place is not join:
                ways = reachable(scope.diagram, place, join)
                if ways & empty and not ways & full:
                    return True
        return False

    def _scopes(self) -> list[Scope]:
        inner = [work.inside for work in self._all() if work.inside]
        return sorted([self.top, *inner], key=lambda scope: scope.order)

    def _end(self, scope: Scope, node: Node) -> None:
        self.ended.append(scope.prefix + (node.id or ""))
        if node.event:
            self._throw(scope, node)
        elif "terminateEventDefinition" in node.events:
            scope.work.clear()
            scope.waiting.clear()
            self._moving = [token for token in self._moving if self._is_alive(token[0])]
            self._moving = [token for token in self._moving if token[0] is not scope]

    def _pass(self, scope: Scope, node: Node) -> None:
        if node.event:
            self._throw(scope, node)
        if self._is_alive(scope):
            self._emit(scope, node)

    def _throw(self, scope: Scope, node: Node) -> None:
        """A signal reaches all that wait; an error or escalation the nearest that catches it."""
        event = node.event
        assert event
        if event.kind == "signal":
            for work, bell in self._waiting_for("signal", event.name):
                if bell in work.bells and self._is_under_way(work):
                    self._ring(work, bell)
            return
        at = scope.around
        while at:
            found = [b for b in at.bells if b.kind == event.kind and b.name in (None, event.name)]
            if found:
                self._ring(at, min(found, key=lambda bell: bell.name is None))
                return
            at = at.scope.around

    def _is_alive(self, scope: Scope) -> bool:
        around = scope.around
        return around is None or (around in around.scope.work and self._is_alive(around.scope))

    def _is_under_way(self, work: Work) -> bool:
        return work in work.scope.work and self._is_alive(work.scope)

    def _begin_work(self, scope: Scope, node: Node) -> None:
        work = Work(node=node, scope=scope, order=next(self._order))
        scope.work.append(work)
        for bell in scope.diagram.boundary(node):
            self._arm(work, bell)
        if node.loop:
            self._begin_fan(work)
        else:
            self._begin_inside(work)

    def _begin_inside(self, work: Work) -> None:
        node, scope = work.node, work.scope
        if node.tag in ("intermediateCatchEvent", "receiveTask"):
            self._arm(work, node)
        elif node.tag == "eventBasedGateway":
            for flow in scope.diagram.outgoing(node):
                self._arm(work, scope.diagram.by_id[flow.target or ""])
        elif node.tag == "subProcess":
            work.inside = self._scope(work, scope.diagram, scope.prefix)
            self._begin(work.inside, node.id)
        elif node.tag == "callActivity":
            process = node.called or ""
            work.inside = self._scope(work, self.called[process], f"{process}/")
            self._begin(work.inside, None)

    def _scope(self, around: Work, diagram: Diagram, prefix: str) -> Scope:
        return Scope(around=around, diagram=diagram, prefix=prefix, order=next(self._order) + 1)

    def _arm(self, work: Work, node: Node) -> None:
        bell = Bell(node=node, order=next(self._order), step=work.scope.prefix + (node.id or ""))
        if node.event:
            bell.kind, bell.name = node.event.kind, node.event.name
        else:
            bell.due = self.now + length(node)
        work.bells.append(bell)

    def _begin_fan(self, work: Work) -> None:
        work.fan = Fan(work.node)
        work.inside = self._scope(work, work.scope.diagram, work.scope.prefix)
        if not work.fan.items:
            self._close(work.inside)
            return
        for _ in range(1 if work.fan.sequential else len(work.fan.items)):
            self._begin_instance(work, work.fan)

    def _begin_instance(self, work: Work, fan: Fan) -> None:
        assert work.inside
        instance = Work(node=work.node, scope=work.inside, order=next(self._order))
        instance.items, instance.own = fan.next(), fan.names()
        work.inside.work.append(instance)
        self._begin_inside(instance)

    def _instance_done(self, work: Work, fan: Fan, instance: Work) -> None:
        fan.take(instance, self._read(instance, fan.result) if fan.result else None)
        assert work.inside
        if fan.is_enough(lambda name: self._read(instance, name)):
            for other in list(work.inside.work):
                self._drop(other)
        elif fan.sequential and fan.begun < len(fan.items):
            self._begin_instance(work, fan)

    def _drop(self, work: Work) -> None:
        work.scope.work.remove(work)
        self._moving = [token for token in self._moving if self._is_alive(token[0])]

    def _leave(self, work: Work) -> None:
        self._drop(work)
        around = work.scope.around
        if around and around.fan:
            self._instance_done(around, around.fan, work)
        else:
            if work.fan and work.fan.output:
                self._write_output(work, work.fan)
            self._emit(work.scope, work.node)
        self._close(work.scope)

    def _write_output(self, work: Work, fan: Fan) -> None:
        assert fan.output
        self._write(work, {fan.output: fan.results})

    def _close(self, scope: Scope) -> None:
        """A sub-process whose last token is gone lets its own token go on."""
        around = scope.around
        if around and self._is_empty(scope) and self._is_alive(scope):
            self._leave(around)

    def _is_empty(self, scope: Scope) -> bool:
        on_the_way = any(token[0] is scope for token in self._moving)
        return not on_the_way and not scope.work and not +scope.waiting


_WAITING = (
    *("userTask", "receiveTask", "intermediateCatchEvent", "subProcess", "callActivity"),
)  # fmt: skip
