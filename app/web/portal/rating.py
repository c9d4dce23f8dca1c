"""The applicant rates how a dossier was handled (spec L-14)."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.rate_dossier import rate_dossier
from app.domain.feedback.criteria import ASKED, MOST
from app.domain.feedback.model import LONGEST_COMMENT, Rating
from app.domain.feedback.rules import (
    NotRateable,
    can_rate,
    changeable_until,
    field_of,
    read_opinion,
)
from app.domain.inbox.rules import is_applicant
from app.domain.journal.queries import entries_of
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage, UnknownDossier, dossier_page
from app.queries.rating_facts import computed_criteria
from app.queries.ratings import rating_of
from app.web.portal.room import blueprint
from app.web.rating_words import CRITERIA, line_of, options_of, rating_view
from app.web.session import current_actor, require_proof


@blueprint.get("/ho-so/<code>/danh-gia")
def rating(code: str) -> str:
    """What the record says, and what only the applicant can say."""
    return _page(_open(code), {}, {})


@blueprint.post("/ho-so/<code>/danh-gia")
def rate(code: str) -> tuple[str, int] | Response:
    """Keep the rating."""
    page = _open(code)
    try:
        opinion = read_opinion(request.form)
    except Invalid as error:
        return _page(page, request.form, error.errors), 422
    with transaction() as session:
        rate_dossier(session, code, opinion, actor=current_actor(), at=now(), days=_days())
    flash(gettext("Thank you. Your rating is kept."), "success")
    return redirect(url_for("portal.rating", code=code), 303)


def _days() -> int:
    return int(current_app.config["RATING_DAYS"])


def _open(code: str) -> DossierPage:
    """Raises UnknownDossier for all but the applicant, NotRateable before the end."""
    require_proof(code)
    actor = current_actor()
    page = dossier_page(db.session(), code, actor)
    if not is_applicant(page.dossier, actor):
        raise UnknownDossier(code=code)
    if not can_rate(page.dossier, actor):
        raise NotRateable
    return page


def _page(page: DossierPage, written: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    session, dossier = db.session(), page.dossier
    given = rating_of(session, dossier.id)
    until = changeable_until(given, _days()) if given else None
    computed = computed_criteria(session, dossier, entries_of(session, dossier.id))
    return render_template(
        "portal/rating.html",
        dossier={"code": dossier.code, "procedure_name": page.version.catalogue.name},
        rating=rating_view(given) if given else None,
        most=MOST,
        until=until,
        can_change=until is None or now() <= until,
        computed=[line_of(one.criterion, one.points, one.facts) for one in computed],
        questions=_questions(given, written),
        comment=written.get("comment", (given.comment if given else "") or ""),
        longest_comment=LONGEST_COMMENT,
        errors=errors,
        back_url=url_for("portal.status", code=dossier.code),
    )


def _questions(given: Rating | None, written: Mapping[str, str]) -> list[dict[str, Any]]:
    points = given.points if given else {}
    return [
        {
            "name": field_of(one),
            "label": f"{int(one)}. {CRITERIA[one]}",
            "options": options_of(one),
            "value": written.get(field_of(one), str(points.get(str(int(one)), ""))),
        }
        for one in ASKED
    ]
