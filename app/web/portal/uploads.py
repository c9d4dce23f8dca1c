"""Uploads in pieces, for the script of the form pages; without it files come with the form.

`POST /tai-len` announces a file, `PATCH` sends the next piece at `Upload-Offset`, `HEAD` asks where
to go on, `POST …/xong` finishes, `DELETE` cancels. The words follow tus.io, which would bring more
than is needed here.
"""

from typing import Any

from flask import Response, abort, current_app, jsonify, make_response, request, url_for
from sqlalchemy.orm import Session

from app.actions.discard_files import discard_file
from app.actions.receive_upload import (
    PIECE,
    Joined,
    PieceOutOfPlace,
    begin_upload,
    cancel_upload,
    ensure_complete,
    ensure_next,
    ensure_room_for_upload,
    forget_pieces,
    note_piece,
    put_piece,
    settle_upload,
    upload_of,
)
from app.actions.take_in_file import Taken, forget_taken, kept_or_forgotten, take_in
from app.domain.documents.model import StoredFile
from app.domain.documents.rules import is_own
from app.domain.documents.uploads import Upload
from app.domain.dossiers.authorisation import paper_form
from app.domain.inbox.rules import ensure_open, may_see
from app.forms import Field, FormDefinition
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.file_pages import UnknownFile, readable_file, twin_of
from app.queries.staff_pages import UnknownWork, task_page
from app.web.files import listed
from app.web.filters import size_vn
from app.web.form_posts import keep, pattern_of
from app.web.portal.paper import open_paper
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, remembered_drafts
from app.web.uploads import from_officer, uploads_allowed

OFFSET = "Upload-Offset"


@blueprint.post("/tai-len")
@limiter.limit(uploads_allowed, exempt_when=from_officer)
def begin_upload_of_file() -> Response:
    """Announce a file for a question of a draft or of a task."""
    draft_id = request.form.get("draft") or None
    path = request.form.get("field", "")
    field = _form(draft_id).file_fields.get(pattern_of(path)) or _proof(draft_id, path)
    if field is None:
        abort(404)
    size, settings = request.form.get("size", 0, int), current_app.config
    try:
        with transaction() as session:
            if draft_id is not None:
                ensure_room_for_upload(
                    session,
                    draft_id,
                    size,
                    most_files=settings["MAX_DRAFT_FILES"],
                    most_bytes=settings["MAX_DRAFT_BYTES"],
                )
            upload = begin_upload(
                session,
                name=request.form.get("name", ""),
                size=size,
                field=path,
                accept=field.accept,
                draft_id=draft_id,
                actor=current_actor(),
                at=now(),
                max_size=settings["MAX_FILE_SIZE"],
            )
    except Invalid as refusal:
        return _refused(refusal)
    answer = jsonify(url=url_for("portal.send_piece", upload_id=upload.id), piece=PIECE)
    answer.status_code = 201
    return answer


@blueprint.route("/tai-len/<upload_id>", methods=["HEAD"])
def ask_upload(upload_id: str) -> Response:
    """How much has arrived."""
    return _at(_open(db.session(), upload_id).received, 200)


@blueprint.patch("/tai-len/<upload_id>")
def send_piece(upload_id: str) -> Response:
    """The next piece; 409 with the right place for any other."""
    request.max_content_length = PIECE
    offset = request.headers.get(OFFSET, -1, int)
    upload = _open(db.session(), upload_id)
    content = request.get_data(cache=False)
    try:
        ensure_next(upload, offset, len(content))
        put_piece(upload, offset, content)
        with transaction() as session:
            received = note_piece(session, upload_id, offset, len(content))
    except PieceOutOfPlace as refusal:
        return _at(refusal.received, 409)
    return _at(received, 204)


@blueprint.post("/tai-len/<upload_id>/xong")
def finish_upload(upload_id: str) -> Response:
    """Look into what has arrived and keep it; a repeat gets the same file."""
    upload = _open(db.session(), upload_id)
    if upload.file_id is None:
        try:
            ensure_complete(upload)
            file_id = _keep(upload)
            forget_pieces(upload_id)
        except PieceOutOfPlace as refusal:
            return _at(refusal.received, 409)
        except Invalid as refusal:
            with transaction() as session:
                cancel_upload(session, upload)
            return _refused(refusal)
    else:
        file_id = upload.file_id
    return _told(_file(file_id))


@blueprint.delete("/tai-len/<upload_id>")
def cancel(upload_id: str) -> Response:
    """Forget it."""
    with transaction() as session:
        cancel_upload(session, _open(session, upload_id))
    return make_response("", 204)


@blueprint.delete("/tep/<file_id>")
def discard(file_id: str) -> Response:
    """Take back an upload that was not handed in."""
    with transaction() as session:
        actor = current_actor()
        file = readable_file(session, file_id, actor, remembered_drafts())
        if not is_own(file, actor):
            raise UnknownFile
        discard_file(session, file)
    return make_response("", 204)


def _form(draft_id: str | None) -> FormDefinition:
    """The form that asks for it; raises UnknownDraft or UnknownWork for anybody else's."""
    session, actor = db.session(), current_actor()
    if draft_id is not None:
        paper = open_paper(session, draft_id, actor)
        if paper.draft.dossier_id is not None:
            abort(409)
        return paper.form
    page = task_page(session, request.form.get("item", 0, int))
    if not may_see(page.item, page.dossier, actor):
        raise UnknownWork
    ensure_open(page.item)
    return page.form


def _proof(draft_id: str | None, path: str) -> Field | None:
    """An application also asks for the document of whoever acts for somebody else."""
    return paper_form().file_fields.get(path) if draft_id is not None else None


def _open(session: Session, upload_id: str) -> Upload:
    return upload_of(session, upload_id, actor=current_actor(), drafts=remembered_drafts())


def _keep(upload: Upload) -> str:
    """The id of the stored file."""
    limit: int = current_app.config["MAX_FILE_SIZE"]
    taken = take_in(upload.name, Joined(upload), max_size=limit, accept=upload.accept)
    with kept_or_forgotten(taken), transaction() as session:
        first = settle_upload(session, upload.id, taken.id)
        if first is not None:
            return _second(taken, first)
        return keep(
            session,
            taken,
            actor=current_actor(),
            draft_id=upload.draft_id,
            path=upload.field_key,
        )


def _second(taken: Taken, first: str) -> str:
    """Somebody has finished it at the same moment: his file counts."""
    forget_taken(taken)
    return first


def _file(file_id: str) -> StoredFile:
    file = db.session().get(StoredFile, file_id)
    if file is None:
        raise UnknownFile
    return file


def _told(file: StoredFile) -> Response:
    card = listed(file)
    # A visitor's paper for a supplement is known by its id alone until it is handed in.
    nobodys = file.uploaded_by_id is None and file.draft_id is None
    twin = twin_of(db.session(), file)
    notes = [card["kind"], size_vn(card["size"])]
    told: dict[str, Any] = {
        "id": file.id,
        "name": file.name,
        "facts": ", ".join(notes),
        "preview": "" if nobodys else card["preview_url"],
        "url": url_for("portal.file", file_id=file.id),
        "twin": gettext("The same content is already here as “%(name)s”.", name=twin.name)
        if twin
        else "",
    }
    answer = jsonify(told)
    answer.status_code = 201
    return answer


def _refused(refusal: Invalid) -> Response:
    answer = jsonify(message=str(refusal))
    answer.status_code = 422
    return answer


def _at(offset: int, status: int) -> Response:
    answer = make_response("", status)
    answer.headers[OFFSET] = str(offset)
    return answer
