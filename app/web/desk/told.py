"""Who was told what about a dossier, for officers."""

from flask import url_for

from app.foundation.db import db
from app.queries.dossier_pages import dossier_page
from app.web.desk.room import blueprint
from app.web.session import current_actor
from app.web.told import told_page


@blueprint.get("/viec/ho-so/<code>/thong-bao")
def told(code: str) -> str:
    """Everything, what officers were told and what failed too."""
    session = db.session()
    dossier = dossier_page(session, code, current_actor()).dossier
    return told_page(
        session,
        dossier,
        layout="layouts/desk.html",
        back_url=url_for("desk.dossier", code=code),
        staff=True,
    )
