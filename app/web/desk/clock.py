"""How the dates of a dossier and its steps are counted, and whose time it was."""

from flask import url_for

from app.foundation.db import db
from app.queries.dossier_pages import dossier_page
from app.web.clock_accounts import accounts_page
from app.web.desk.room import blueprint
from app.web.session import current_actor


@blueprint.get("/viec/ho-so/<code>/thoi-han")
def clock(code: str) -> str:
    """Reception, term and every step."""
    session = db.session()
    return accounts_page(
        session,
        dossier_page(session, code, current_actor()).dossier,
        layout="layouts/desk.html",
        back_url=url_for("desk.dossier", code=code),
        office=True,
        readings=False,
    )
