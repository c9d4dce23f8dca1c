"""Do what committed transactions have promised: the service tasks waiting in the outbox."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import Casework, open_dossier
from app.actions.incidents import GIVE_UP_AFTER, diagram_runs, raise_incident, trouble_of
from app.actions.services import HANDLERS
from app.domain.journal.events import Event
from app.domain.processes.model import ProcessState
from app.engine import TaskNotOpen, finish_service, routing
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.foundation.db import table_of
from app.foundation.due import DueRows
from app.foundation.outbox import OutboxMessage

#: A failed service is tried again after 2, 4, 8, 16 seconds, then every quarter of an hour.
MAX_DELAY = timedelta(minutes=15)

#: What was promised and is not done.
DUE_MESSAGES = DueRows(
    number=OutboxMessage.id,
    instant=OutboxMessage.available_at,
    waiting=(OutboxMessage.done_at.is_(None),),
)


#: Unless somebody else has done or postponed it meanwhile.
_DONE = (
    update(table_of(OutboxMessage))
    .where(
        OutboxMessage.id == bindparam("message"),
        OutboxMessage.done_at.is_(None),
        OutboxMessage.available_at <= bindparam("at"),
    )
    .values(done_at=bindparam("at"))
)


def perform_service(session: Session, message_id: int, *, at: datetime) -> bool:
    """Run one promised service and move its dossier on; False when somebody else is at it.

    The handler, the move and the tick on the message are one transaction: all or nothing. The
    message is ticked under the dossier's lock, so that nobody else can do it at the same time.
    Raises DiagramFails, and whatever the handler raises.
    """
    message = session.get(OutboxMessage, message_id)
    if message is None or message.done_at is not None:
        return False
    call = message.payload
    work = open_dossier(session, call["dossier"], at, skip_locked=True)
    if work is None:
        return False
    if not session.connection().execute(_DONE, {"message": message_id, "at": at}).rowcount:
        return False
    _finish(session, work, call, at)
    session.flush()
    return True


def _finish(session: Session, work: Casework, call: dict[str, str], at: datetime) -> None:
    if work.process.state is ProcessState.COMPLETED:
        # The diagram has ended, or the applicant has withdrawn: the handler must not act any more.
        return
    given = HANDLERS[call["type"]](session, work, at)
    variables = routing(work.definition, given)
    with suppress(TaskNotOpen), diagram_runs(work.definition, dossier_id=None, at=at):
        # Where the diagram has left the step meanwhile, the promise is void.
        outcome = finish_service(
            work.definition,
            work.process.snapshot,
            call["task"],
            variables,
            now=at,
            calendar=work.counting,
        )
        advance(
            session,
            work,
            outcome,
            event=Event.SERVICE_COMPLETED,
            told={
                # By its name of today: the dossier may have moved to another version meanwhile.
                "step": next(one.step for one in outcome.trail if one.task_id == call["task"]),
                "task": call["task"],
                "type": call["type"],
                "variables": dict(variables),
                "data": dict(given),
            },
            actor=SYSTEM,
            seat=None,
            at=at,
            done_task=call["task"],
        )


def postpone_service(session: Session, message_id: int, reason: str, *, at: datetime) -> int:
    """Note a failure and wait longer before each further attempt; returns how many failed."""
    message = session.get(OutboxMessage, message_id)
    if message is None or message.done_at is not None:
        return 0
    message.attempts += 1
    message.last_error = reason[:400]
    message.available_at = at + _delay(message.attempts)
    comes_due(session, message.available_at)
    session.flush()
    return message.attempts


def _delay(attempts: int) -> timedelta:
    if attempts >= GIVE_UP_AFTER:
        return MAX_DELAY
    return timedelta(seconds=2.0**attempts)


def give_up_service(session: Session, message_id: int, error: Exception, *, at: datetime) -> None:
    """Raise an incident for a service that fails again and again."""
    message = session.get(OutboxMessage, message_id)
    if message is None or message.done_at is not None:
        return
    call = message.payload
    if work := open_dossier(session, call["dossier"], at):
        trouble = trouble_of(error, reason="service", step=call["step"])
        raise_incident(session, work, trouble, at=at)
