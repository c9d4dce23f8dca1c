"""The letter in which the office apologises and names a new date."""

from flask import render_template

from app.domain.apologies.rules import UnknownLetter
from app.foundation.db import db
from app.queries.dossier_pages import dossier_page
from app.queries.letter_pages import newest_letter
from app.web.letters import letter_view
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof


@blueprint.get("/ho-so/<code>/xin-loi")
def letter(code: str) -> str:
    """Form 04, to read and to print."""
    require_proof(code)
    session = db.session()
    page = dossier_page(session, code, current_actor())
    found = newest_letter(session, page.dossier.id, approved=True)
    if found is None:
        raise UnknownLetter
    return render_template("portal/letter.html", letter=letter_view(page, found))
