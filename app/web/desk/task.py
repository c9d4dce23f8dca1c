"""One task: read the dossier, decide, complete."""

from datetime import datetime
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app.actions.claim_task import claim_task, release_task
from app.actions.postal.hand_over import OPEN, is_hand_over
from app.domain.calendars.queries import loaded_edition
from app.domain.deadlines.alarms import OVERDUE
from app.domain.deadlines.escalations import has_heard_of
from app.domain.dossiers.rules import AUDITOR, goes_back
from app.domain.dossiers.status import Status
from app.domain.inbox.model import ItemState
from app.domain.inbox.rules import (
    DossierWithdrawn,
    TaskAlreadyDone,
    TaskOfAnotherUnit,
    TaskWithdrawn,
    can_complete,
    ensure_open,
    may_see,
)
from app.domain.people.model import APPLICANT
from app.domain.postal.queries import parcel_of
from app.forms import summary
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.queries.marks import marks_of
from app.queries.staff_pages import TaskPage, task_page
from app.queries.supplements import can_ask
from app.web.addresses import ITEM
from app.web.clock_accounts import running_view
from app.web.desk.room import blueprint
from app.web.diagrams import diagram_file, drawings
from app.web.facts import due_or_none, facts_of, soon
from app.web.files import file_url, listed
from app.web.history import timeline
from app.web.result_returns import label_of, parcel_told
from app.web.session import current_actor
from app.web.tasks import Attempt, attempt, fields_of, is_for_later, task_key
from app.web.time_left import step_standing

#: What is said of work that nobody can do any more.
CLOSED = {ItemState.DONE: TaskAlreadyDone.message, ItemState.CANCELLED: TaskWithdrawn.message}


@blueprint.get(f"/viec/{ITEM}")
def task(item_id: int) -> str:
    """The task with its dossier; superiors who were told that it is late read it, too."""
    return _page(_open_to_read(item_id), None)


@blueprint.post(f"/viec/{ITEM}")
def complete(item_id: int) -> tuple[str, int] | Response:
    """Complete it; on success the dossier moves on and the reader returns to the inbox."""
    page = _open(item_id)
    try:
        tried = attempt(page, current_actor())
    except DossierWithdrawn:
        # It happened while he was writing: the page says so, and what the dossier is now.
        return _page(_open(item_id), None), 409
    if not tried.done:
        ensure_open(page.item)
        return _page(page, tried), 422 if tried.errors else 200
    flash(_done_words(page), "success")
    return redirect(url_for("desk.inbox"), 303)


def _done_words(page: TaskPage) -> str:
    facts = {"step": page.item.name, "code": page.dossier.code}
    if is_for_later():
        return gettext("%(step)s: completes itself when %(code)s is delivered.", **facts)
    return gettext("%(step)s: done for %(code)s.", **facts)


@blueprint.post(f"/viec/{ITEM}/nhan")
def claim(item_id: int) -> Response:
    """Take it upon oneself."""
    with transaction() as session:
        claim_task(session, item_id, actor=current_actor(), at=now())
    return redirect(url_for("desk.task", item_id=item_id), 303)


@blueprint.post(f"/viec/{ITEM}/tra")
def release(item_id: int) -> Response:
    """Give it back to the queue."""
    with transaction() as session:
        release_task(session, item_id, actor=current_actor(), at=now())
    flash(gettext("The task is back in the queue."), "success")
    return redirect(url_for("desk.inbox"), 303)


@blueprint.get(f"/viec/{ITEM}/so-do.bpmn")
@blueprint.get(f"/viec/{ITEM}/so-do/<process>.bpmn")
def diagram(item_id: int, process: str | None = None) -> FlaskResponse:
    """The diagram the dossier runs on, or that of a process it calls."""
    page = _open_to_read(item_id)
    return diagram_file(page.version.diagram_source(page.diagram, process))


def _open(item_id: int) -> TaskPage:
    """The task; raises UnknownWork, and TaskOfAnotherUnit for those whose work it is not."""
    page = task_page(db.session(), item_id)
    if not _is_mine(page):
        raise TaskOfAnotherUnit
    return page


def _open_to_read(item_id: int) -> TaskPage:
    """The same for superiors who were told that the dossier is late: they look on."""
    page, actor = task_page(db.session(), item_id), current_actor()
    if not (_is_mine(page) or has_heard_of(db.session(), actor, page.dossier.id, now())):
        raise TaskOfAnotherUnit
    return page


def _is_mine(page: TaskPage) -> bool:
    return may_see(page.item, page.dossier, current_actor())


def _page(page: TaskPage, tried: Attempt | None) -> str:
    session, actor = db.session(), current_actor()
    soon_at = soon(session)
    doable = can_complete(page.item, page.dossier, actor)
    files = page.files
    return render_template(
        "desk/task.html",
        dossier=facts_of(
            page.dossier,
            procedure_name=page.procedure_name,
            handling_unit=page.handling_unit,
            soon_at=soon_at,
        ),
        task=_task(page, actor, doable=doable) | _due(page, soon_at),
        fields=fields_of(page, tried) if doable else (),
        errors=tried.errors if tried else None,
        rows=summary(
            page.application_form,
            page.dossier.data,
            file_names={file.id: file.name for file in files},
        ),
        file_url=file_url,
        files=[
            listed(file, page.lineage.form_of(file.step, page.dossier.case_key)) for file in files
        ],
        journal=timeline(page.entries, page.lineage, internal=True),
        account=running_view(session, page.dossier, page.entries),
        return_label=label_of(page.entries),
        parcel=parcel_told(page.dossier.status, page.entries),
        clock_url=url_for("desk.clock", code=page.dossier.code),
        drawings=drawings(
            page.definition,
            lambda process: url_for("desk.diagram", item_id=page.item.id, process=process),
            (page.item.step,),
        ),
        marks=marks_of(page.entries, page.lineage).as_dict(),
        audit_url=_audit_url(page, actor),
    )


def _task(page: TaskPage, actor: Actor, *, doable: bool) -> dict[str, Any]:
    item, step = page.item, page.lineage.step(page.item.step)
    shared = item.role != APPLICANT and item.state is ItemState.OPEN and _is_mine(page)
    mine = shared and item.assignee_id == actor.person_id
    return {
        "name": item.name,
        "key": task_key(),
        "role": page.role_names[1 if str(get_locale()) == "en" else 0],
        "unit": page.unit_name,
        "opened_at": item.opened_at,
        "closed": _closed(page),
        "assignee": page.assignee_name or "",
        "mine": mine,
        "can_complete": doable,
        "can_post": doable and _waits_for_post(page),
        "claim_url": _claim_url(item.id) if shared and item.assignee_id is None else None,
        "release_url": url_for("desk.release", item_id=item.id) if mine else None,
        "gives_back": goes_back(page.dossier, Status.SUPPLEMENT_REQUESTED) and can_ask(page.form),
        "legal_basis": _literal(step.legal_basis) if step else "",
        "slip": _literal(step.slip) if step else "",
    }


def _closed(page: TaskPage) -> str:
    """Why nobody can do it any more; empty while it is open."""
    if page.item.state is ItemState.CANCELLED and page.dossier.status is Status.WITHDRAWN:
        return str(DossierWithdrawn.message)
    return str(CLOSED.get(page.item.state, ""))


def _waits_for_post(page: TaskPage) -> bool:
    """Whether the step hands over a result that goes by post."""
    if page.dossier.status is not Status.RESULT_READY or not is_hand_over(page.form):
        return False
    parcel = parcel_of(db.session(), page.dossier.id)
    return parcel is not None and parcel.state in OPEN


def _due(page: TaskPage, soon_at: datetime) -> dict[str, Any]:
    """When it is due, and how much working time is left by the calendar of its unit."""
    item = page.item
    if item.state is not ItemState.OPEN:
        return {"due_at": due_or_none(item.due_at), "overdue": False, "due_soon": False}
    calendar = loaded_edition(db.session(), item.calendar_version_id).calendar
    told = step_standing(calendar, item.due_at, item.rank, at=now(), soon_at=soon_at)
    return told | {"escalated": item.stage > OVERDUE}


def _claim_url(item_id: int) -> str:
    return url_for("desk.claim", item_id=item_id)


def _literal(text: str | None) -> str:
    """What the analyst wrote, unless it is worked out only when the step is done."""
    return "" if text is None or text.startswith("=") else text


def _audit_url(page: TaskPage, actor: Actor) -> str | None:
    if not actor.holds(AUDITOR):
        return None
    return url_for("audit.dossier", code=page.dossier.code)
