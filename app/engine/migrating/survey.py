"""Look at every token of an instance, and find the place for it in the other diagram."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.engine.elements import is_live
from app.engine.events import BoundaryEvent, EventGateway
from app.engine.migrating.checks import Pair, differences
from app.engine.migrating.obstacles import Obstacle, obstacle
from app.engine.migrating.rewriting import Landing
from app.engine.migrating.route import Route, diagram_of
from app.engine.migrating.standing import JOINS, opener

#: Behind these nothing inside of the element can be compared.
_CLOSED = frozenset({"kind-changed", "loop-changed", "call-changed"})


@dataclass(kw_only=True)
class Survey:
    """What was found so far."""

    route: Route
    landings: dict[UUID | None, Landing] = field(default_factory=dict)
    #: By task, where its element is in both diagrams.
    pairs: dict[UUID, Pair] = field(default_factory=dict)
    obstacles: list[Obstacle] = field(default_factory=list)

    def look_at(self, tree: Any) -> None:
        """Find a place for every token of a level; levels are looked at from the outermost in."""
        landing = self._landing(tree)
        if landing is None:
            return
        self.landings[tree.parent_task_id] = landing
        for task in tree.tasks.values():
            if is_live(task):
                self._find_place(task, landing)

    def _landing(self, tree: Any) -> Landing | None:
        """What the level becomes; nothing while the element around it has no place itself."""
        plans, around = self.route.new.plans, tree.parent_task
        if around is None:
            return Landing(prefix="", plan=plans[self.route.new.process_id])
        if around.id not in self.pairs:
            return None
        pair = self.pairs[around.id]
        prefix = pair.spec.prefix_inside(pair.new_prefix)
        return Landing(prefix=prefix, plan=plans[prefix + pair.spec.spec])

    def _find_place(self, task: Any, landing: Landing) -> None:
        pair = self._pair(task, landing)
        if pair is None:
            self.obstacles.append(self._lost(task))
            return
        found = [*differences(pair), *self._branch(pair, landing)]
        self.obstacles += found
        if not any(one.code in _CLOSED for one in found):
            self.pairs[task.id] = pair
        landing.names[task.id] = pair.new.id or ""
        gate = opener(task)
        if gate is not None and isinstance(gate.task_spec, EventGateway):
            landing.names[gate.id] = pair.image(gate.task_spec.name) or ""

    def _pair(self, task: Any, landing: Landing) -> Pair | None:
        prefix, name = task.workflow.prefix, task.task_spec.name
        image = self.route.image(prefix, name, landing.prefix)
        old, new = diagram_of(self.route.old, prefix), diagram_of(self.route.new, landing.prefix)
        if image is None or image not in landing.plan.task_specs or not (old and new):
            return None
        return Pair(
            route=self.route,
            task=task,
            old=old.by_id[name],
            old_diagram=old,
            new=new.by_id[image],
            new_diagram=new,
            new_prefix=landing.prefix,
            spec=landing.plan.task_specs[image],
        )

    def _lost(self, task: Any) -> Obstacle:
        step = self.route.old.steps[f"{task.workflow.prefix}{task.task_spec.name}"]
        if self.route.mapping.get(step.id, step.id) in self.route.new.steps:
            code = "step-elsewhere"
        else:
            watches = isinstance(task.task_spec, BoundaryEvent)
            code = "watcher-gone" if watches else "step-gone"
        return obstacle(code, step.id, step.name)

    def _branch(self, pair: Pair, landing: Landing) -> Iterator[Obstacle]:
        """A token that waits for others came by a flow, which must still be there."""
        if not isinstance(pair.task.task_spec, JOINS):
            return
        came = pair.task.parent.task_spec.name
        source = _source(pair, came)
        if source is None:
            name = pair.old_diagram.by_id[came].name or came
            yield pair.refused("join-flow-gone", name)
        else:
            landing.sources[pair.task.id] = source


def _source(pair: Pair, came: str) -> str | None:
    """The element a branch comes from now: by the same flow, or else from the same element."""
    arriving = {flow.id: flow.source for flow in pair.new_diagram.incoming(pair.new)}
    for flow in pair.old_diagram.incoming(pair.old):
        if flow.source == came and (now := pair.image(flow.id)) in arriving:
            return arriving[now]
    here = pair.image(came)
    return here if here in arriving.values() else None
