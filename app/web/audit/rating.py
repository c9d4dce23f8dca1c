"""A rating as an auditor examines it: every point with the facts behind it."""

from flask import render_template, url_for

from app.domain.feedback.criteria import MOST
from app.domain.feedback.rules import NotRated
from app.foundation.db import db
from app.queries.audit_pages import record_of
from app.queries.ratings import rating_of
from app.web.audit.room import blueprint
from app.web.rating_words import rating_view


@blueprint.get("/kiem-tra/<code>/danh-gia")
def rating(code: str) -> str:
    """All eleven criteria; raises NotRated. Whether they hold says the check of the record."""
    session = db.session()
    record = record_of(session, code)
    given = rating_of(session, record.dossier.id)
    if given is None:
        raise NotRated
    return render_template(
        "audit/rating.html",
        code=code,
        procedure_name=record.version.catalogue.name,
        rating=rating_view(given),
        rules=given.rules,
        seq=given.seq,
        most=MOST,
        back_url=url_for("audit.dossier", code=code),
    )
