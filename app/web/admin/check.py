"""Before it counts: what changes, which dossiers move, and why it is decided."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.save_edition import MAX_DOCUMENT, MAX_REASON, save_edition
from app.domain.calendars.proposing import unconfirmed_years
from app.domain.calendars.reading import checked_content
from app.domain.calendars.rules import CalendarChanged
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.edition_preview import preview_edition
from app.web.admin.draft import Errors, Writing, errors_of, opened
from app.web.admin.room import blueprint
from app.web.session import current_actor

FIELDS = ("reason", "legal_document")


@blueprint.get("/quan-tri/lich/<key>/sua/kiem-tra")
def check(key: str) -> str:
    """The whole effect of the edition, worked out and not done."""
    return _page(opened(db.session(), key), {}, {})


@blueprint.post("/quan-tri/lich/<key>/sua/kiem-tra")
def save(key: str) -> tuple[str, int] | Response:
    """Decide; open dossiers are then dated again in the background."""
    told = {
        "reason": request.form.get("reason", "")[: MAX_REASON + 1],
        "legal_document": request.form.get("legal_document", "")[: MAX_DOCUMENT + 1],
    }
    try:
        number = _save(key, told)
    except CalendarChanged as conflict:
        return _page(opened(db.session(), key), told, {"": [str(conflict)]}), 409
    except Invalid as refusal:
        return _page(opened(db.session(), key), told, errors_of(refusal, FIELDS)), 422
    flash(
        gettext(
            "Edition %(number)s is in force. Open dossiers are being dated again.", number=number
        ),
        "success",
    )
    return redirect(url_for("admin.calendar", key=key), 303)


def _save(key: str, told: dict[str, str]) -> int:
    with transaction() as session:
        writing = opened(session, key)
        edition = save_edition(
            session,
            writing.calendar.id,
            writing.draft.content,
            reason=told["reason"],
            legal_document=told["legal_document"],
            base_id=writing.draft.base_id,
            actor=current_actor(),
            at=now(),
        )
    return edition.number


def _page(writing: Writing, told: dict[str, str], errors: Errors) -> str:
    problems = _problems(writing)
    known: dict[str, Any] = {"preview": None, "unconfirmed": unconfirmed_years(writing.kept)}
    if not problems:
        session = db.session()
        known["preview"] = preview_edition(session, writing.calendar, writing.kept, now())
    return render_template(
        "admin/check.html",
        calendar=writing.calendar,
        writing=writing,
        changes=writing.changes,
        removed=[one for one in writing.changes.days if one.after is None],
        today=local_date(now()),
        told=told,
        errors={**problems, **errors},
        **known,
    )


def _problems(writing: Writing) -> Errors:
    """What keeps the draft from being an edition, whatever its effect on dossiers."""
    try:
        checked_content(writing.draft.content, local_date(now()))
    except Invalid as refusal:
        return errors_of(refusal, ())
    return {}
