"""Ending a process from outside of its diagram: every token is taken off, wherever it stands."""

from dataclasses import replace
from datetime import datetime

from app.engine.clockwork import Run, moment, running
from app.engine.compaction import compact
from app.engine.definition import Definition
from app.engine.elements import is_live
from app.engine.facts import Outcome
from app.engine.report import outcome
from app.engine.snapshot import dump, load
from app.engine.waits import waits_of


def end(definition: Definition, run: Outcome, *, status: int, now: datetime) -> Outcome:
    """The same run, with the process over and that national status as its last one.

    What only began to wait in the run never waited for anybody: it is neither opened nor closed.
    The trail tells what was cancelled. Raises SnapshotUnreadable.
    """
    instance, body = load(definition, run.snapshot)
    before = waits_of(instance).ids
    with running(Run(now=moment(now), seed=body["seed"], ids=body["ids"])) as clockwork:
        for task in instance.live():
            # What lay inside of another has gone with it.
            if is_live(task):
                task.cancel()
        instance.completed = True
        instance.final_status = status
        compact(instance)
        ended = outcome(definition, instance, dump(instance, clockwork), before=before)
    waited = tuple(task_id for task_id in ended.closed if task_id not in run.opened)
    return replace(
        ended, closed=run.closed + waited, trail=run.trail + ended.trail, ended=run.ended
    )
