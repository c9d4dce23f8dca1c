"""BPMN as the standard says it, told a second time: tokens on flows, nothing of the engine.

Tests play a diagram here and in the engine side by side. Conditions are of the form `=name = 1`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from app.engine import Diagram, Flow, Node


@dataclass(eq=False, kw_only=True)
class Scope:
    """A running process or sub-process: tokens before joins, and work under way."""

    around: "Work | None" = None
    waiting: Counter[str | None] = field(default_factory=Counter)
    work: list["Work"] = field(default_factory=list)
    order: int = 0


@dataclass(eq=False, kw_only=True)
class Work:
    """A token inside a task, a timer or a sub-process."""

    node: Node
    scope: Scope
    order: int
    bells: list[tuple[datetime, Node]] = field(default_factory=list)
    due: datetime | None = None
    inside: Scope | None = None


class TokenGame:
    """One play. `open` and `complete` are what a person sees and does."""

    def __init__(self, diagram: Diagram, now: datetime) -> None:
        self.diagram = diagram
        self.data: dict[str, object] = {}
        self.now = now
        self.ended: list[str] = []
        self._order = count()
        self.top = Scope()
        #: Tokens on their way, in the order they set out; those of outer scopes move first.
        self._moving: list[tuple[Scope, Flow]] = []
        self._begin(self.top, None)
        self.tick(now)

    @property
    def finished(self) -> bool:
        return self._is_empty(self.top)

    def open_steps(self) -> list[str]:
        """Ids of the open user tasks, sorted."""
        return sorted(work.node.id or "" for work in self.open())

    def open(self) -> list[Work]:
        """Open user tasks: those of the outer and older scope first."""
        return [work for work in self._all() if work.node.tag == "userTask"]

    def timers(self) -> list[tuple[str, datetime]]:
        """Every armed timer: its element and when it goes off."""
        rings = [(bell or work.node, due) for due, work, bell in self._bells()]
        return sorted((node.id or "", due) for node, due in rings)

    def complete(self, work: Work, data: Mapping[str, object], now: datetime) -> None:
        self.now = now
        self.data |= data
        self._leave(work)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let timers go off in the order they are due."""
        self.now = now
        while self._move() or self._ring_first():
            pass

    def _move(self) -> bool:
        if not self._moving:
            return False
        token = min(self._moving, key=lambda token: token[0].order)
        self._moving.remove(token)
        self._enter(*token)
        self._close(token[0])
        return True

    def _ring_first(self) -> bool:
        due = [(when, work, bell) for when, work, bell in self._bells() if when <= self.now]
        if not due:
            return False
        when, work, bell = min(due, key=lambda ring: ring[0])
        if bell is None:
            self._leave(work)
            return True
        work.bells.remove((when, bell))
        if bell.interrupting:
            self._drop(work)
        self._emit(work.scope, bell)
        self._close(work.scope)
        return True

    def _bells(self) -> Iterator[tuple[datetime, Work, Node | None]]:
        for work in self._all():
            yield from ((when, work, node) for when, node in work.bells)
            if work.due:
                yield work.due, work, None

    def _all(self) -> list[Work]:
        found: list[Work] = []
        todo = [self.top]
        while todo:
            scope = todo.pop()
            found += scope.work
            todo += [work.inside for work in scope.work if work.inside]
        return sorted(found, key=lambda work: (work.scope.order, work.order))

    def _begin(self, scope: Scope, container: str | None) -> None:
        (start,) = [node for node in self.diagram.inside(container) if node.tag == "startEvent"]
        self._emit(scope, start)

    def _emit(self, scope: Scope, node: Node) -> None:
        self._moving += [(scope, flow) for flow in self.diagram.outgoing(node)]

    def _enter(self, scope: Scope, flow: Flow) -> None:
        node = self.diagram.by_id[flow.target or ""]
        match node.tag:
            case "exclusiveGateway":
                self._moving.append((scope, self._choice(node)))
            case "parallelGateway":
                self._join(scope, node, flow)
            case "endEvent":
                self._end(scope, node)
            case "scriptTask":
                self._emit(scope, node)
            case _:
                self._begin_work(scope, node)

    def _choice(self, node: Node) -> Flow:
        ways = self.diagram.outgoing(node)
        for flow in ways:
            if flow.condition and flow.id != node.default_flow:
                name, number = flow.condition.removeprefix("=").split(" = ")
                if self.data.get(name) == int(number):
                    return flow
        return next(flow for flow in ways if not flow.condition)

    def _join(self, scope: Scope, node: Node, flow: Flow) -> None:
        scope.waiting[flow.id] += 1
        arriving = [one.id for one in self.diagram.incoming(node)]
        if all(scope.waiting[id_] for id_ in arriving):
            scope.waiting -= Counter(arriving)
            self._emit(scope, node)

    def _end(self, scope: Scope, node: Node) -> None:
        self.ended.append(node.id or "")
        if "terminateEventDefinition" in node.events:
            scope.work.clear()
            scope.waiting.clear()
            self._moving = [token for token in self._moving if token[0] is not scope]

    def _begin_work(self, scope: Scope, node: Node) -> None:
        work = Work(node=node, scope=scope, order=next(self._order))
        scope.work.append(work)
        for bell in self.diagram.boundary(node):
            work.bells.append((self.now + _length(bell), bell))
        if node.tag == "intermediateCatchEvent":
            work.due = self.now + _length(node)
        if node.tag == "subProcess":
            work.inside = Scope(around=work, order=next(self._order) + 1)
            self._begin(work.inside, node.id)

    def _drop(self, work: Work) -> None:
        work.scope.work.remove(work)
        gone = {id(scope) for scope in _scopes(work)}
        self._moving = [token for token in self._moving if id(token[0]) not in gone]

    def _leave(self, work: Work) -> None:
        self._drop(work)
        self._emit(work.scope, work.node)
        self._close(work.scope)

    def _close(self, scope: Scope) -> None:
        """A sub-process whose last token is gone lets its own token go on."""
        around = scope.around
        if around and self._is_empty(scope) and around in around.scope.work:
            self._leave(around)

    def _is_empty(self, scope: Scope) -> bool:
        on_the_way = any(token[0] is scope for token in self._moving)
        return not on_the_way and not scope.work and not +scope.waiting


def _scopes(work: Work) -> Iterator[Scope]:
    if work.inside:
        yield work.inside
        for inner in work.inside.work:
            yield from _scopes(inner)


def _length(node: Node) -> timedelta:
    return timedelta(minutes=int(node.timers[0].text.removeprefix("PT").removesuffix("M")))
