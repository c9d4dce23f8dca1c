"""What a browser posted for a procedure form: uploads are kept at once, answers decoded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from sqlalchemy.orm import Session

from app.actions.store_file import store_file
from app.forms import FormDefinition, from_html, stored_files
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.errors import Invalid

Errors = dict[str, list[str]]

_ROW = re.compile(r"\[\d{1,3}\]")
#: Files taken in with one post; the size of the whole request is limited as well.
MAX_UPLOADS = 50


@dataclass(frozen=True, kw_only=True)
class Posted:
    """Answers, unchecked, with the ids of their files; `errors` are of refused uploads."""

    data: dict[str, Any]
    errors: Errors


def read_post(
    session: Session,
    form: FormDefinition,
    earlier: Mapping[str, list[str]],
    *,
    actor: Actor,
    draft_id: str | None = None,
) -> Posted:
    """Decode this request; `earlier` are the files of former posts by path (`stored_files`)."""
    files = {path: list(ids) for path, ids in earlier.items()}
    errors: Errors = {}
    for path, name, content in _uploads(form):
        try:
            stored = store_file(
                session,
                name,
                content,
                actor=actor,
                at=now(),
                max_size=current_app.config["MAX_FILE_SIZE"],
                draft_id=draft_id,
            )
        except Invalid as refusal:
            errors.setdefault(path, []).append(str(refusal))
        else:
            files.setdefault(path, []).append(stored.id)
    return Posted(data=from_html(form, request.form, files), errors=errors)


def files_in(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The files of `data` by path, without paths that hold none."""
    return {path: ids for path, ids in stored_files(form, data).items() if ids}


def _uploads(form: FormDefinition) -> list[tuple[str, str, bytes]]:
    """Path, name and bytes of everything that came for a question of the form."""
    sent = [
        (path, upload)
        for path, uploads in request.files.lists()
        for upload in uploads
        if upload.filename and _ROW.sub("[]", path) in form.file_keys
    ]
    return [(path, upload.filename or "", upload.read()) for path, upload in sent[:MAX_UPLOADS]]
