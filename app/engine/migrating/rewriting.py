"""The snapshot of a moved instance: the same tasks in the same order, under their new names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.engine.clockwork import Run
from app.engine.elements import is_live
from app.engine.events import EventGateway
from app.engine.instance import Instance
from app.engine.migrating.standing import opener
from app.engine.plan import Plan
from app.engine.snapshot import Body


@dataclass(kw_only=True)
class Landing:
    """What one level of an instance becomes; tasks by their ids."""

    prefix: str
    plan: Plan
    #: New names of the live tasks, and of the event gateways that opened them.
    names: dict[UUID, str] = field(default_factory=dict)
    #: For a live task that waits before a gateway: the new name of the element it came from.
    sources: dict[UUID, str] = field(default_factory=dict)


def rewritten(
    body: Body, before: Instance, landings: Mapping[UUID | None, Landing], run: Run
) -> Body:
    """The body after the move; `run` gives ids to what did not exist before."""
    trees = [
        _Level(tree, landings[tree.parent_task_id], run).rows_of(tree) for tree in before.trees()
    ]
    return {**body, "trees": trees, "ids": run.ids}


class _Level:
    """The rows of one level, in the making."""

    def __init__(self, tree: Any, landing: Landing, run: Run) -> None:
        self.landing = landing
        self.run = run
        self.rows: list[list[object]] = []
        #: The row of each task that is kept.
        self.at: dict[UUID, int] = {}
        #: What each finished task stands for before a gateway: one branch, or several.
        self.wanted = self._wanted(tree)

    def rows_of(self, tree: Any) -> Body:
        """The whole level."""
        for task in tree.tasks.values():
            name = self._name(task, is_root=task is tree.task_tree)
            if name is not None:
                self.at[task.id] = len(self.rows)
                self.rows.append(self._row(task, self._above(task), name))
        around = tree.parent_task_id
        return {"in": around.hex if around else None, "tasks": self.rows}

    def _wanted(self, tree: Any) -> dict[UUID, list[str]]:
        found: dict[UUID, list[str]] = {}
        for task_id, name in self.landing.sources.items():
            names = found.setdefault(tree.tasks[task_id].parent.id, [])
            if name not in names:
                names.append(name)
        return found

    def _name(self, task: Any, *, is_root: bool) -> str | None:
        """The new name; nothing for a finished task that nobody refers to any more."""
        if is_root:
            return str(task.task_spec.name)
        if is_live(task):
            return self.landing.names[task.id]
        if task.id in self.wanted:
            return self.wanted[task.id][0]
        return self._split_name(task)

    def _split_name(self, task: Any) -> str | None:
        """An activity keeps its split only while something may watch it."""
        opened = [one for one in task.children if is_live(one) and opener(one) is task]
        if not opened:
            return None
        if isinstance(task.task_spec, EventGateway):
            return self.landing.names[task.id]
        host = task.task_spec.name.removesuffix("#split")
        name = next(self.landing.names[one.id] for one in opened if one.task_spec.name == host)
        return f"{name}#split" if f"{name}#split" in self.landing.plan.task_specs else None

    def _above(self, task: Any) -> int | None:
        source = task.parent
        if source is None:
            return None
        wanted = self.landing.sources.get(task.id)
        if wanted is not None and wanted != self.wanted[source.id][0]:
            return self._twin_of(source, wanted)
        return self.at.get(source.id, 0)

    def _twin_of(self, source: Any, name: str) -> int:
        """A branch that came from one element with others comes from another one now."""
        row = self._row(source, self._above(source), name)
        row[0] = self.run.next_id().hex
        self.rows.append(row)
        return len(self.rows) - 1

    @staticmethod
    def _row(task: Any, above: int | None, name: str) -> list[object]:
        return [task.id.hex, above, task.state, name, task.internal_data]
