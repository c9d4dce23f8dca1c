"""The applicant answers what the office has asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.inbox.answers import AnswerChangedElsewhere, answer_of, revision_of
from app.domain.inbox.rules import TaskAlreadyDone, TaskWithdrawn, ensure_open
from app.forms import FieldView
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.staff_pages import TaskPage
from app.queries.supplements import AskedItem, answer_until, request_of
from app.web.addresses import ITEM
from app.web.facts import due_or_none
from app.web.filters import left_vn
from app.web.history import who
from app.web.portal.answers import begun, keep, leave, open_asked
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor
from app.web.tasks import Attempt, attempt, fields_of, read_answers, remember_files, task_key
from app.web.uploads import uploads_allowed, without_files


@blueprint.get(f"/ho-so/<code>/bo-sung/{ITEM}")
def supplement(code: str, item_id: int) -> str | Response:
    """What is missing, and the form for it; the dossier, once nothing is missing any more."""
    page = open_asked(code, item_id)
    try:
        ensure_open(page.item)
    except (TaskAlreadyDone, TaskWithdrawn) as over:
        return redirect(leave(code, over), 303)
    return _page(page, begun(page))


@blueprint.post(f"/ho-so/<code>/bo-sung/{ITEM}")
@limiter.limit(uploads_allowed, exempt_when=without_files)
def answer(code: str, item_id: int) -> tuple[str, int] | Response:
    """Send the supplement, or keep it for later."""
    page = open_asked(code, item_id)
    try:
        if request.form.get("action") == "save":
            return _save(page)
        tried = attempt(page, current_actor())
    except (TaskAlreadyDone, TaskWithdrawn) as over:
        return redirect(leave(code, over), 303)
    if not tried.done:
        return _page(page, tried), 422 if tried.errors else 200
    flash(gettext("Your supplement is sent."), "success")
    return redirect(url_for("portal.status", code=code), 303)


def _save(page: TaskPage) -> tuple[str, int] | Response:
    """Keep what is typed and chosen, right or wrong, and come back to the page."""
    ensure_open(page.item)
    posted = read_answers(page, current_actor())
    remember_files(page, posted.data)
    try:
        keep(page, posted.data)
    except AnswerChangedElsewhere as other:
        tried = Attempt(data=posted.data, errors=posted.errors | {"": [str(other)]})
        return _page(page, tried), 409
    if posted.errors:
        return _page(page, Attempt(data=posted.data, errors=posted.errors)), 422
    flash(gettext("Your answer is saved. Nothing is sent yet."), "success")
    return redirect(request.path, 303)


def _page(page: TaskPage, tried: Attempt | None) -> str:
    asked, draft = request_of(page), answer_of(db.session(), page.item.id, current_actor())
    fields = fields_of(page, tried)
    until = answer_until(db.session(), page) or due_or_none(page.item.due_at)
    tasks, others = _tasks(asked.items, fields)
    return render_template(
        "portal/supplement.html",
        dossier={"code": page.dossier.code, "procedure_name": page.procedure_name},
        supplement={
            "by": who(page.cause) if page.cause else page.handling_unit,
            "at": page.cause.at if page.cause else page.item.opened_at,
            "reason": asked.reason,
            "until": until,
            "left": left_vn(until - now()) if until else "",
        },
        tasks=tasks,
        others=others,
        fields=fields,
        errors=tried.errors if tried else None,
        back_url=url_for("portal.status", code=page.dossier.code),
        task_key=task_key(),
        seen=revision_of(draft),
        saved_at=draft.updated_at if draft else None,
        autosave_url=url_for("portal.save_answer", code=page.dossier.code, item_id=page.item.id),
    )


def _tasks(
    asked: Sequence[AskedItem], fields: Sequence[FieldView]
) -> tuple[list[dict[str, Any]], list[FieldView]]:
    """Each item with the question that answers it; then the questions that are about all of them.

    Papers nobody has asked for are left out, so that nothing has to be searched for. What is wrong
    with one is shown all the same.
    """
    if not asked:
        return [], list(fields)
    by_name = {field.name: field for field in fields if field.kind == "filepicker"}
    keys = {item.key for item in asked}
    tasks = [{"item": item, "field": _asked_for(by_name.get(item.key))} for item in asked]
    others = [
        field
        for field in fields
        if field.name not in keys and (not _is_one_paper(field) or field.errors or field.files)
    ]
    return tasks, others


def _asked_for(field: FieldView | None) -> FieldView | None:
    """What the office asks for is not called optional, though it may come on paper."""
    return replace(field, optional=False) if field else None


def _is_one_paper(field: FieldView) -> bool:
    """Whether the question is for one paper of the procedure."""
    return field.kind == "filepicker" and field.name.startswith("paper_")
