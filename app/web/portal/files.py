"""Taking a file home."""

from flask import Response

from app.foundation.db import db
from app.queries.file_pages import UnknownFile, readable_file
from app.web.files import sent
from app.web.portal.room import blueprint
from app.web.session import current_actor, remembered_drafts


@blueprint.get("/tep/<file_id>")
def file(file_id: str) -> Response:
    """The file, for whoever may read it; for anybody else there is none."""
    found = readable_file(db.session(), file_id, current_actor(), remembered_drafts())
    try:
        return sent(found)
    except FileNotFoundError:
        raise UnknownFile from None
