"""The corridor: every run of the engine becomes rows here, and nowhere else.

Status, inbox items, deadlines, promised services and the journal entry follow from one Outcome.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.record import record
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.rules import move_to
from app.domain.dossiers.status import Channel, Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.people.model import APPLICANT
from app.domain.people.queries import person_by_username, unit_by_code
from app.domain.processes.model import ProcessState
from app.engine import OpenTask, Outcome
from app.foundation.actor import Actor, Seat
from app.foundation.db import add_rows
from app.foundation.outbox import OutboxMessage
from app.worktime import add_working_hours

#: Due date of a step without hours: after everything else in a queue.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

#: Statements of every step, built once.
_WITHDRAW = (
    update(InboxItem.__table__)  # type: ignore[arg-type] # a mapped class has a Table
    .where(
        InboxItem.dossier_id == bindparam("dossier"),
        InboxItem.task_id.in_(bindparam("tasks", expanding=True)),
        InboxItem.state == ItemState.OPEN,
    )
    .values(state=ItemState.CANCELLED, done_at=bindparam("at"))
)
_SETTLE = (
    update(Deadline.__table__)  # type: ignore[arg-type] # a mapped class has a Table
    .where(
        Deadline.dossier_id == bindparam("dossier"),
        Deadline.task_id.in_(bindparam("tasks", expanding=True)),
        Deadline.settled_at.is_(None),
    )
    .values(settled_at=bindparam("at"))
)


def advance(
    session: Session,
    work: Casework,
    outcome: Outcome,
    *,
    event: Event,
    told: Mapping[str, Any],
    actor: Actor,
    seat: Seat | None,
    at: datetime,
    done_task: str | None = None,
) -> None:
    """Write what an engine run means for the dossier, and its journal entry.

    `told` holds the event's own fields; those every run leaves are added here. `done_task` is the
    task the caller completes himself, hence not cancelled. Raises StatusImpossible and
    SupplementAlreadyRequested; the caller's transaction then undoes everything.
    """
    if status := status_after(outcome):
        move_to(work.dossier, status, at)
    work.process.snapshot = outcome.snapshot
    work.process.state = state_after(outcome)
    work.process.updated_at = at
    _close(session, work, outcome, at, done_task)
    opened = [task for task in outcome.open if task.task_id in outcome.opened]
    _open_items(session, work, opened, at)
    _watch(session, work, outcome)
    _promise(session, work, outcome, at)
    payload = dict(told) | _run_fields(outcome, work.dossier.status)
    record(session, work, event, payload, actor=actor, seat=seat, at=at)
    if outcome.incident:
        trouble = {"reason": outcome.incident.code, "detail": outcome.incident.detail}
        record(session, work, Event.INCIDENT_RAISED, trouble, actor=actor, seat=seat, at=at)


def status_after(outcome: Outcome) -> Status | None:
    """The national status the diagram asks for: that of its end, or of the newest open step."""
    if outcome.finished:
        return Status(outcome.final_status or Status.RETURNED_RESULT)
    told = [task.status for task in outcome.open if task.task_id in outcome.opened and task.status]
    return Status(told[-1]) if told else None


def state_after(outcome: Outcome) -> ProcessState:
    """Whether the diagram runs on."""
    if outcome.incident:
        return ProcessState.INCIDENT
    return ProcessState.COMPLETED if outcome.finished else ProcessState.RUNNING


def due_of(work: Casework, task: OpenTask, at: datetime) -> datetime:
    """When the step is due on the calendar in force; NEVER without hours."""
    if task.working_hours is None:
        return NEVER
    return add_working_hours(work.calendar, at, task.working_hours)


def _run_fields(outcome: Outcome, status: Status) -> dict[str, Any]:
    return {
        "opened": [
            {"task": task.task_id, "step": task.step, "name": task.name}
            for task in outcome.open
            if task.task_id in outcome.opened
        ],
        "closed": list(outcome.closed),
        "passed": [
            passed.step if passed.state == "completed" else f"-{passed.step}"
            for passed in outcome.trail
        ],
        "status": int(status),
        "state": outcome.digest.hex(),
        "ended": list(outcome.ended),
    }


def _close(
    session: Session, work: Casework, outcome: Outcome, at: datetime, done_task: str | None
) -> None:
    """Withdraw items the diagram has left without doing them, and settle timers it dropped."""
    left = [task for task in outcome.closed if task != done_task]
    if left:
        told = {"dossier": work.dossier.id, "tasks": left, "at": at}
        session.connection().execute(_WITHDRAW, told)
        session.connection().execute(_SETTLE, told)


def _open_items(
    session: Session,
    work: Casework,
    opened: Iterable[OpenTask],
    at: datetime,
) -> None:
    rows = [
        {
            "dossier_id": work.dossier.id,
            "task_id": task.task_id,
            "step": task.step,
            "name": task.name,
            "form": task.form,
            "role": task.roles[0],
            "unit_id": _unit_of(session, work, task),
            "assignee_id": _assignee_of(session, work, task),
            "state": ItemState.OPEN,
            "rank": 0 if work.dossier.channel is Channel.ONLINE else 1,
            "opened_at": at,
            "due_at": due_of(work, task, at),
        }
        for task in opened
    ]
    add_rows(session, InboxItem, rows)


def _unit_of(session: Session, work: Casework, task: OpenTask) -> int:
    if task.unit is None:
        return work.dossier.handling_unit_id
    return unit_by_code(session, task.unit).id


def _assignee_of(session: Session, work: Casework, task: OpenTask) -> int | None:
    if APPLICANT in task.roles:
        return work.dossier.submitter_id
    return person_by_username(session, task.assignee).id if task.assignee else None


def _watch(session: Session, work: Casework, outcome: Outcome) -> None:
    rows = [
        {
            "dossier_id": work.dossier.id,
            "kind": DeadlineKind.TIMER,
            "task_id": timer.task_id,
            "step": timer.step,
            "due_at": timer.due_at,
        }
        for timer in outcome.timers
        if timer.task_id in outcome.opened
    ]
    add_rows(session, Deadline, rows)


def _promise(session: Session, work: Casework, outcome: Outcome, at: datetime) -> None:
    """Services run after the commit, from the outbox."""
    rows = [
        {
            "kind": "service",
            "payload": {
                "dossier": work.dossier.id,
                "task": call.task_id,
                "step": call.step,
                "type": call.type,
            },
            "created_at": at,
            "available_at": at,
            "attempts": 0,
        }
        for call in outcome.services
        if call.task_id in outcome.opened
    ]
    add_rows(session, OutboxMessage, rows)
