"""Deleting a draft, after a question."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions.discard_draft import discard_draft
from app.actions.draft_dossier import open_draft
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.queries.definitions import loaded_version
from app.queries.file_pages import files_of_draft
from app.web.portal.begun import begun
from app.web.portal.paper import already_sent
from app.web.portal.room import blueprint
from app.web.session import current_actor, remembered_drafts


@blueprint.get("/ho-so-nhap/<draft_id>/xoa")
def ask_to_delete(draft_id: str) -> str | Response:
    """What would be lost."""
    session, actor = db.session(), current_actor()
    draft = open_draft(session, draft_id, actor=actor, remembered=remembered_drafts())
    if sent := already_sent(session, draft):
        return sent
    return render_template(
        "portal/delete_draft.html",
        draft=begun(session, draft, actor),
        files=len(files_of_draft(session, draft_id)),
    )


@blueprint.post("/ho-so-nhap/<draft_id>/xoa")
def delete_draft(draft_id: str) -> Response:
    """Delete it with its files; what was sent meanwhile stays."""
    actor = current_actor()
    with transaction() as session:
        draft = open_draft(session, draft_id, actor=actor, remembered=remembered_drafts())
        if sent := already_sent(session, draft):
            return sent
        key = loaded_version(session, draft.version_id).key
        discard_draft(session, draft)
    flash(gettext("The draft is deleted."), "success")
    if actor.person_id is None:
        return redirect(url_for("portal.procedure", key=key), 303)
    return redirect(url_for("portal.my_dossiers", folder="drafts"), 303)
