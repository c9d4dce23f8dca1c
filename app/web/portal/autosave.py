"""Keeping a draft while it is being written: short answers for the page's own script."""

from typing import Any

from flask import request, url_for
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.draft_dossier import UnknownDraft
from app.foundation.actor import Actor
from app.foundation.db import db, transaction
from app.queries.citizen_pages import code_of
from app.web.filters import time_vn
from app.web.portal.keeping import keep_answers
from app.web.portal.paper import Paper, open_paper, open_to_write
from app.web.portal.revisions import is_outdated, revision_of
from app.web.portal.room import blueprint
from app.web.session import current_actor

Answer = tuple[dict[str, Any], int]


@blueprint.post("/ho-so-nhap/<draft_id>/tu-luu")
@blueprint.post("/ho-so-nhap/<draft_id>/phan/<int:number>/tu-luu")
def autosave(draft_id: str, number: int | None = None) -> Answer | Response:
    """Keep what is typed, right or wrong; files go their own way.

    409 where the draft was changed elsewhere meanwhile: then nothing is kept before the writer has
    said which of the two shall stay.
    """
    actor = current_actor()
    try:
        with transaction() as session:
            return _saved(session, draft_id, actor, number)
    except UnknownDraft:
        return _closed()


@blueprint.get("/ho-so-nhap/<draft_id>/tu-luu")
@blueprint.get("/ho-so-nhap/<draft_id>/phan/<int:number>/tu-luu")
def fresh_token(draft_id: str, number: int | None = None) -> Answer:
    """A new token against forgery, for a page that has lain open longer than its own lives."""
    try:
        open_paper(db.session(), draft_id, current_actor(), number)
    except UnknownDraft:
        return _closed()
    return {"csrf_token": generate_csrf()}, 200


def _saved(session: Session, draft_id: str, actor: Actor, number: int | None) -> Answer:
    paper = open_to_write(session, draft_id, actor, number)
    draft = paper.draft
    if draft.dossier_id is not None:
        address = url_for("portal.confirmation", code=code_of(session, draft.dossier_id))
        return {"address": address}, 410
    if is_outdated(draft, paper.place, request.form.get("seen")):
        return _told(paper), 409
    keep_answers(session, paper, actor)
    return _told(paper), 200


def _told(paper: Paper) -> dict[str, Any]:
    draft = paper.draft
    return {"seen": revision_of(draft, paper.place), "at": time_vn(draft.updated_at)}


def _closed() -> Answer:
    """Logged out meanwhile, or never his: what was typed stays on the page."""
    return {}, 403
