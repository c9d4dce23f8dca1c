"""Taking a file home."""

from flask import Response

from app.foundation.db import db
from app.queries.file_pages import UnknownFile, readable_file
from app.web.files import sent
from app.web.portal.room import blueprint
from app.web.security import talisman
from app.web.session import current_actor, remembered_drafts

#: Whatever is in it runs nothing, wherever a browser opens it.
HARMLESS = {"default-src": "'none'", "sandbox": ""}


@blueprint.get("/tep/<file_id>")
@talisman(content_security_policy=HARMLESS)
def file(file_id: str) -> Response:
    """The file, for whoever may read it; for anybody else there is none."""
    found = readable_file(db.session(), file_id, current_actor(), remembered_drafts())
    try:
        return sent(found)
    except FileNotFoundError:
        raise UnknownFile from None
