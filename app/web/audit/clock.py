"""Every deadline of a dossier, counted again under each reading of the law."""

from flask import url_for

from app.foundation.db import db
from app.queries.audit_pages import record_of
from app.queries.damage import damage_told
from app.web.audit.room import blueprint
from app.web.clock_accounts import accounts_page


@blueprint.get("/kiem-tra/<code>/thoi-han")
def clock(code: str) -> str:
    """All clocks with the edition they are counted with, and whose time it was."""
    session = db.session()
    with damage_told(code):
        return accounts_page(
            session,
            record_of(session, code).dossier,
            layout="layouts/desk.html",
            back_url=url_for("audit.dossier", code=code),
            office=True,
            readings=True,
        )
