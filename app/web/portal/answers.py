"""A supplement that is being written: kept as a draft until it is sent."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, flash, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.actions.keep_answer import keep_answer
from app.domain.inbox.answers import AnswerChangedElsewhere, AnswerDraft, answer_of, revision_of
from app.domain.inbox.rules import TaskAlreadyDone, TaskWithdrawn, is_applicant
from app.domain.people.model import APPLICANT
from app.forms import initial, place_files
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.queries.file_pages import usable_files
from app.queries.staff_pages import TaskPage, UnknownWork, task_page
from app.web.addresses import ITEM
from app.web.filters import time_vn
from app.web.form_posts import files_in
from app.web.portal.room import blueprint
from app.web.session import LogInFirst, ProveItFirst, current_actor, require_proof
from app.web.tasks import Attempt, read_answers, remember_files

Answer = tuple[dict[str, Any], int]


@blueprint.post(f"/ho-so/<code>/bo-sung/{ITEM}/tu-luu")
def save_answer(code: str, item_id: int) -> Answer | Response:
    """Keep what is typed, for the page's script; answers as the drafts of applications do."""
    try:
        page = open_asked(code, item_id)
        draft = keep(page, read_answers(page, current_actor()).data)
    except (ProveItFirst, LogInFirst):
        return {}, 403
    except (TaskAlreadyDone, TaskWithdrawn) as over:
        return {"address": leave(code, over)}, 410
    except AnswerChangedElsewhere as other:
        return _told(other.draft), 409
    return _told(draft), 200


@blueprint.get(f"/ho-so/<code>/bo-sung/{ITEM}/tu-luu")
def answer_token(code: str, item_id: int) -> Answer:
    """A new token against forgery, for a page that has lain open longer than its own lives."""
    try:
        open_asked(code, item_id)
    except (ProveItFirst, LogInFirst):
        return {}, 403
    return {"csrf_token": generate_csrf()}, 200


def open_asked(code: str, item_id: int) -> TaskPage:
    """The applicant's task; raises UnknownWork for anybody else and for every other task."""
    require_proof(code)
    page = task_page(db.session(), item_id)
    mine = page.dossier.code == code and page.item.role == APPLICANT
    if not mine or not is_applicant(page.dossier, current_actor()):
        raise UnknownWork
    return page


def leave(code: str, over: TaskAlreadyDone | TaskWithdrawn) -> str:
    """Where the reader goes whose request is over, with a word on the way."""
    answered = gettext("This request has been answered already: this is where the dossier stands.")
    ended = gettext("This request has ended, and nothing can be sent for it any more.")
    if isinstance(over, TaskAlreadyDone):
        flash(answered, "success")
    else:
        flash(ended, "error")
    return url_for("portal.status", code=code)


def keep(page: TaskPage, data: Mapping[str, Any]) -> AnswerDraft:
    """Keep these answers as the reader's draft; raises as `keep_answer` does."""
    files = [one for ids in files_in(page.form, data).values() for one in ids]
    with transaction() as session:
        return keep_answer(
            session,
            page.item.id,
            data,
            files,
            seen=request.form.get("seen"),
            kept_for=timedelta(days=current_app.config["UPLOADS_KEPT_DAYS"]),
            actor=current_actor(),
            at=now(),
        )


def begun(page: TaskPage) -> Attempt | None:
    """The reader's draft to go on with, if any; uploads that are gone are left out."""
    draft = answer_of(db.session(), page.item.id, current_actor())
    if draft is None:
        return None
    data = {**initial(page.form), **page.known, **draft.data}
    named = files_in(page.form, data)
    kept = usable_files(
        db.session(), [one for ids in named.values() for one in ids], current_actor()
    )
    known = kept | {file.id for file in page.files}
    left = {path: [one for one in ids if one in known] for path, ids in named.items()}
    data = place_files(page.form, data, left)
    remember_files(page, data)
    return Attempt(data=data)


def _told(draft: AnswerDraft) -> dict[str, Any]:
    return {"seen": revision_of(draft), "at": time_vn(draft.updated_at)}
