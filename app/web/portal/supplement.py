"""The applicant answers what the office has asked for."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.inbox.rules import ensure_open, is_applicant
from app.domain.people.model import APPLICANT
from app.forms import FieldView
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.staff_pages import TaskPage, UnknownWork, task_page
from app.queries.supplements import AskedItem, answer_until, request_of
from app.web.addresses import ITEM
from app.web.facts import due_or_none
from app.web.filters import left_vn
from app.web.history import who
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, require_proof
from app.web.tasks import Attempt, attempt, fields_of, task_key
from app.web.uploads import uploads_allowed, without_files


@blueprint.get(f"/ho-so/<code>/bo-sung/{ITEM}")
def supplement(code: str, item_id: int) -> str:
    """What is missing, and the form for it."""
    page = _open(code, item_id)
    ensure_open(page.item)
    return _page(page, None)


@blueprint.post(f"/ho-so/<code>/bo-sung/{ITEM}")
@limiter.limit(uploads_allowed, exempt_when=without_files)
def answer(code: str, item_id: int) -> tuple[str, int] | Response:
    """Send the supplement."""
    page = _open(code, item_id)
    tried = attempt(page, current_actor())
    if not tried.done:
        return _page(page, tried), 422 if tried.errors else 200
    flash(gettext("Your supplement is sent."), "success")
    return redirect(url_for("portal.status", code=code), 303)


def _open(code: str, item_id: int) -> TaskPage:
    """The applicant's task; raises UnknownWork for anybody else and for every other task."""
    require_proof(code)
    page = task_page(db.session(), item_id)
    mine = page.dossier.code == code and page.item.role == APPLICANT
    if not mine or not is_applicant(page.dossier, current_actor()):
        raise UnknownWork
    return page


def _page(page: TaskPage, tried: Attempt | None) -> str:
    asked = request_of(page)
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
    tasks = [{"item": item, "field": by_name.get(item.key)} for item in asked]
    others = [
        field
        for field in fields
        if field.name not in keys and (not _is_one_paper(field) or field.errors or field.files)
    ]
    return tasks, others


def _is_one_paper(field: FieldView) -> bool:
    """Whether the question is for one paper of the procedure."""
    return field.kind == "filepicker" and field.name.startswith("paper_")
