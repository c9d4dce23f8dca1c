"""One dossier for officers: who works on it, what it waits for outside, and telling it so."""

import re
from datetime import datetime
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.deliver_event import LONGEST, Told, deliver_event
from app.actions.incidents import REASONS
from app.actions.retry_incident import retry_incident
from app.domain.dossiers.rules import AUDITOR, can_tell
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import may_see, stands_in
from app.domain.journal.queries import entries_of, taken_down_by
from app.domain.processes.model import ProcessState
from app.engine import EventWait
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage, dossier_page
from app.queries.incidents import failing_services, failing_timers, incident_of
from app.queries.letter_pages import newest_letter
from app.queries.lineage import lineage_of
from app.queries.marks import marks_of
from app.queries.standing import waiting_steps
from app.queries.succession import succession_of
from app.web.clock_accounts import running_view
from app.web.desk.room import blueprint
from app.web.diagrams import diagram_file, drawings
from app.web.facts import facts_of, soon, step_due
from app.web.history import timeline
from app.web.result_returns import label_of, parcel_told
from app.web.session import current_actor
from app.web.tasks import task_key
from app.web.withdrawals import withdraw_url, withdrawn_view

#: What is written like a number is one, unless it begins with a zero like a telephone number.
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?", re.ASCII)
Errors = dict[str, list[str]]


@blueprint.get("/viec/ho-so/<code>")
def dossier(code: str) -> str:
    """Where it stands."""
    return _page(_open(code), {})


@blueprint.post("/viec/ho-so/<code>")
def tell(code: str) -> tuple[str, int] | Response:
    """Tell it that something it waits for has happened."""
    page = _open(code)
    name = request.form.get("name", "")
    try:
        told = Told(
            kind=request.form.get("kind", ""),
            name=name,
            variables=_brought(page, name),
            reason=_reason(),
        )
        with transaction() as session:
            deliver_event(session, code, told, actor=current_actor(), at=now(), key=task_key())
    except Invalid as error:
        return _page(_open(code), error.errors), 422
    flash(gettext("The dossier knows it now."), "success")
    return redirect(url_for("desk.dossier", code=code), 303)


@blueprint.post("/viec/ho-so/<code>/thu-lai")
def retry(code: str) -> Response:
    """Let what failed be tried again."""
    with transaction() as session:
        retry_incident(session, code, actor=current_actor(), at=now())
    flash(gettext("It is being tried again."), "success")
    return redirect(url_for("desk.dossier", code=code), 303)


@blueprint.get("/viec/ho-so/<code>/so-do.bpmn", endpoint="dossier_diagram")
@blueprint.get("/viec/ho-so/<code>/so-do/<process>.bpmn", endpoint="dossier_diagram")
def diagram(code: str, process: str | None = None) -> FlaskResponse:
    """The diagram the dossier runs on, or that of a process it calls."""
    page = _open(code)
    return diagram_file(page.version.diagram_source(page.process.diagram, process))


def _open(code: str) -> DossierPage:
    return dossier_page(db.session(), code, current_actor())


def _brought(page: DossierPage, name: str) -> dict[str, Any]:
    """What the officer wrote for the variables of the event, empty fields left out."""
    listed = {one for wait in page.waiting if wait.event == name for one in wait.variables}
    written = {one: request.form.get(f"variables.{one}", "").strip() for one in listed}
    return {one: _value(text) for one, text in written.items() if text}


def _value(text: str) -> str | int | float:
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _reason() -> str:
    """Raises Invalid without one: the journal must say how the office knows."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise Invalid(errors={"reason": [gettext("Say what has happened and how you know it.")]})
    return reason


def _page(page: DossierPage, errors: Errors) -> str:
    session, actor = db.session(), current_actor()
    soon_at = soon(session)
    entries = entries_of(session, page.dossier.id)
    units = [item.unit_id for item in page.open_items]
    tried = request.form.get("name") if errors else None
    lineage = lineage_of(session, page.dossier, entries)
    standing = waiting_steps(page.definition, page.process.snapshot)
    marks = marks_of(entries, lineage).with_open(step.id for step in standing)
    return render_template(
        "desk/dossier.html",
        dossier=facts_of(
            page.dossier,
            procedure_name=page.version.catalogue.name,
            handling_unit=page.handling_unit.name,
            soon_at=soon_at,
            taken_down_by=taken_down_by(entries),
        ),
        tasks=[_task(page, item, soon_at) for item in page.open_items],
        waits=[_wait(wait, tried) for wait in _each_once(page.waiting)],
        can_tell=can_tell(page.dossier, actor, units),
        incident=_incident(page),
        retry_url=_retry_url(page),
        withdrawn=withdrawn_view(session, page),
        withdraw_url=withdraw_url(page, actor) if stands_in(page.dossier, actor) else None,
        errors=errors,
        written=request.form if errors else {},
        key=task_key(),
        longest=LONGEST,
        journal=timeline(entries, lineage, internal=True),
        account=running_view(session, page.dossier, entries),
        return_label=label_of(entries),
        parcel=parcel_told(page.dossier.status, entries),
        letter=newest_letter(session, page.dossier.id),
        clock_url=url_for("desk.clock", code=page.dossier.code),
        drawings=drawings(
            page.definition,
            lambda process: url_for(
                "desk.dossier_diagram", code=page.dossier.code, process=process
            ),
            marks.open,
        ),
        marks=marks.as_dict(),
        neighbours=succession_of(session, page.dossier),
        audit_url=url_for("audit.dossier", code=page.dossier.code)
        if actor.holds(AUDITOR)
        else None,
    )


def _task(page: DossierPage, item: InboxItem, soon_at: datetime) -> dict[str, Any]:
    mine = may_see(item, page.dossier, current_actor())
    return {
        "name": item.name,
        "unit": page.unit_names[item.unit_id],
        "url": url_for("desk.task", item_id=item.id) if mine else None,
    } | step_due(item.due_at, soon_at)


def _incident(page: DossierPage) -> str:
    """Why the dossier cannot go on; empty while it can."""
    if page.process.state is not ProcessState.INCIDENT:
        return ""
    found = incident_of(db.session(), page.dossier.id, page.definition)
    told, name = found or ({}, "")
    why = REASONS.get(told.get("reason", ""), REASONS["nothing-open"])
    if not name:
        return gettext("The dossier cannot go on: %(why)s.", why=why)
    return gettext("The dossier cannot go on at “%(name)s”: %(why)s.", name=name, why=why)


def _retry_url(page: DossierPage) -> str | None:
    """Where to have tried again what the platform does by itself, if there is any of it."""
    session, number = db.session(), page.dossier.id
    if page.process.state is not ProcessState.INCIDENT:
        return None
    if failing_timers(session, number, now()) or failing_services(session, number):
        return url_for("desk.retry", code=page.dossier.code)
    return None


def _each_once(waits: tuple[EventWait, ...]) -> list[EventWait]:
    """One of each kind and name: telling is about what happened, not about who waits for it."""
    return list({(wait.kind, wait.event): wait for wait in reversed(waits)}.values())[::-1]


def _wait(wait: EventWait, tried: str | None) -> dict[str, Any]:
    return {
        "kind": wait.kind,
        "event": wait.event,
        "name": wait.name,
        "variables": wait.variables,
        "open": wait.event == tried,
    }
