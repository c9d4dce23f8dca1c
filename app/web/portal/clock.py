"""How the dates of an applicant's dossier are counted, day by day."""

from flask import url_for

from app.foundation.db import db
from app.queries.dossier_pages import dossier_page
from app.web.clock_accounts import accounts_page
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof


@blueprint.get("/ho-so/<code>/thoi-han")
def clock(code: str) -> str:
    """Reception and term, with the days that count and those that do not."""
    require_proof(code)
    session = db.session()
    return accounts_page(
        session,
        dossier_page(session, code, current_actor()).dossier,
        layout="layouts/portal.html",
        back_url=url_for("portal.status", code=code),
        office=False,
        readings=False,
    )
