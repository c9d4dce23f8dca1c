"""Forgetting what is past, so that the hundredth loop costs as much as the first.

The journal remembers; the tree keeps its root, the tokens, and the few finished tasks that a token
still refers to: the split around a watched activity, and the source of a token before a join.
"""

from typing import Any

from app.engine.elements import ParallelGateway, Split, is_live
from app.engine.instance import Instance


def compact(instance: Instance) -> None:
    """Drop finished sub-processes, then prune every tree that is left."""
    for task_id in list(instance.subprocesses):
        if not is_live(instance.subprocesses[task_id].parent_task):
            del instance.subprocesses[task_id]
    for tree in instance.trees():
        _prune(tree)


def _prune(tree: Any) -> None:
    root = tree.task_tree
    kept = {root.id: root}
    for task in tree.tasks.values():
        if is_live(task):
            source = task.parent or root
            if isinstance(task.task_spec, ParallelGateway) or isinstance(source.task_spec, Split):
                kept[source.id] = source
            kept[task.id] = task
    for task in kept.values():
        if task is not root:
            task.parent = _ancestor(task, kept, root)
    _relink(tree, kept)


def _ancestor(task: Any, kept: dict[Any, Any], root: Any) -> Any:
    above = task.parent
    while above is not None and above.id not in kept:
        above = above.parent
    return above or root


def _relink(tree: Any, kept: dict[Any, Any]) -> None:
    tree.tasks = {task_id: task for task_id, task in tree.tasks.items() if task_id in kept}
    tree.last_task = None
    for task in tree.tasks.values():
        task.children = []
    for task in list(tree.tasks.values()):
        if task.parent is not None:
            task.parent._children.append(task.id)  # noqa: SLF001 - the list behind a read-only view
