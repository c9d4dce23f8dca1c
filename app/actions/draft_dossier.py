"""Write an application without sending it."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.documents.model import StoredFile
from app.domain.dossiers.drafts import FIRST_LOOK, DraftWatch
from app.domain.dossiers.model import Draft
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor
from app.foundation.appointments import comes_due
from app.foundation.errors import Conflict, NotFound
from app.foundation.text import lazy_gettext
from app.queries.definitions import current_version


class UnknownDraft(NotFound):
    """There is no such draft, or it is somebody else's."""

    message = lazy_gettext("This application does not exist or belongs to somebody else.")


class DraftAlreadySent(Conflict):
    """It has become a dossier and can no longer be changed."""

    message = lazy_gettext("This application has already been sent.")


def begin_draft(
    session: Session, procedure: Procedure, case_key: str | None, *, actor: Actor, at: datetime
) -> Draft:
    """A new, empty application on the procedure's current version."""
    version = current_version(session, procedure)
    draft = Draft(
        id=secrets.token_hex(16),
        procedure_id=procedure.id,
        version_id=version.id,
        case_key=version.case(case_key).key,
        person_id=actor.person_id,
        applicant={},
        data={},
        created_at=at,
        updated_at=at,
    )
    session.add(draft)
    session.flush()
    session.add(DraftWatch(draft_id=draft.id, look_at=at + FIRST_LOOK))
    session.flush()
    comes_due(session, at + FIRST_LOOK)
    return draft


def open_draft(
    session: Session, draft_id: str, *, actor: Actor, remembered: Collection[str]
) -> Draft:
    """The draft for its writer; raises UnknownDraft, telling nobody else it exists.

    A visitor's draft opens only where it was written, `remembered` being the drafts of this
    browser: its address alone lies in histories and logs, and leads to what was sent.
    """
    draft = session.get(Draft, draft_id)
    if draft is None or not _writes(draft, actor, remembered):
        raise UnknownDraft
    return draft


def lock_draft(session: Session, draft_id: str) -> Draft | None:
    """The draft as it is now, which nobody else changes before the commit; None once it is gone."""
    return session.scalar(
        select(Draft)
        .where(Draft.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _writes(draft: Draft, actor: Actor, remembered: Collection[str]) -> bool:
    if draft.person_id is None:
        return draft.id in remembered
    return draft.person_id == actor.person_id


def adopt_drafts(session: Session, remembered: Collection[str], *, actor: Actor) -> None:
    """Give the unsent drafts a visitor's browser remembers, and their files, to his account."""
    found = session.scalars(
        select(Draft)
        .where(Draft.id.in_(remembered), Draft.person_id.is_(None), Draft.dossier_id.is_(None))
        .order_by(Draft.id)
    ).all()
    for draft in found:
        draft.person_id = actor.person_id
    session.execute(
        update(StoredFile)
        .where(StoredFile.draft_id.in_([draft.id for draft in found]))
        .where(StoredFile.uploaded_by_id.is_(None))
        .values(uploaded_by_id=actor.person_id)
    )


def save_draft(
    session: Session,
    draft: Draft,
    *,
    applicant: Mapping[str, Any],
    data: Mapping[str, Any],
    at: datetime,
) -> Draft:
    """Keep what was typed, right or wrong; drafts are never validated. Raises DraftAlreadySent."""
    if draft.dossier_id is not None:
        raise DraftAlreadySent
    draft.applicant = dict(applicant)
    draft.data = dict(data)
    draft.updated_at = at
    session.flush()
    return draft
