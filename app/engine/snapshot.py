"""The state of a process as bytes: small, canonical, versioned, and free of the diagram.

A snapshot is a line of text with the format version and a line of JSON. It holds the position of
each token, the variables and the count of ids; the diagram is shared and never stored here.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task

from app.engine.clockwork import Run
from app.engine.definition import Definition
from app.engine.errors import SnapshotUnreadable
from app.engine.instance import Instance
from app.engine.scope import Scope

VERSION = 2
_MARK = b"mot-cua-process "

Body = dict[str, Any]

#: What goes wrong when a body does not have the shape or the step names that are expected.
_MISFITS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


def _without_scopes(body: Body) -> Body:
    """From 1 to 2: multi-instance activities keep variables to themselves."""
    return {**body, "scopes": {}}


#: One function for each step from an old format version to the next.
MIGRATIONS: Mapping[int, Callable[[Body], Body]] = {1: _without_scopes}


def dump(instance: Instance, run: Run) -> bytes:
    """The bytes of an instance; equal states give equal bytes.

    Each state is written in the oldest format that holds it: journals keep the digests of states,
    and those of before must still prove the dossier when it is replayed.
    """
    version = VERSION if instance.scopes else 1
    body: Body = {
        "seed": run.seed,
        "ids": run.ids,
        "done": instance.completed,
        "status": instance.final_status,
        "variables": dict(sorted(instance.variables.items())),
        "trees": [_tree(tree) for tree in instance.trees()],
    }
    if instance.scopes:
        body["scopes"] = {key.hex: [s.fixed, s.own] for key, s in sorted(instance.scopes.items())}
    return _MARK + str(version).encode() + b"\n" + orjson.dumps(body)


def load(definition: Definition, snapshot: bytes) -> tuple[Instance, Body]:
    """The instance behind some bytes, and their body. Raises SnapshotUnreadable."""
    body = body_of(snapshot)
    return revive(definition, body), body


def revive(definition: Definition, body: Body) -> Instance:
    """The instance that a body of the newest format tells of. Raises SnapshotUnreadable."""
    try:
        instance = Instance(definition.plans, definition.process_id, deserializing=True)
        for tree in body["trees"]:
            _restore(instance, tree)
        instance.completed = body["done"]
        instance.final_status = body["status"]
        instance.variables = body["variables"]
        for key, (fixed, own) in body["scopes"].items():
            instance.scopes[UUID(key)] = Scope(fixed=fixed, own=own)
    except (*_MISFITS, SpiffWorkflowException) as error:
        raise SnapshotUnreadable(f"it does not fit the diagram: {error!r:.120}") from error
    return instance


def body_of(snapshot: bytes) -> Body:
    """What some bytes hold, brought forward to the newest format. Raises SnapshotUnreadable."""
    head, _, text = snapshot.partition(b"\n")
    number = head.removeprefix(_MARK)
    if not head.startswith(_MARK) or not number.isdigit():
        raise SnapshotUnreadable("it does not begin with a format version")
    version = int(number)
    try:
        body: Body = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise SnapshotUnreadable("it is damaged") from error
    while version != VERSION:
        if version not in MIGRATIONS:
            raise SnapshotUnreadable(f"its format version {version} is not known here")
        try:
            body, version = MIGRATIONS[version](body), version + 1
        except _MISFITS as error:
            raise SnapshotUnreadable(f"it cannot be brought forward: {error!r:.120}") from error
    return body


def _tree(tree: Any) -> Body:
    rows = {task_id: row for row, task_id in enumerate(tree.tasks)}
    return {
        "in": tree.parent_task_id.hex if tree.parent_task_id else None,
        "tasks": [_row(task, rows) for task in tree.tasks.values()],
    }


def _row(task: Any, rows: dict[UUID, int]) -> list[object]:
    above = None if task.parent is None else rows[task.parent.id]
    return [task.id.hex, above, task.state, task.task_spec.name, task.internal_data]


def _restore(instance: Instance, tree: Body) -> None:
    level = instance
    if tree["in"] is not None:
        around = instance.get_task_from_id(UUID(tree["in"]))
        level = instance.create_subprocess(around, around.task_spec.spec, deserializing=True)
    tasks: list[Any] = []
    for task_id, above, state, name, internal in tree["tasks"]:
        parent = None if above is None else tasks[above]
        spec = level.spec.task_specs[name]
        task = Task(level, spec, parent=parent, state=state, id=UUID(task_id))
        task.internal_data = internal
        tasks.append(task)
    level.task_tree = tasks[0]
