"""Feedback and complaints: anybody may send them, with an account or an e-mail address (R2-14)."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.feedback.send_feedback import send_feedback as send
from app.domain.accounts.emails import normal
from app.domain.feedback.complaint_rules import ANSWER_DAYS, read_message
from app.domain.feedback.complaints import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Concern,
)
from app.domain.procedures.queries import UnknownProcedure, procedure_by_key
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.complaint_pages import units_to_address
from app.web.language import spoken
from app.web.portal.room import blueprint
from app.web.security import feedback_allowed, is_taken, limiter
from app.web.session import current_actor
from app.web.words import word_for

#: What a link from another page may say beforehand.
PREFILLED = ("concern", "dossier", "unit", "procedure")


@blueprint.get("/phan-anh")
def feedback() -> str:
    """The form; a dossier, a procedure or an agency may come with the link."""
    written = {name: request.args.get(name, "").strip()[:80] for name in PREFILLED}
    return _page(written, {})


@blueprint.post("/phan-anh")
@limiter.limit(feedback_allowed, deduct_when=is_taken)
@limiter.limit(feedback_allowed, key_func=lambda: f"feedback:{_sender()}", deduct_when=is_taken)
def send_feedback() -> tuple[str, int] | Response:
    """Keep it; who has an account reads it there, everybody else gets the code by e-mail."""
    actor = current_actor()
    has_account = actor.person_id is not None
    try:
        message = read_message(request.form, has_account=has_account)
        with transaction() as session:
            kept = send(session, message, actor=actor, at=now(), language=spoken())
    except Invalid as error:
        return _page(request.form, error.errors), 422
    if has_account:
        return redirect(url_for("portal.one_of_my_feedback", code=kept.code, sent=1), 303)
    return redirect(url_for("portal.feedback_sent"), 303)


@blueprint.get("/phan-anh/da-gui")
def feedback_sent() -> str:
    """It has arrived; the code comes by e-mail, so that this page says nothing of anybody."""
    return render_template("portal/feedback_sent.html", days=ANSWER_DAYS)


def _sender() -> str:
    """Who sends, for counting."""
    person = current_actor().person_id
    return str(person) if person is not None else normal(request.form.get("email", ""))[:254]


def _page(written: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    session = db.session()
    return render_template(
        "portal/feedback.html",
        written=written,
        concerns=[(one.value, word_for(one)) for one in Concern],
        units=units_to_address(session, local_date(now())),
        procedure_name=_procedure_name(written.get("procedure", "")),
        days=ANSWER_DAYS,
        has_account=current_actor().person_id is not None,
        longest={"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT, "name": LONGEST_NAME},
        errors=errors,
    )


def _procedure_name(key: str) -> str:
    try:
        return procedure_by_key(db.session(), key).name if key else ""
    except UnknownProcedure:
        return ""
