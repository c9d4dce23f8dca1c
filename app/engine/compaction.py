"""Forgetting what is past, so that the hundredth loop costs as much as the first.

The journal remembers; the tree keeps its root, the tokens, and the few finished tasks that a token
still refers to: the split around a watched activity, and the source of a token before a join.
"""

from typing import Any

from app.engine.elements import ParallelGateway, Split, is_live
from app.engine.inclusive import InclusiveGateway
from app.engine.instance import Instance

#: They ask where their tokens came from.
_JOINS = (ParallelGateway, InclusiveGateway)


def compact(instance: Instance) -> None:
    """Drop finished sub-processes, then prune every tree that is left."""
    trees: list[Any] = [instance]
    for task_id, branch in list(instance.subprocesses.items()):
        around = next((tree.tasks[task_id] for tree in trees if task_id in tree.tasks), None)
        if around is not None and is_live(around):
            trees.append(branch)
        else:
            del instance.subprocesses[task_id]
    for tree in trees:
        _prune(tree)
    if instance.scopes:
        kept = {task.id for task in instance.live()}
        instance.scopes = {key: scope for key, scope in instance.scopes.items() if key in kept}


def _prune(tree: Any) -> None:
    root = tree.task_tree
    kept = {root.id: root}
    for task in tree.tasks.values():
        if is_live(task):
            source = task.parent or root
            if isinstance(task.task_spec, _JOINS) or isinstance(source.task_spec, Split):
                kept[source.id] = source
            kept[task.id] = task
    for task in kept.values():
        # Not to the nearest ancestor: below a split only what it opened may hang.
        if task is not root and task.parent.id not in kept:
            task.parent = root
    _relink(tree, kept)


def _relink(tree: Any, kept: dict[Any, Any]) -> None:
    tree.tasks = {task_id: task for task_id, task in tree.tasks.items() if task_id in kept}
    tree.last_task = None
    for task in tree.tasks.values():
        task.children = []
    for task in list(tree.tasks.values()):
        if task.parent is not None:
            task.parent._children.append(task.id)  # noqa: SLF001 - the list behind a read-only view
