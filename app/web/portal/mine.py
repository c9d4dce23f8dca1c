"""The reader's own dossiers and drafts."""

from dataclasses import asdict

from flask import render_template, url_for

from app.foundation.db import db
from app.queries.citizen_pages import my_dossiers as dossiers_of
from app.queries.citizen_pages import my_drafts
from app.web.addresses import seen_before
from app.web.facts import facts_of, soon
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_login


@blueprint.get("/ho-so-cua-toi")
def my_dossiers() -> str:
    """Drafts on top, then dossiers, newest first."""
    require_login()
    session, person_id = db.session(), current_actor().person_id or 0
    before = seen_before()
    page = dossiers_of(session, person_id, before)
    soon_at = soon(session)
    older = url_for("portal.my_dossiers", before=page.before) if page.before else None
    return render_template(
        "portal/my_dossiers.html",
        drafts=[
            {
                "url": url_for("portal.apply", draft_id=draft.id),
                "procedure_name": name,
                "updated_at": draft.updated_at,
            }
            for draft, name in ([] if before else my_drafts(session, person_id))
        ],
        dossiers=[
            asdict(facts_of(one, procedure_name=name, handling_unit="", soon_at=soon_at))
            | {"url": url_for("portal.status", code=one.code)}
            for one, name in page.rows
        ],
        previous_url=url_for("portal.my_dossiers") if before else None,
        next_url=older,
    )
