"""The slips of a dossier, printed."""

from flask import Response

from app.domain.journal.queries import entries_of
from app.foundation.db import db
from app.papers import printed
from app.queries.dossier_pages import dossier_page
from app.queries.lineage import lineage_of
from app.queries.slips import agency_above, slip_at
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof
from app.web.slips import slip_of
from app.web.slips.sheets import Source


@blueprint.get("/ho-so/<code>/phieu/<int(max=100000):seq>.pdf")
def slip(code: str, seq: int) -> Response:
    """The slip that this entry of the record has issued, for the applicant and for officers."""
    require_proof(code)
    session = db.session()
    page = dossier_page(session, code, current_actor())
    entries = entries_of(session, page.dossier.id)
    issued = slip_at(entries, seq)
    source = Source(
        page=page,
        first=entries[0],
        lineage=lineage_of(session, page.dossier, entries),
        agency_above=agency_above(session, page.receiving_unit),
        entries=entries,
    )
    answer = Response(printed(slip_of(source, issued)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{code}-{issued.form.value}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
