"""Files: their names, and who may take one home."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.rules import FileInQuarantine
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import AUDITOR, can_read
from app.domain.inbox.model import InboxItem
from app.forms import FormDefinition, file_ids
from app.foundation.actor import Actor
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class UnknownFile(NotFound):
    """No file has this name, or it is not the actor's to read."""

    message = lazy_gettext("There is no such file.")


def files_named(session: Session, ids: Iterable[str]) -> Mapping[str, StoredFile]:
    """The files of these names that exist, by name."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted)))
    return {file.id: file for file in found}


def usable_files(session: Session, ids: Iterable[str], actor: Actor) -> frozenset[str]:
    """Those of the ids that are files of the actor's own which nothing has claimed yet."""
    found = files_named(session, ids).values()
    return frozenset(
        file.id
        for file in found
        if file.dossier_id is None
        and file.draft_id is None
        and file.uploaded_by_id == actor.person_id
    )


def files_of_draft(session: Session, draft_id: str) -> Sequence[StoredFile]:
    """Everything uploaded for a draft, oldest first."""
    return session.scalars(
        select(StoredFile)
        .where(StoredFile.draft_id == draft_id)
        .order_by(StoredFile.created_at, StoredFile.id)
    ).all()


def infected_answers(
    session: Session, form: FormDefinition, data: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What to say, by path, of the files named in `data` that are in quarantine."""
    found: dict[str, list[str]] = {}
    named = file_ids(form, data)
    for file in files_named(session, named).values():
        if file.scan is ScanState.INFECTED:
            told = FileInQuarantine(name=file.name, threat=file.threat or "")
            found.setdefault(named[file.id], []).append(str(told))
    return found


def twin_of(session: Session, file: StoredFile) -> StoredFile | None:
    """An earlier file of the same draft with the same content, which is probably a mistake."""
    return session.scalar(
        select(StoredFile)
        .where(
            StoredFile.draft_id == file.draft_id,
            StoredFile.draft_id.is_not(None),
            StoredFile.sent_sha256 == file.sent_sha256,
            StoredFile.id != file.id,
        )
        .order_by(StoredFile.created_at, StoredFile.id)
        .limit(1)
    )


def readable_file(
    session: Session, file_id: str, actor: Actor, drafts: Iterable[str]
) -> StoredFile:
    """The file for whoever may read it; raises UnknownFile, telling nobody else it exists.

    `drafts` are those a visitor's browser has worked on.
    """
    row = session.execute(
        select(StoredFile, Dossier)
        .outerjoin(Dossier, Dossier.id == StoredFile.dossier_id)
        .where(StoredFile.id == file_id)
    ).one_or_none()
    if row is None:
        raise UnknownFile
    file, dossier = row
    allowed = (
        _may_read_paper(session, file, dossier, actor)
        if dossier is not None
        else _may_read_own(file, actor, frozenset(drafts))
    )
    if not allowed:
        raise UnknownFile
    found: StoredFile = file
    return found


def is_for_applicant(file: StoredFile, dossier: Dossier) -> bool:
    """Whether the applicant may see it: results, and what came from his side.

    Working papers of officers (drafts, opinions) are not shown before they are a result.
    """
    own = (None, dossier.owner_id, dossier.submitter_id)
    return file.is_result or file.step is None or file.uploaded_by_id in own


def _may_read_paper(session: Session, file: StoredFile, dossier: Dossier, actor: Actor) -> bool:
    if can_read(dossier, actor, frozenset()) and is_for_applicant(file, dossier):
        return True
    if not actor.is_staff:
        return False
    units = session.scalars(
        select(InboxItem.unit_id).where(InboxItem.dossier_id == dossier.id).distinct()
    )
    involved = frozenset(units) | {dossier.handling_unit_id, dossier.receiving_unit_id}
    return any(seat.role == AUDITOR or seat.unit_id in involved for seat in actor.seats)


def _may_read_own(file: StoredFile, actor: Actor, drafts: frozenset[str]) -> bool:
    """A file that no dossier has yet: its uploader's, or that of a draft of this browser."""
    if file.uploaded_by_id is not None:
        return file.uploaded_by_id == actor.person_id
    return file.draft_id is not None and file.draft_id in drafts
