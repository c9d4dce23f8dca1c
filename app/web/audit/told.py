"""Who was told what about a dossier, for auditors."""

from flask import url_for

from app.foundation.db import db
from app.queries.audit_pages import record_of
from app.queries.damage import damage_told
from app.web.audit.room import blueprint
from app.web.told import told_page


@blueprint.get("/kiem-tra/<code>/thong-bao")
def told(code: str) -> str:
    """Everything, what officers were told and what failed too."""
    session = db.session()
    with damage_told(code):
        return told_page(
            session,
            record_of(session, code).dossier,
            layout="layouts/desk.html",
            back_url=url_for("audit.dossier", code=code),
            staff=True,
        )
