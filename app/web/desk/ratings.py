"""How applicants rate what the reader's units have settled; his own work is left out."""

from flask import render_template, url_for

from app.domain.feedback.criteria import MOST
from app.domain.people.overseers import OVERSEERS
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.foundation.errors import NotAllowed
from app.queries.rating_pages import ratings_for
from app.web.addresses import seen_before
from app.web.desk.room import blueprint
from app.web.rating_words import rating_view
from app.web.session import current_actor


@blueprint.get("/viec/danh-gia")
def ratings() -> str:
    """The newest dossiers first."""
    actor = current_actor()
    if not any(map(actor.holds, OVERSEERS)):
        raise NotAllowed
    page = ratings_for(db.session(), actor, local_date(now()), seen_before())
    return render_template(
        "desk/ratings.html",
        rows=[(rating_view(one.rating), one.procedure_name, one.unit_name) for one in page.rows],
        most=MOST,
        next_url=url_for("desk.ratings", before=page.before) if page.before else None,
    )
