"""The corridor: every run of the engine becomes rows here, and nowhere else.

Status, inbox items, deadlines, promised services and the journal entry follow from one Outcome.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.escalate import settle_escalations
from app.actions.incidents import StepImpossible, Trouble, raise_incident
from app.actions.keep_answer import forget_answers
from app.actions.keep_clocks import entries_of, keep_clocks
from app.actions.payments.follow_run import follow_run
from app.actions.payments.waiting import status_while_waiting
from app.actions.postal.parcels import promise_parcel
from app.actions.record import Entry, record_all
from app.domain.calendars.queries import LoadedEdition, calendar_for
from app.domain.deadlines.alarms import SILENT, next_at
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.rules import StatusImpossible, give_back, goes_back, move_to
from app.domain.dossiers.status import Status
from app.domain.inbox.due import due_of_step, rank_of
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.people.model import APPLICANT
from app.domain.people.queries import person_by_username, unit_by_code
from app.domain.processes.model import ProcessState
from app.engine import OpenTask, Outcome, end
from app.engine.scope import COUNTER
from app.foundation.actor import Actor, Seat
from app.foundation.db import add_rows, table_of
from app.foundation.errors import NotFound
from app.foundation.outbox import OutboxMessage
from app.queries.alarm_plans import is_handed_over, step_alarms
from app.queries.payment_holds import holding_payment

#: Characters of an item's name that can be kept.
_NAME_ROOM = 200

#: Statements of every step, built once.
_WITHDRAW = (
    update(table_of(InboxItem))
    .where(
        InboxItem.dossier_id == bindparam("dossier"),
        InboxItem.task_id.in_(bindparam("tasks", expanding=True)),
        InboxItem.state == ItemState.OPEN,
    )
    .values(state=ItemState.CANCELLED, done_at=bindparam("at"))
)
_SETTLE = (
    update(table_of(Deadline))
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
    task the caller completes himself, hence not cancelled. Where a dossier sent without account
    would have to be supplemented before its reception, it ends instead (spec R3-04). Raises
    StepImpossible, which `diagram_runs` puts in words, and SupplementAlreadyRequested; the caller's
    transaction then undoes everything.
    """
    before = work.dossier.status
    begins = event is Event.DOSSIER_SUBMITTED
    waited = holding_payment(session, work.dossier)
    returned = not begins and goes_back(work.dossier, status_after(outcome))
    if returned:
        outcome = end(work.definition, outcome, status=Status.REFUSED, now=at)
    _move(work, outcome, at, waited, returned=returned)
    if waited is not None:
        session.flush()
    work.process.snapshot = outcome.snapshot
    work.process.state = state_after(outcome)
    work.process.updated_at = at
    _close(session, work, outcome, at, done_task)
    # The clocks come first: a step that opens while the term runs out is urgent at once.
    facts = keep_clocks(session, work, outcome, before=before, at=at)
    opened = [task for task in outcome.open if task.task_id in outcome.opened]
    items = _open_items(session, work, opened, at)
    _watch(session, work, outcome)
    _promise(session, work, outcome, at)
    settle_escalations(session, work, at=at, closed=outcome.closed)
    payload = dict(told) | run_fields(work, outcome, items, returned=returned)
    run = Entry(
        event=event,
        told=payload,
        actor=actor,
        seat=seat,
        before=None if begins else before,
        notices=tuple(task.notice for task in opened if task.notice),
    )
    record_all(session, work, [run, *entries_of(facts)], at=at)
    if outcome.incident:
        found = outcome.incident
        trouble = Trouble(reason=found.code, step=found.step or "", detail=found.detail)
        raise_incident(session, work, trouble, at=at)
    follow_run(session, work, before=before, waited=waited, at=at)
    promise_parcel(session, work, before=before, at=at)


def _move(
    work: Casework, outcome: Outcome, at: datetime, waited: Payment | None, *, returned: bool
) -> None:
    """The status that the diagram leads to; raises StepImpossible."""
    status = status_after(outcome)
    if waited is not None:
        status = status_while_waiting(work.dossier, waited, status)
    if status is None:
        return
    try:
        if returned:
            give_back(work.dossier, at)
        move_to(work.dossier, status, at)
    except StatusImpossible as error:
        newest = [task.step for task in outcome.open if task.task_id in outcome.opened]
        step = (*outcome.ended, *newest)[-1:]
        trouble = Trouble(reason="status", step="".join(step), detail=str(error))
        raise StepImpossible(trouble) from error


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


def run_fields(
    work: Casework,
    outcome: Outcome,
    items: Sequence[tuple[Mapping[str, Any], LoadedEdition]],
    *,
    returned: bool = False,
) -> dict[str, Any]:
    """What every event tells that moves the engine; `items` are those that were opened by it."""
    editions = {work.edition, *(edition for _item, edition in items)}
    return {
        "opened": [
            {
                "task": item["task_id"],
                "step": item["step"],
                "name": item["name"],
                "due_at": item["due_at"].isoformat(),
                "edition": edition.id,
            }
            for item, edition in items
        ],
        "editions": {str(edition.id): edition.hash.hex() for edition in editions},
        "closed": list(outcome.closed),
        "passed": [
            passed.step if passed.state == "completed" else f"-{passed.step}"
            for passed in outcome.trail
        ],
        "status": int(work.dossier.status),
        "state": outcome.digest.hex(),
        "ended": list(outcome.ended),
        "returned": returned,
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
        forget_answers(session, work.dossier.id, left)


def _open_items(
    session: Session,
    work: Casework,
    opened: Iterable[OpenTask],
    at: datetime,
) -> list[tuple[dict[str, Any], LoadedEdition]]:
    """Add an item for each task; gives the rows, each with the edition it was dated with."""
    items = [_item_of(session, work, task, at) for task in opened]
    add_rows(session, InboxItem, [row for row, _edition in items])
    return items


def _item_of(
    session: Session, work: Casework, task: OpenTask, at: datetime
) -> tuple[dict[str, Any], LoadedEdition]:
    """The row of one task; raises StepImpossible where nobody could ever do it."""
    try:
        return _dated_item(session, work, task, at)
    except (NotFound, ValueError) as error:
        detail = str(error) or type(error).__name__
        trouble = Trouble(reason="assignment", step=task.step, detail=detail)
        raise StepImpossible(trouble) from error


def _dated_item(
    session: Session, work: Casework, task: OpenTask, at: datetime
) -> tuple[dict[str, Any], LoadedEdition]:
    unit_id, edition = _place_of(session, work, task, at)
    handed_over = is_handed_over(work.definition, task.step)
    due_at = due_of_step(edition.calendar, task.working_hours, at, handed_over=handed_over)
    planned = step_alarms(work.definition, edition.calendar, task.step, at, due_at)
    row = {
        "dossier_id": work.dossier.id,
        "task_id": task.task_id,
        "step": task.step,
        "name": item_name(task),
        "form": task.form,
        "role": task.roles[0],
        "assignee_id": _assignee_of(session, work, task),
        "state": ItemState.OPEN,
        "rank": rank_of(work.dossier.channel, work.dossier.clock_stage, due_at),
        "opened_at": at,
        "unit_id": unit_id,
        "hours": task.working_hours,
        "due_at": due_at,
        "alarm_at": next_at(planned, SILENT),
        "stage": SILENT,
        "calendar_version_id": edition.id,
    }
    return row, edition


def item_name(task: OpenTask) -> str:
    """Its name, and in a repetition which one it is: “Give an opinion (H27.02)”."""
    if not task.items:
        return task.name
    told = [str(value) for name, value in task.items.items() if name != COUNTER and value]
    which = ", ".join(told) or str(task.items[COUNTER])
    return f"{task.name} ({which})"[:_NAME_ROOM]


def _place_of(
    session: Session, work: Casework, task: OpenTask, at: datetime
) -> tuple[int, LoadedEdition]:
    """The unit of a step, and the edition of the calendar that unit keeps."""
    home = work.dossier.handling_unit_id
    unit_id = home if task.unit is None else unit_by_code(session, task.unit).id
    edition = work.edition if unit_id == home else calendar_for(session, unit_id, at)
    return unit_id, edition


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
            "alarm_at": timer.due_at,
            "stage": 0,
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
