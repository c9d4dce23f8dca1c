"""How many files one address may send, and what is said about them beside a question."""

from flask import current_app, g, request, url_for

from app.foundation.text import gettext
from app.inspection import accepted, listed_kinds
from app.web.session import current_actor


def uploads_allowed() -> str:
    """How many uploads one address may begin, in the words of the limiter."""
    return str(current_app.config["UPLOAD_RATE_LIMIT"])


def from_officer() -> bool:
    """Officers of one counter share an address and scan all day."""
    return current_actor().is_staff


def without_files() -> bool:
    """Whether this post brings none, or comes from an officer."""
    return not uploads_sent() or from_officer()


def uploads_sent() -> int:
    """Files in this post."""
    return sum(1 for upload in request.files.values() if upload.filename)


def upload_rules(accept: str) -> str:
    """What may be uploaded for a question, in words."""
    megabytes = current_app.config["MAX_FILE_SIZE"] // (1024 * 1024)
    kinds = listed_kinds(accepted(accept))
    return gettext("%(kinds)s; at most %(megabytes)s MB each.", kinds=kinds, megabytes=megabytes)


def upload_for(kind: str, number: object) -> None:
    """Let the script of this page upload for a `draft` or for the `item` of an inbox."""
    g.upload_place = {
        "kind": kind,
        "id": number,
        "address": url_for("portal.begin_upload_of_file"),
    }


def upload_place() -> dict[str, str] | None:
    """What files of this page are uploaded for."""
    place: dict[str, str] | None = g.get("upload_place")
    return place


def upload_words() -> dict[str, str] | None:
    """What the script says, in the reader's language; once a page. It fills in {name}."""
    if not upload_place() or "upload_words" in g:
        return None
    g.upload_words = True
    return {
        "uploading": gettext("Uploading {name}"),
        "progress": gettext("{name}: uploaded {percent} %"),
        "checking": gettext("Being checked…"),
        "waiting": gettext("The connection is lost. It goes on by itself as soon as it is back."),
        "done": gettext("{name} is uploaded."),
        "cancel": gettext("Cancel"),
        "cancelled": gettext("{name}: the upload is cancelled."),
        "remove": gettext("Remove"),
        "removed": gettext("{name} is removed."),
        "dismiss": gettext("Dismiss"),
        "failed": gettext("The file could not be uploaded. Choose it again."),
        "tooMany": gettext("Too many files in a short time. Try again in a few minutes."),
        "wait": gettext("The form is sent as soon as the files are uploaded."),
    }
