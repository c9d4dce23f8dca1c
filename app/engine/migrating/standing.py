"""Where an instance stands, told in elements and flows of its diagram: for those who prove."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.engine.definition import Definition
from app.engine.elements import CallActivity, ParallelGateway, Split, is_live
from app.engine.events import BoundaryEvent, EventGateway
from app.engine.inclusive import InclusiveGateway
from app.engine.instance import Instance
from app.engine.multi import FanRoot
from app.engine.snapshot import load

#: Before these a token may wait for others.
JOINS = (ParallelGateway, InclusiveGateway)


@dataclass(frozen=True, kw_only=True)
class Token:
    """One token of a level."""

    #: The element it stands in, or waits before.
    element: str
    #: The element it came from, if it waits for others before a gateway.
    source: str | None = None
    #: Boundary events that still watch the element.
    armed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Level:
    """The tokens of a process or of one run of a sub-process."""

    #: What the ids of the diagram begin with: nothing, or `process/` of a called process.
    prefix: str
    #: Id of the sub-process; nothing on the top level.
    container: str | None
    tokens: tuple[Token, ...]


def levels_of(instance: Instance) -> tuple[Level, ...]:
    """Every level with tokens, the outermost first. Repetitions are no level of the drawing."""
    return tuple(
        Level(prefix=tree.prefix, container=_container(tree), tokens=tuple(_tokens(tree)))
        for tree in instance.trees()
        if not isinstance(tree.spec.start, FanRoot)
    )


def standing_in(definition: Definition, snapshot: bytes) -> tuple[str, ...]:
    """Full ids of the elements where something waits, each once; not of what lies around them.

    Raises SnapshotUnreadable.
    """
    instance, _ = load(definition, snapshot)
    places = [
        f"{level.prefix}{token.element}" for level in levels_of(instance) for token in level.tokens
    ]
    around = ("subprocess", "call")
    return tuple(dict.fromkeys(p for p in places if definition.steps[p].kind not in around))


def opener(task: Any) -> Any:
    """The split that has opened a task together with others; nothing if it came alone."""
    source = task.parent
    return source if source is not None and isinstance(source.task_spec, Split) else None


def _container(tree: Any) -> str | None:
    around = tree.parent_task
    if around is None or isinstance(around.task_spec, CallActivity):
        return None
    return str(around.task_spec.name)


def _tokens(tree: Any) -> Iterator[Token]:
    chosen: set[Any] = set()
    for task in tree.tasks.values():
        if is_live(task) and not isinstance(task.task_spec, BoundaryEvent):
            split = opener(task)
            if split is None or not isinstance(split.task_spec, EventGateway):
                yield _token(task, split)
            elif split.id not in chosen:
                chosen.add(split.id)
                yield Token(element=split.task_spec.name)


def _token(task: Any, split: Any) -> Token:
    name = task.task_spec.name
    if isinstance(task.task_spec, JOINS):
        return Token(element=name, source=task.parent.task_spec.name)
    bells = [one for one in split.children if is_live(one) and one is not task] if split else []
    return Token(element=name, armed=frozenset(one.task_spec.name for one in bells))
