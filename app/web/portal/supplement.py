"""The applicant answers what the office has asked for."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.inbox.rules import ensure_open, is_applicant
from app.domain.people.model import APPLICANT
from app.forms import Kind, SummaryGroup, SummaryRow, summary
from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.staff_pages import TaskPage, UnknownWork, task_page
from app.web.addresses import ITEM
from app.web.facts import due_or_none
from app.web.history import who
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, require_proof
from app.web.tasks import Attempt, attempt, fields_of, task_key
from app.web.uploads import uploads_allowed, without_files

#: What an officer ticked is a list of papers; what he wrote is the reason.
_CHOSEN = frozenset({Kind.CHECKLIST, Kind.TAGLIST})
_WRITTEN = frozenset({Kind.TEXTAREA})


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
    return render_template(
        "portal/supplement.html",
        dossier={"code": page.dossier.code, "procedure_name": page.procedure_name},
        supplement=_asked(page),
        fields=fields_of(page, tried),
        errors=tried.errors if tried else None,
        back_url=url_for("portal.status", code=page.dossier.code),
        task_key=task_key(),
    )


def _asked(page: TaskPage) -> dict[str, Any]:
    """The request as the officer's answers tell it."""
    due_at = due_or_none(page.item.due_at)
    cause = page.cause
    if cause is None:
        return {
            "by": page.handling_unit,
            "at": page.item.opened_at,
            "reason": "",
            "papers": [],
            "due_at": due_at,
        }
    told = cause.payload or {}
    era = page.lineage.at(cause.seq)
    step = era.definition.steps.get(told.get("step", ""))
    form = era.version.forms.get(step.form or "") if step else None
    rows = _flat(summary(form, told.get("data") or {})) if form else []
    kinds = {item.name: item.kind for item in form.inputs} if form else {}
    given = [row for row in rows if row.provided]
    return {
        "by": who(cause),
        "at": cause.at,
        "reason": "\n".join(row.text for row in given if kinds.get(row.name) in _WRITTEN),
        "papers": [
            {"name": line, "note": ""}
            for row in given
            if kinds.get(row.name) in _CHOSEN
            for line in row.lines
        ],
        "due_at": due_at,
    }


def _flat(rows: tuple[SummaryRow | SummaryGroup, ...]) -> list[SummaryRow]:
    found: list[SummaryRow] = []
    for row in rows:
        found += _flat(row.rows) if isinstance(row, SummaryGroup) else [row]
    return found
