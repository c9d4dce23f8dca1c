"""What the applicant was told about his dossier."""

from flask import url_for

from app.foundation.db import db
from app.queries.dossier_pages import dossier_page
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof
from app.web.told import told_page


@blueprint.get("/ho-so/<code>/thong-bao")
def told(code: str) -> str:
    """The messages, to read again."""
    require_proof(code)
    session = db.session()
    return told_page(
        session,
        dossier_page(session, code, current_actor()).dossier,
        layout="layouts/portal.html",
        back_url=url_for("portal.status", code=code),
        staff=False,
    )
