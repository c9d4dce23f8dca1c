"""`/files`: papers in, papers and results out."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Response, abort, current_app, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from app.actions.store_file import store_file
from app.actions.take_in_file import kept_or_forgotten, take_in
from app.api.auth import authenticated
from app.api.documentation import Room
from app.api.v1.schemas.files import FileSchema, UploadSchema
from app.domain.documents.model import StoredFile
from app.domain.documents.rules import ensure_fetchable
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.scanner import unscanned_pass
from app.queries.file_delivery import BeyondTheEnd, deliver
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
    kept_for = timedelta(days=current_app.config["UPLOADS_KEPT_DAYS"])
    stream = parts["file"].stream
    taken = take_in(parts["file"].filename or "", stream, max_size=limit)
    with kept_or_forgotten(taken), transaction() as session:
        stored = store_file(session, taken, actor=actor, at=now(), kept_for=kept_for)
    return stored, 201, {"Location": url_for("api-files.download", file_id=stored.id)}


@room.route("/<file:file_id>")
@authenticated
@room.problems(403, 409, 416)
@room.response(200, BINARY, content_type="application/octet-stream")
@_harmless
def download(actor: Actor, file_id: str) -> Response:
    """The bytes of a file, or a range of them, always as an attachment.

    403 for what is in quarantine or could not be scanned, 409 while the scanner is looking.
    """
    file = readable_file(db.session(), file_id, actor, drafts=())
    ensure_fetchable(file, actor, unscanned_pass=unscanned_pass())
    try:
        delivery = deliver(file, request.headers.get("Range"))
    except BeyondTheEnd as error:
        raise RequestedRangeNotSatisfiable(error.size) from error
    except FileNotFoundError as error:
        raise UnknownFile from error
    answer = Response(delivery.pieces, 206 if delivery.partial else 200)
    answer.mimetype = delivery.media_type
    answer.headers.update(delivery.headers)
    return answer
