"""Files as pages list them, and as browsers receive them."""

from typing import Any
from urllib.parse import quote

from flask import Response, url_for

from app.domain.documents.model import StoredFile
from app.forms import FormDefinition
from app.foundation.storage import get_file

#: Short names of what papers may be (see `store_file.ACCEPTED`).
KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


def file_url(file_id: str) -> str:
    """Where a file is taken from."""
    return url_for("portal.file", file_id=file_id)


def listed(file: StoredFile, form: FormDefinition | None = None) -> dict[str, Any]:
    """A file as `components/files.html` draws it; `form` tells which paper it is."""
    return {
        "name": file.name,
        "url": file_url(file.id),
        "size": file.size,
        "kind": KINDS.get(file.media_type, file.media_type),
        "label": _paper(form, file.field_key) if form and file.field_key else "",
    }


def sent(file: StoredFile) -> Response:
    """The bytes, to be saved and never shown inside our pages."""
    answer = Response(get_file(file.id), mimetype=file.media_type)
    plain = "".join(c if c.isascii() and c not in '"\\' else "_" for c in file.name)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _paper(form: FormDefinition, path: str) -> str:
    """The question of the form that asked for it; files in rows of a list go without."""
    return next((item.label for item in form.inputs if item.name == path), "")
