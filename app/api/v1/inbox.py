"""`/inbox`: what waits for the caller, and doing it."""

from typing import Any

from sqlalchemy.exc import DataError

from app.actions.claim_task import claim_task, release_task
from app.actions.complete_task import complete_task
from app.api.auth import authenticated
from app.api.documentation import Room
from app.api.idempotency import PARAMETER, idempotency_key
from app.api.reads.task import task_detail
from app.api.v1.schemas.inbox import (
    AnswersSchema,
    ClaimSchema,
    DoneSchema,
    InboxQuery,
    InboxSchema,
    TaskSchema,
)
from app.domain.dossiers.status import Channel
from app.domain.inbox.model import InboxItem
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.inbox import InboxPage, Wanted, inbox_page

room = Room("inbox", "Tasks of officers and applicants.")


@room.route("")
@authenticated
@room.problems(422)
@room.arguments(InboxQuery, location="query")
@room.response(200, InboxSchema)
def list_tasks(actor: Actor, query: dict[str, Any]) -> InboxPage:
    """What waits for the caller: what is urgent, then by day, online dossiers first in a day."""
    try:
        return inbox_page(
            db.session(),
            actor,
            Wanted(
                mine_only=query["mine"],
                step=query["step"],
                channel=Channel(query["channel"]) if query["channel"] else None,
            ),
            cursor=query["cursor"],
            limit=query["limit"],
        )
    except (OverflowError, DataError) as error:
        # A forged cursor may hold numbers that no column can.
        told = gettext("This page marker is not valid.")
        raise Invalid(errors={"cursor": [told]}) from error


@room.route("/<row:item_id>")
@authenticated
@room.problems()
@room.response(200, TaskSchema)
def read_task(actor: Actor, item_id: int) -> dict[str, Any]:
    """One task with its form, its dossier and what was applied for."""
    return task_detail(db.session(), item_id, actor)


@room.route("/<row:item_id>/claim", methods=["POST"])
@authenticated
@room.problems(403, 409)
@room.response(200, ClaimSchema)
def claim(actor: Actor, item_id: int) -> InboxItem:
    """Take a task upon oneself; taking it twice changes nothing."""
    with transaction() as session:
        return claim_task(session, item_id, actor=actor, at=now())


@room.route("/<row:item_id>/release", methods=["POST"])
@authenticated
@room.problems(403, 409)
@room.response(200, ClaimSchema)
def release(actor: Actor, item_id: int) -> InboxItem:
    """Give a task back to the queue."""
    with transaction() as session:
        return release_task(session, item_id, actor=actor, at=now())


@room.route("/<row:item_id>/complete", methods=["POST"], parameters=[PARAMETER])
@authenticated
@room.problems(400, 403, 409, 413, 415, 422)
@room.arguments(AnswersSchema)
@room.response(200, DoneSchema)
def complete(actor: Actor, body: dict[str, Any], item_id: int) -> dict[str, Any]:
    """Answer the task's form; a repeat with the same key gets the first answer."""
    key = idempotency_key()
    with transaction() as session:
        return complete_task(session, item_id, body["data"], actor=actor, at=now(), key=key)
