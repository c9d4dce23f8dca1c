"""What a browser posted for a procedure form: uploads are kept at once, answers decoded."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.actions.store_file import ensure_room, store_file
from app.actions.take_in_file import Taken, forget_taken, kept_or_forgotten, take_in
from app.forms import FormDefinition, from_html, stored_files
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.errors import Invalid
from app.queries.file_pages import usable_files

Errors = dict[str, list[str]]

_ROW = re.compile(r"\[\d{1,3}\]")
#: Files taken in with one post; the size of the whole request is limited as well.
MAX_UPLOADS = 50


@dataclass(frozen=True, kw_only=True)
class Uploads:
    """Files that came with this request and were looked into, and why others were refused."""

    taken: list[tuple[str, Taken]] = field(default_factory=list)
    errors: Errors = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Posted:
    """Answers, unchecked, with the ids of their files; `errors` are of refused uploads."""

    data: dict[str, Any]
    errors: Errors


@contextmanager
def taken_uploads(form: FormDefinition) -> Iterator[Uploads]:
    """Look into everything that came; what the block fails to store is forgotten again.

    Done before a transaction is open: looking takes time, and nobody has to wait for it.
    """
    uploads = Uploads()
    for path, upload in _sent(form):
        accept = form.file_fields[pattern_of(path)].accept
        limit: int = current_app.config["MAX_FILE_SIZE"]
        try:
            name = upload.filename or ""
            taken = take_in(name, upload.stream, max_size=limit, accept=accept)
        except Invalid as refusal:
            uploads.errors.setdefault(path, []).append(str(refusal))
        else:
            uploads.taken.append((path, taken))
    with kept_or_forgotten(*(taken for _, taken in uploads.taken)):
        yield uploads


def read_post(
    session: Session,
    form: FormDefinition,
    earlier: Mapping[str, list[str]],
    uploads: Uploads,
    *,
    actor: Actor,
    draft_id: str | None = None,
) -> Posted:
    """Decode this request; `earlier` are the files of former posts by path (`stored_files`)."""
    files = {path: list(ids) for path, ids in earlier.items()}
    errors = {path: list(told) for path, told in uploads.errors.items()}
    for path, ids in _ready(session, form, actor).items():
        known = files.setdefault(path, [])
        known += [one for one in ids if one not in known]
    for path, taken in uploads.taken:
        try:
            stored = keep(session, taken, actor=actor, draft_id=draft_id, path=path)
        except Invalid as refusal:
            forget_taken(taken)
            errors.setdefault(path, []).append(str(refusal))
        else:
            files.setdefault(path, []).append(stored)
    return Posted(data=from_html(form, request.form, files), errors=errors)


def keep(session: Session, taken: Taken, *, actor: Actor, draft_id: str | None, path: str) -> str:
    """The id of the stored file, within the limits of this installation. Raises TooManyFiles."""
    settings = current_app.config
    if draft_id is not None:
        ensure_room(
            session,
            draft_id,
            taken.size,
            most_files=settings["MAX_DRAFT_FILES"],
            most_bytes=settings["MAX_DRAFT_BYTES"],
        )
    kept_for = timedelta(days=settings["UPLOADS_KEPT_DAYS"])
    stored = store_file(
        session, taken, actor=actor, at=now(), draft_id=draft_id, field=path, kept_for=kept_for
    )
    return stored.id


def files_in(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The files of `data` by path, without paths that hold none."""
    return {path: ids for path, ids in stored_files(form, data).items() if ids}


def pattern_of(path: str) -> str:
    """The path without the numbers of rows, as the form knows it: `members[].photo`."""
    return _ROW.sub("[]", path)


def _sent(form: FormDefinition) -> list[tuple[str, FileStorage]]:
    """Path and upload of everything that came for a question of the form."""
    sent = [
        (path, upload)
        for path, uploads in request.files.lists()
        for upload in uploads
        if upload.filename and pattern_of(path) in form.file_keys
    ]
    return sent[:MAX_UPLOADS]


def _ready(session: Session, form: FormDefinition, actor: Actor) -> dict[str, list[str]]:
    """Files that a script has uploaded beforehand: posted by id as `papers-stored`.

    Only those the actor may name, so that a page never shows the name of somebody else's file.
    """
    posted = {
        name.removesuffix("-stored"): request.form.getlist(name)[:MAX_UPLOADS]
        for name in request.form
        if name.endswith("-stored") and pattern_of(name.removesuffix("-stored")) in form.file_keys
    }
    usable = usable_files(session, [one for ids in posted.values() for one in ids], actor)
    return {path: [one for one in ids if one in usable] for path, ids in posted.items()}
