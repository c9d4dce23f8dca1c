"""Letters of apology: those that wait for a leader, and deciding about one."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.decide_apology import approve_apology, reject_apology
from app.actions.draft_apology import draft_apology
from app.actions.edit_apology import edit_apology
from app.domain.apologies.model import LONGEST_NUMBER, LONGEST_REASON
from app.domain.apologies.rules import (
    Decision,
    UnknownLetter,
    Wording,
    can_decide,
    can_edit,
)
from app.domain.people.seats import LEADERS
from app.foundation.clock import LOCAL_ZONE, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.dossier_pages import dossier_page
from app.queries.letter_pages import newest_letter, waiting_letters
from app.web.desk.room import blueprint
from app.web.letters import letter_view
from app.web.session import current_actor

Errors = dict[str, list[str]]


@blueprint.get("/viec/xin-loi")
def letters() -> str:
    """What waits for the reader's approval."""
    actor = current_actor()
    units = {seat.unit_id for seat in actor.seats if seat.role in LEADERS}
    return render_template("desk/letters.html", letters=waiting_letters(db.session(), actor, units))


@blueprint.get("/viec/ho-so/<code>/xin-loi")
def letter(code: str) -> str:
    """The letter as it will be read, and for a leader the choice."""
    return _page(code, {})


@blueprint.post("/viec/ho-so/<code>/xin-loi")
def approve(code: str) -> tuple[str, int] | Response:
    """Send it."""
    decision = Decision(
        reason=request.form.get("reason", "").strip(),
        document=request.form.get("document", "").strip(),
        due_at=_moment(request.form.get("due_at", "")),
    )
    try:
        with transaction() as session:
            approve_apology(session, code, decision, actor=current_actor(), at=now())
    except Invalid as error:
        return _page(code, error.errors), 422
    flash(gettext("The letter is sent, the new date is in force."), "success")
    return redirect(url_for("desk.letter", code=code), 303)


@blueprint.post("/viec/ho-so/<code>/xin-loi/sua")
def edit(code: str) -> tuple[str, int] | Response:
    """Put the draft in other words; deciding stays with a leader who has not."""
    wording = Wording(
        reason=request.form.get("reason", "").strip(),
        due_at=_moment(request.form.get("due_at", "")),
    )
    try:
        with transaction() as session:
            edit_apology(session, code, wording, actor=current_actor(), at=now())
    except Invalid as error:
        return _page(code, error.errors), 422
    flash(gettext("The draft is changed. Now a leader has to decide."), "success")
    return redirect(url_for("desk.letter", code=code), 303)


@blueprint.post("/viec/ho-so/<code>/xin-loi/khong-duyet")
def reject(code: str) -> tuple[str, int] | Response:
    """Keep the old date."""
    reason = request.form.get("rejection", "").strip()
    try:
        with transaction() as session:
            reject_apology(session, code, reason, actor=current_actor(), at=now())
    except Invalid as error:
        return _page(code, error.errors), 422
    flash(gettext("The letter is rejected, the old date stands."), "success")
    return redirect(url_for("desk.letter", code=code), 303)


@blueprint.post("/viec/ho-so/<code>/xin-loi/du-thao")
def draft(code: str) -> Response:
    """Start one by hand."""
    with transaction() as session:
        draft_apology(session, code, actor=current_actor(), at=now())
    flash(gettext("The letter is drafted. Now a leader has to decide."), "success")
    return redirect(url_for("desk.letter", code=code), 303)


def _moment(text: str) -> datetime | None:
    """What a browser sends of a field of day and time, in legal time."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=LOCAL_ZONE)
    except ValueError:
        return None


def _page(code: str, errors: Errors) -> str:
    session, actor = db.session(), current_actor()
    page = dossier_page(session, code, actor)
    found = newest_letter(session, page.dossier.id)
    if found is None:
        raise UnknownLetter
    view = letter_view(page, found)
    written = request.form if errors else {}
    proposed = view.due_at.astimezone(LOCAL_ZONE)
    decides = can_decide(found.row, actor, page.dossier.handling_unit_id)
    units = [item.unit_id for item in page.open_items]
    return render_template(
        "desk/letter.html",
        letter=view,
        rejected_for=found.row.reason,
        can_decide=decides,
        can_edit=not decides and can_edit(found.row, page.dossier, actor, units),
        errors=errors,
        reason=written.get("reason", view.reason),
        document=written.get("document", ""),
        due_at=written.get("due_at", f"{proposed:%Y-%m-%dT%H:%M}"),
        rejection=written.get("rejection", ""),
        longest_reason=LONGEST_REASON,
        longest_number=LONGEST_NUMBER,
    )
