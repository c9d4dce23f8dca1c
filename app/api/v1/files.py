"""`/files`: papers in, papers and results out."""

from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

from flask import Response, abort, current_app, request, send_file, url_for
from werkzeug.datastructures import FileStorage

from app.actions.store_file import store_file
from app.api.auth import authenticated
from app.api.documentation import Room
from app.api.v1.schemas.files import FileSchema, UploadSchema
from app.domain.documents.model import StoredFile
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.storage import get_file
from app.queries.file_pages import UnknownFile, readable_file

room = Room("files", "Papers handed in and results handed out.")

View = TypeVar("View", bound=Callable[..., object])
BINARY = {"type": "string", "format": "binary"}


def _harmless(view: View) -> View:
    """Whatever is in a file runs nothing; Flask-Talisman reads this off the view."""
    policy = {"content_security_policy": {"default-src": "'none'", "sandbox": ""}}
    view.talisman_view_options = policy  # type: ignore[attr-defined] # the library's own convention
    return view


@room.before_request
def must_be_multipart() -> None:
    """Refuse any other body with 415 before it is parsed."""
    if request.method == "POST" and request.mimetype != "multipart/form-data":
        abort(415)


@room.route("", methods=["POST"])
@authenticated
@room.problems(400, 413, 415, 422)
@room.arguments(UploadSchema, location="files")
@room.response(201, FileSchema, headers={"Location": {"schema": {"type": "string"}}})
def upload(actor: Actor, parts: dict[str, FileStorage]) -> tuple[StoredFile, int, dict[str, str]]:
    """Upload one paper; name its `id` in the answers of a form to bind it to a dossier."""
    limit: int = current_app.config["MAX_FILE_SIZE"]
    with parts["file"].stream as stream:
        content = stream.read(limit + 1)
    with transaction() as session:
        stored = store_file(
            session, parts["file"].filename or "", content, actor=actor, at=now(), max_size=limit
        )
    return stored, 201, {"Location": url_for("api-files.download", file_id=stored.id)}


@room.route("/<file:file_id>")
@authenticated
@room.problems()
@room.response(200, BINARY, content_type="application/octet-stream")
@_harmless
def download(actor: Actor, file_id: str) -> Response:
    """The bytes of a file, always as an attachment."""
    file = readable_file(db.session(), file_id, actor, drafts=())
    try:
        content = get_file(file.id)
    except FileNotFoundError as error:
        raise UnknownFile from error
    answer = send_file(
        BytesIO(content),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
        etag=False,
        max_age=0,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
