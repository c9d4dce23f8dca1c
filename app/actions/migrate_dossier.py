"""Let one dossier go on under another version of its procedure; nothing is done or undone by it.

Open tasks keep their numbers, officers, units and due dates, timers their moments, and the legal
term of the dossier is what was promised (spec L-06). The journal names both versions by number and
content, so that a replay crosses over at the same place.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.advance import item_name, run_fields, state_after
from app.actions.casework import Casework, open_dossier
from app.actions.keep_clocks import entries_of, keep_clocks
from app.actions.passage import Crossing, Passage, traveller_of
from app.actions.record import Entry, record_all
from app.actions.version_move import VersionMove
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.processes.model import ProcessState
from app.engine import Outcome
from app.foundation.actor import Actor
from app.queries.damage import RecordDamaged
from app.queries.dossier_pages import UnknownDossier


class Result(Enum):
    """What became of a dossier that should move."""

    MOVED = "moved"  # it runs on the other version now
    THERE = "there"  # it did so before
    NOT_MEANT = "not meant"  # it has come to its end, or runs on a version that is not to be left


def migrate_dossier(
    session: Session, dossier_id: int, move: VersionMove, *, actor: Actor, at: datetime
) -> Result:
    """Move one dossier, or leave it exactly as it is; a repeat does nothing.

    Everything is looked at again under the dossier's lock: it may have gone on since the plan.
    Raises CannotMove with every reason, UnknownDossier, RecordDamaged, and NoCalendar without
    hours.
    """
    work = open_dossier(session, dossier_id, at)
    if work is None or work.dossier.procedure_id != move.procedure_id:
        raise UnknownDossier(code=dossier_id)
    if work.version.id == move.target.id:
        return Result.THERE
    meant = {version.id for version in move.sources}
    if work.process.state is ProcessState.COMPLETED or work.version.id not in meant:
        return Result.NOT_MEANT
    passage = move.passage(work.version, work.dossier.case_key)
    crossing = passage.cross(traveller_of(session, work.dossier, work.process.snapshot))
    _carry_over(session, work, passage, crossing, actor=actor, at=at)
    session.flush()
    return Result.MOVED


def _carry_over(
    session: Session,
    work: Casework,
    passage: Passage,
    crossing: Crossing,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    outcome, before = crossing.moved.outcome, work.process.snapshot
    told: Mapping[str, Any] = {
        "from_version": passage.old.number,
        "from_hash": passage.old.content_hash.hex(),
        "to_version": passage.new.number,
        "version_hash": passage.new.content_hash.hex(),
        "mapping": dict(passage.route.mapping),
        "variables": dict(crossing.variables),
        "state_before": hashlib.sha256(before).hexdigest(),
    }
    work.version = passage.new
    work.dossier.version_id = passage.new.id
    work.process.diagram = passage.case.diagram
    work.process.snapshot = outcome.snapshot
    work.process.state = state_after(outcome)
    work.process.updated_at = at
    _rename_items(session, work, outcome)
    _rename_deadlines(session, work.dossier.id, outcome)
    facts = keep_clocks(session, work, outcome, before=work.dossier.status, at=at)
    payload = {**told, **run_fields(work, outcome, ())}
    run = Entry(event=Event.VERSION_MIGRATED, told=payload, actor=actor)
    record_all(session, work, [run, *entries_of(facts)], at=at)


def _rename_items(session: Session, work: Casework, outcome: Outcome) -> None:
    """Number, officer, unit and due date of the work stay; what it is called may not."""
    tasks = {task.task_id: task for task in outcome.open}
    items = session.scalars(
        select(InboxItem)
        .where(InboxItem.dossier_id == work.dossier.id, InboxItem.state == ItemState.OPEN)
        .execution_options(populate_existing=True)
    ).all()
    if {item.task_id for item in items} != tasks.keys():
        # Somebody has changed rows behind our back; that must be found out first.
        raise RecordDamaged(code=work.dossier.code)
    for item in items:
        task = tasks[item.task_id]
        item.step, item.name = task.step, item_name(task)
        item.form = task.form or item.form


def _rename_deadlines(session: Session, dossier_id: int, outcome: Outcome) -> None:
    steps = {timer.task_id: timer.step for timer in outcome.timers}
    waiting = session.scalars(
        select(Deadline)
        .where(
            Deadline.dossier_id == dossier_id,
            Deadline.kind == DeadlineKind.TIMER,
            Deadline.settled_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )
    for deadline in waiting:
        deadline.step = steps.get(deadline.task_id or "", deadline.step)
