"""Taking a file home, and seeing a small picture of it."""

from flask import Response

from app.domain.documents.model import ScanState, StoredFile
from app.foundation.db import db
from app.queries.file_pages import UnknownFile, readable_file
from app.web.files import preview_of, sent
from app.web.portal.room import blueprint
from app.web.security import talisman
from app.web.session import current_actor, remembered_drafts

#: Whatever is in it runs nothing, wherever a browser opens it.
HARMLESS = {"default-src": "'none'", "sandbox": ""}


@blueprint.get("/tep/<file_id>")
@talisman(content_security_policy=HARMLESS)
def file(file_id: str) -> Response:
    """The file, for whoever may read it; for anybody else there is none."""
    found = _readable(file_id)
    try:
        return sent(found)
    except FileNotFoundError:
        raise UnknownFile from None


@blueprint.get("/tep/<file_id>/anh-nho")
@talisman(content_security_policy=HARMLESS)
def preview(file_id: str) -> Response:
    """A small picture of a picture, for whoever may read it."""
    found = _readable(file_id)
    if not found.has_preview or found.scan is ScanState.INFECTED:
        raise UnknownFile
    try:
        return preview_of(found)
    except FileNotFoundError:
        raise UnknownFile from None


def _readable(file_id: str) -> StoredFile:
    return readable_file(db.session(), file_id, current_actor(), remembered_drafts())
