"""Bind uploaded files to the dossier whose answers name them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.rules import FileInQuarantine
from app.domain.dossiers.model import Dossier
from app.forms import FormDefinition, file_ids
from app.foundation.actor import Actor
from app.foundation.errors import Invalid
from app.foundation.text import gettext


def attach_files(
    session: Session,
    form: FormDefinition,
    data: Mapping[str, Any],
    *,
    dossier: Dossier,
    step: str | None,
    is_result: bool,
    actor: Actor,
    draft_id: str | None = None,
) -> list[dict[str, str]]:
    """Give the dossier every file its answers name; returns what the journal tells of them.

    Raises Invalid at the field for a file that does not exist, belongs to another dossier, or was
    uploaded by somebody else, or is in quarantine. One that waits for the scanner is taken: an
    application does not have to wait for it, and nobody can open the file before.
    """
    named = file_ids(form, data)
    if not named:
        return []
    found = {
        file.id: file
        for file in session.scalars(
            select(StoredFile)
            .where(StoredFile.id.in_(named))
            .order_by(StoredFile.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    told = []
    for file_id, field in named.items():
        file = found.get(file_id)
        if file is None or not _may_use(file, dossier, actor, draft_id):
            raise Invalid(errors={field: [gettext("This file does not exist. Upload it again.")]})
        if file.scan is ScanState.INFECTED:
            refusal = FileInQuarantine(name=file.name, threat=file.threat or "")
            raise Invalid(errors={field: [str(refusal)]})
        file.dossier_id = dossier.id
        file.step = step
        file.field_key = field
        file.is_result = is_result
        told.append({"id": file.id, "name": file.name, "sha256": file.sha256.hex(), "field": field})
    return told


def _may_use(file: StoredFile, dossier: Dossier, actor: Actor, draft_id: str | None) -> bool:
    if file.dossier_id is not None:
        return file.dossier_id == dossier.id
    if file.draft_id is not None:
        return file.draft_id == draft_id
    return file.uploaded_by_id == actor.person_id
