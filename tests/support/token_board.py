"""The pieces of the token game: scopes, work under way, what may ring, and repetitions."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson

from app.engine import Diagram, Node


@dataclass(eq=False, kw_only=True)
class Scope:
    """A running process, sub-process or repetition: tokens before joins, and work under way."""

    diagram: Diagram
    prefix: str = ""
    around: "Work | None" = None
    waiting: Counter[str | None] = field(default_factory=Counter)
    work: list["Work"] = field(default_factory=list)
    order: int = 0


@dataclass(eq=False, kw_only=True)
class Bell:
    """A timer, message, signal, error or escalation that a token waits for."""

    node: Node
    step: str
    order: int
    due: datetime | None = None
    kind: str | None = None
    name: str | None = None


@dataclass(eq=False, kw_only=True)
class Work:
    """A token inside a task, an event or a sub-process."""

    node: Node
    scope: Scope
    order: int
    bells: list[Bell] = field(default_factory=list)
    inside: Scope | None = None
    fan: "Fan | None" = None
    #: Of an instance of a repetition: what it was given, and what it keeps to itself.
    items: dict[str, object] = field(default_factory=dict)
    own: dict[str, object] = field(default_factory=dict)

    @property
    def step(self) -> str:
        return self.scope.prefix + (self.node.id or "")


class Fan:
    """A repetition under way."""

    def __init__(self, node: Node) -> None:
        assert node.loop
        self.loop = node.loop
        self.sequential = node.loop.sequential
        self.items: list[object] = orjson.loads((node.loop.collection or "").removeprefix("="))
        self.output = node.loop.output_collection
        self.result = (node.loop.output_element or "").removeprefix("=")
        self.results: list[object] = [None] * len(self.items)
        self.begun = self.done = 0

    def next(self) -> dict[str, object]:
        """What the next instance is given."""
        self.begun += 1
        return {self.loop.element or "": self.items[self.begun - 1], "loopCounter": self.begun}

    def names(self) -> dict[str, object]:
        """What an instance keeps to itself."""
        return {self.result: None} if self.result else {}

    def take(self, instance: Work, value: object) -> None:
        """An instance is done."""
        self.done += 1
        at = instance.items["loopCounter"]
        assert isinstance(at, int)
        self.results[at - 1] = value

    def is_enough(self, read: Callable[[str], object]) -> bool:
        """Whether the completion condition holds."""
        until = (self.loop.until or "").removeprefix("=")
        if not until:
            return False
        if until.startswith("numberOfCompletedInstances >= "):
            return self.done >= int(until.rsplit(" ", 1)[1])
        name, number = until.split(" = ")
        return read(name) == int(number)


def reachable(diagram: Diagram, start: Node, join: Node) -> set[str | None]:
    """The flows into a join that a token at a place can come by, without passing the join."""
    found: set[str | None] = set()
    seen = {start.id}
    todo = [start]
    while todo:
        node = todo.pop()
        targets = [bell.id for bell in diagram.boundary(node)]
        for flow in diagram.outgoing(node):
            if flow.target == join.id:
                found.add(flow.id)
            else:
                targets.append(flow.target)
        for target in targets:
            if target not in seen:
                seen.add(target)
                todo.append(diagram.by_id[target or ""])
    return found


def length(node: Node) -> timedelta:
    """How long a timer waits."""
    return timedelta(minutes=int(node.timers[0].text.removeprefix("PT").removesuffix("M")))
