"""Complete a step: the officer's decision, or the citizen's supplement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.attach_files import attach_files
from app.actions.casework import Casework, open_item
from app.actions.incidents import diagram_runs
from app.actions.keep_answer import forget_answers
from app.actions.repeats import KeyUsedForSomethingElse, fingerprint
from app.domain.dossiers.rules import SupplementAlreadyRequested
from app.domain.dossiers.status import Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.inbox.rules import (
    ensure_mine_to_do,
    ensure_not_withdrawn,
    ensure_open,
    is_applicant,
    may_see,
    seat_used,
)
from app.domain.journal.events import Event
from app.domain.payments.rules import AwaitsPayment
from app.domain.people.model import APPLICANT
from app.engine import Outcome, complete, routing, slip_after
from app.forms import validate
from app.foundation.actor import Actor
from app.foundation.errors import Invalid
from app.foundation.rows import write
from app.queries.answers import prefill
from app.queries.payment_holds import holding_payment


def complete_task(
    session: Session,
    item_id: int,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    uploader: Actor | None = None,
) -> dict[str, Any]:
    """Check the answers, move the dossier on, and say where it stands now.

    `uploader` has brought the files that the answers name, where that is not the actor: the
    platform completes with what an officer has prepared.
    A repeat with the same idempotency `key` by the same person gets the first answer again.
    Raises UnknownTask, TaskAlreadyDone, TaskWithdrawn, TaskTakenByAnother, TaskOfAnotherUnit,
    DossierWithdrawn, FormInvalid, KeyUsedForSomethingElse, AwaitsPayment, FeeUnpaid, DiagramFails,
    and Invalid where the law forbids a second supplement request (spec R2-07).
    """
    item, work = open_item(session, item_id, at)
    digest = fingerprint(data) if key else None
    if _is_repeat(item, work, actor, key, digest):
        return _answer(item, work)
    ensure_mine_to_do(item, work.dossier, actor)
    ensure_not_withdrawn(work.dossier)
    ensure_open(item)
    if holding_payment(session, work.dossier):
        raise AwaitsPayment
    told = _answered(session, item, work, data, uploader or actor)
    with diagram_runs(work.definition, dossier_id=work.dossier.id, at=at):
        outcome = complete(
            work.definition,
            work.process.snapshot,
            item.task_id,
            told["variables"],
            now=at,
            calendar=work.counting,
        )
        told["slip"] = slip_after(work.definition, item.step, outcome.variables)
        _go_on(session, item, work, outcome, told=told, actor=actor, at=at)
    done = {"done_at": at, "done_by_id": actor.person_id, "done_status": work.dossier.status}
    write(session, item, state=ItemState.DONE, done_key=key, done_digest=digest, **done)
    if item.role == APPLICANT:
        forget_answers(session, work.dossier.id, [item.task_id])
    session.flush()
    return _answer(item, work)


def _go_on(
    session: Session,
    item: InboxItem,
    work: Casework,
    outcome: Outcome,
    *,
    told: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> None:
    try:
        advance(
            session,
            work,
            outcome,
            event=Event.TASK_COMPLETED,
            told=told,
            actor=actor,
            seat=seat_used(item, work.dossier, actor),
            at=at,
            done_task=item.task_id,
        )
    except SupplementAlreadyRequested as error:
        raise _at_the_decision(work, item, told["data"], error) from error


def _answer(item: InboxItem, work: Casework) -> dict[str, Any]:
    """What a completion leads to; a repeat is told the same."""
    return {
        "id": item.id,
        "state": item.state.value,
        "code": work.dossier.code,
        "status": int(item.done_status or work.dossier.status),
    }


def _answered(
    session: Session, item: InboxItem, work: Casework, data: Mapping[str, Any], actor: Actor
) -> dict[str, Any]:
    """The checked answers with their files, as the journal will tell them."""
    form = work.version.form(item.form)
    fixed = any(question.fixed for question in form.inputs)
    known = prefill(session, work.dossier, item.form) if fixed else None
    clean = validate(form, data, known=known)
    files = attach_files(
        session,
        form,
        clean,
        dossier=work.dossier,
        step=item.step,
        is_result=work.dossier.status is Status.RESULT_READY,
        actor=actor,
    )
    return {
        "step": item.step,
        "task": item.task_id,
        "data": clean,
        "variables": dict(routing(work.definition, clean)),
        "files": files,
        "on_behalf": item.role == APPLICANT and not is_applicant(work.dossier, actor),
        "due_at": item.due_at.isoformat(),
    }


def _is_repeat(
    item: InboxItem, work: Casework, actor: Actor, key: str | None, digest: bytes | None
) -> bool:
    """Whether the very same request was answered before; raises KeyUsedForSomethingElse."""
    same_key = (
        key is not None
        and item.state is ItemState.DONE
        and item.done_key == key
        and item.done_by_id == actor.person_id
        and may_see(item, work.dossier, actor)
    )
    if same_key and item.done_digest != digest:
        raise KeyUsedForSomethingElse
    return same_key


def _at_the_decision(
    work: Casework, item: InboxItem, data: Mapping[str, Any], error: SupplementAlreadyRequested
) -> Invalid:
    """The refusal as the error of the field in which the decision was taken."""
    read = work.definition.variables & data.keys()
    field = sorted(read)[0] if read else item.step
    return Invalid(errors={field: [str(error)]})
