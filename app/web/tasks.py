"""Doing a task from a page: the officer's and the applicant's go the same way."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask import session as memory

from app.actions.complete_task import complete_task
from app.actions.incidents import DiagramFails
from app.actions.postal.hand_over import prepare_hand_over
from app.forms import FieldView, FormDefinition, apply_list_action, initial, view
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.file_pages import files_named
from app.queries.staff_pages import TaskPage
from app.web.files import show_cards
from app.web.form_posts import Errors, Posted, files_in, read_post, taken_uploads
from app.web.uploads import upload_for

#: Tasks whose uploads a session remembers; the cookie is small.
KEPT = 3


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What became of a post: done, or the answers to show again with what is wrong."""

    done: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)


def attempt(page: TaskPage, actor: Actor) -> Attempt:
    """Complete the task with this post; most house errors go to the error page.

    What the reader can mend or do again leaves him on the page, with what he wrote.
    Uploads are kept before the answers are judged, so that nobody chooses a file twice.
    """
    posted = read_answers(page, actor)
    changed = apply_list_action(page.form, posted.data, request.form)
    if changed is not None:
        remember_files(page, changed)
        return Attempt(data=changed)
    if posted.errors:
        remember_files(page, posted.data)
        return Attempt(data=posted.data, errors=posted.errors)
    try:
        _do(page, posted.data, actor)
    except Invalid as refusal:
        remember_files(page, posted.data)
        return Attempt(data=posted.data, errors=refusal.errors or {"": [str(refusal)]})
    except DiagramFails as failure:
        remember_files(page, posted.data)
        return Attempt(data=posted.data, errors={"": [str(failure)]})
    remember_files(page, posted.data if is_for_later() else {})
    return Attempt(done=True)


def is_for_later() -> bool:
    """Whether the answers are kept until a parcel is delivered, see `prepare_hand_over`."""
    return request.form.get("action") == "post"


def _do(page: TaskPage, data: Mapping[str, Any], actor: Actor) -> None:
    number = page.item.id
    with transaction() as session:
        if is_for_later():
            prepare_hand_over(session, number, data, actor=actor, at=now())
            return
        key = request.form.get("task_key", "")[:64] or None
        complete_task(session, number, data, actor=actor, at=now(), key=key)


def fields_of(page: TaskPage, tried: Attempt | None) -> tuple[FieldView, ...]:
    """The form to draw: with what the dossier knows, or as it was posted.

    What people cannot change always comes from the dossier.
    """
    form = page.form
    data = dict(tried.data) if tried else {**initial(form), **page.known}
    fixed = {item.path[0] for item in form.inputs if item.fixed}
    data |= {key: value for key, value in page.known.items() if key in fixed}
    ids = [one for ids in files_in(form, data).values() for one in ids]
    files = files_named(db.session(), ids)
    show_cards(files.values())
    upload_for("item", page.item.id)
    names = {file.id: file.name for file in files.values()}
    return view(form, data, tried.errors if tried else None, file_names=names)


def task_key() -> str:
    """The idempotency key of this page: a second click, or a lost answer, does nothing twice."""
    return request.form.get("task_key") or secrets.token_hex(16)


def read_answers(page: TaskPage, actor: Actor) -> Posted:
    """What was posted for a task, unchecked; its uploads are kept."""
    form: FormDefinition = page.form
    earlier = memory.get("pending", {}).get(str(page.item.id), {})
    with taken_uploads(form) as uploads:
        if uploads.taken:
            with transaction() as session:
                return read_post(session, form, earlier, uploads, actor=actor)
        return read_post(db.session(), form, earlier, uploads, actor=actor)


def remember_files(page: TaskPage, data: Mapping[str, Any]) -> None:
    """Keep the ids of uploads that wait for a task which could not be completed yet."""
    name, files = str(page.item.id), files_in(page.form, data)
    if not files and name not in memory.get("pending", {}):
        return
    others = {key: kept for key, kept in memory.get("pending", {}).items() if key != name}
    pending = [*others.items(), *([(name, files)] if files else [])]
    memory["pending"] = dict(pending[-KEPT:])
