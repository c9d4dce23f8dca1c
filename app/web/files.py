"""Files as pages list them, and as browsers receive them."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, g, request, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.rules import ensure_fetchable, is_fetchable
from app.domain.dossiers.authorisation import PAPER
from app.forms import FormDefinition
from app.foundation.scanner import unscanned_pass
from app.foundation.storage import get_file
from app.foundation.text import gettext
from app.inspection import accepted, kind_of
from app.queries.file_delivery import BeyondTheEnd, deliver
from app.web.session import current_actor
from app.web.uploads import upload_place, upload_rules, upload_words


def init_app(app: Flask) -> None:
    """Give every template what it needs to draw files."""
    app.jinja_env.globals["file_card"] = _card
    app.jinja_env.globals["upload_place"] = upload_place
    app.jinja_env.globals["upload_words"] = upload_words
    app.jinja_env.filters["acceptable"] = acceptable
    app.jinja_env.filters["upload_rules"] = upload_rules


def file_url(file_id: str) -> str:
    """Where a file is taken from."""
    return url_for("portal.file", file_id=file_id)


def listed(file: StoredFile, form: FormDefinition | None = None) -> dict[str, Any]:
    """A file as `components/files.html` draws it; `form` tells which paper it is."""
    kind = kind_of(file.media_type)
    reader = current_actor()
    shown = file.has_preview and file.scan is not ScanState.INFECTED
    return {
        "id": file.id,
        "name": file.name,
        "url": file_url(file.id),
        "size": file.size,
        "kind": kind.name if kind else file.media_type,
        "label": _paper(form, file.field_key) if form and file.field_key else "",
        "fetchable": is_fetchable(file, reader, unscanned_pass=unscanned_pass()),
        "scan": file.scan.value,
        "threat": file.threat or "",
        "sha256": file.sha256.hex(),
        "rewritten": file.sha256 != file.sent_sha256,
        "preview_url": url_for("portal.preview", file_id=file.id) if shown else "",
    }


def show_cards(files: Iterable[StoredFile]) -> None:
    """Let the form of this page show size, picture and state of these files."""
    known = g.setdefault("file_cards", {})
    first: dict[bytes, StoredFile] = {}
    for file in files:
        twin = first.setdefault(file.sent_sha256, file)
        known[file.id] = listed(file) | {"twin": "" if twin is file else twin.name}


def acceptable(accept: str) -> str:
    """HTML's `accept` for a question: what its form asks for, as far as the house takes it."""
    return ",".join(ending for kind in accepted(accept) for ending in kind.endings)


def sent(file: StoredFile) -> Response:
    """The bytes, or the span asked for, to be saved and never shown inside our pages.

    Raises FileInQuarantine, FileAwaitsScan or FileNotScanned for what the reader must not open,
    and FileNotFoundError.
    """
    ensure_fetchable(file, current_actor(), unscanned_pass=unscanned_pass())
    try:
        delivery = deliver(file, request.headers.get("Range"))
    except BeyondTheEnd as error:
        raise RequestedRangeNotSatisfiable(error.size) from error
    answer = Response(delivery.pieces, 206 if delivery.partial else 200)
    answer.mimetype = delivery.media_type
    answer.headers.update(delivery.headers)
    return answer


def preview_of(file: StoredFile) -> Response:
    """The small picture, drawn by us and shown in our pages. Raises FileNotFoundError."""
    answer = Response(get_file(file.preview_key), mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _card(file_id: str) -> dict[str, Any] | None:
    card: dict[str, Any] | None = g.get("file_cards", {}).get(file_id)
    return card


def _paper(form: FormDefinition, path: str) -> str:
    """The question of the form that asked for it; files in rows of a list go without."""
    if path == PAPER:
        return gettext("Document of authorisation")
    return next((item.label for item in form.inputs if item.name == path), "")
