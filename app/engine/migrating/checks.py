"""What must be the same at an element where a token stands, so that the token can stay there."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.engine.diagram import Diagram, Node
from app.engine.elements import is_live
from app.engine.events import EventGateway
from app.engine.migrating.obstacles import Obstacle, obstacle
from app.engine.migrating.route import Route
from app.engine.migrating.standing import opener
from app.engine.multi import FanRoot, MultiInstance


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A live task, its element in both diagrams, and what is going to run it."""

    route: Route
    task: Any
    old: Node
    old_diagram: Diagram
    new: Node
    new_diagram: Diagram
    new_prefix: str
    #: The spec of the new element.
    spec: Any

    @property
    def old_prefix(self) -> str:
        """What the old id begins with."""
        return str(self.task.workflow.prefix)

    def image(self, name: str | None) -> str | None:
        """The new id of another element of the same level."""
        return self.route.image(self.old_prefix, name or "", self.new_prefix)

    def refused(self, code: str, detail: str = "") -> Obstacle:
        """A reason that is about this element."""
        name = self.old.name
        return obstacle(code, f"{self.old_prefix}{self.old.id}", name, detail=detail)


def differences(pair: Pair) -> Iterator[Obstacle]:
    """Everything that keeps a token from staying where it stands."""
    if pair.old.tag != pair.new.tag:
        yield pair.refused("kind-changed", pair.new.tag)
        return
    for check in _CHECKS:
        yield from check(pair)


def _event(pair: Pair) -> Iterator[Obstacle]:
    """A timer keeps its due moment, whatever the new one would be; a message keeps its name."""
    before, after = _awaited(pair.old), _awaited(pair.new)
    if before != after:
        yield pair.refused("event-changed", " ".join(word for word in after if word))


def _awaited(node: Node) -> tuple[str, str]:
    if node.timers:
        return "timer", ""
    if node.event is None:
        return "", ""
    inner = node.event.kind in ("error", "escalation")
    return node.event.kind, "" if inner else node.event.name or ""


def _service(pair: Pair) -> Iterator[Obstacle]:
    if pair.old.service != pair.new.service:
        yield pair.refused("service-changed", pair.new.service or "")


def _call(pair: Pair) -> Iterator[Obstacle]:
    if pair.old.called and pair.route.process(f"{pair.old.called}/") != f"{pair.new.called}/":
        yield pair.refused("call-changed", pair.new.called or "")


def _loop(pair: Pair) -> Iterator[Obstacle]:
    """The instances that run have their names and their order from the old repetition."""
    inside = isinstance(pair.task.workflow.spec.start, FanRoot)
    if not inside and _repetition(pair.task.task_spec) != _repetition(pair.spec):
        yield pair.refused("loop-changed")


def _repetition(spec: Any) -> tuple[object, ...] | None:
    if not isinstance(spec, MultiInstance):
        return None
    how = spec.repetition
    return how.sequential, how.element, how.output and how.output[0], how.kept


def _watchers(pair: Pair) -> Iterator[Obstacle]:
    """A new watcher has not been armed when the step opened, and would be missed."""
    if isinstance(pair.task.workflow.spec.start, FanRoot):
        return
    known = {pair.image(bell.id) for bell in pair.old_diagram.boundary(pair.old)}
    for bell in pair.new_diagram.boundary(pair.new):
        if bell.id not in known:
            yield pair.refused("watcher-new", bell.name or bell.id or "")


def _watched(pair: Pair) -> Iterator[Obstacle]:
    """An armed watcher goes on watching the same step, and is the only one of its name there."""
    if pair.old.tag != "boundaryEvent":
        return
    twins = [one for one in pair.task.parent.children if is_live(one) and one is not pair.task]
    names = [pair.image(one.task_spec.name) for one in twins]
    same_host = pair.image(pair.old.attached_to) == pair.new.attached_to
    if not same_host or pair.new.id in names:
        yield pair.refused("watcher-gone")


def _choice(pair: Pair) -> Iterator[Obstacle]:
    """Behind an event gateway all events wait, and the first that comes takes off the others."""
    split = opener(pair.task)
    behind = split is not None and isinstance(split.task_spec, EventGateway)
    gates = {
        flow.source
        for flow in pair.new_diagram.incoming(pair.new)
        if pair.new_diagram.by_id[flow.source or ""].tag == "eventBasedGateway"
    }
    if not behind:
        if gates:
            yield pair.refused("choice-changed")
        return
    gate = pair.image(split.task_spec.name)
    waiting = Counter(pair.image(one.task_spec.name) for one in split.children if is_live(one))
    if gates != {gate} or waiting != _offered(pair.new_diagram, gate):
        yield pair.refused("choice-changed")


def _offered(diagram: Diagram, gate: str | None) -> Counter[str | None]:
    return Counter(flow.target for flow in diagram.outgoing(diagram.by_id[gate or ""]))


#: In the order in which they are told.
_CHECKS: tuple[Callable[[Pair], Iterator[Obstacle]], ...] = (
    _event,
    _service,
    _call,
    _loop,
    _watchers,
    _watched,
    _choice,
)
