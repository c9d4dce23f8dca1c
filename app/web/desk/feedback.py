"""Feedback and complaints for leaders; whoever they are about sees nothing of them (R2-14)."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.feedback.answer_feedback import answer_feedback as answer
from app.actions.feedback.answer_feedback import take_up_feedback as take_up
from app.domain.feedback.complaint_rules import is_late, read_answer
from app.domain.feedback.complaints import LONGEST_TEXT
from app.domain.people.overseers import OVERSEERS
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid, NotAllowed
from app.foundation.text import gettext
from app.queries.complaint_pages import complaints_for, handled_complaint
from app.web.addresses import seen_before
from app.web.desk.room import blueprint
from app.web.session import current_actor


@blueprint.get("/viec/phan-anh")
def feedback() -> str:
    """What waits for an answer of the reader, or what was answered."""
    actor = current_actor()
    if not any(map(actor.holds, OVERSEERS)):
        raise NotAllowed
    is_open = request.args.get("view") != "answered"
    page = complaints_for(
        db.session(), actor, local_date(now()), is_open=is_open, before=seen_before()
    )
    view = None if is_open else "answered"
    return render_template(
        "desk/feedback.html",
        rows=[(one, unit, is_late(one, now())) for one, unit in page.rows],
        is_open=is_open,
        next_url=url_for("desk.feedback", view=view, before=page.before) if page.before else None,
    )


@blueprint.get("/viec/phan-anh/<code>")
def one_feedback(code: str) -> str:
    """All of it, and what can be done."""
    return _page(code, {}, {})


@blueprint.post("/viec/phan-anh/<code>/xem-xet")
def take_up_feedback(code: str) -> Response:
    """Say that it is looked into."""
    with transaction() as session:
        take_up(session, code, actor=current_actor(), at=now())
    flash(gettext("The sender sees that it is being looked into."), "success")
    return redirect(url_for("desk.one_feedback", code=code), 303)


@blueprint.post("/viec/phan-anh/<code>")
def answer_feedback(code: str) -> tuple[str, int] | Response:
    """Answer."""
    try:
        written = read_answer(request.form)
    except Invalid as error:
        return _page(code, request.form, error.errors), 422
    with transaction() as session:
        answer(session, code, written, actor=current_actor(), at=now())
    flash(gettext("The answer is sent."), "success")
    return redirect(url_for("desk.one_feedback", code=code), 303)


def _page(code: str, written: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    page = handled_complaint(db.session(), code, current_actor())
    return render_template(
        "desk/one_feedback.html",
        page=page,
        late=is_late(page.complaint, now()),
        answer=written.get("answer", ""),
        longest=LONGEST_TEXT,
        errors=errors,
    )
