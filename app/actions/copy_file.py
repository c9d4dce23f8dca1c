"""Hand a stored file to a draft as well: the same bytes and digests, under a name of its own."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions.store_file import promise
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import ErrandKind
from app.domain.dossiers.model import Draft
from app.foundation.scanner import scanner_wanted
from app.foundation.storage import copy_file

#: A copy that no dossier has claimed by then is swept.
KEPT_FOR = timedelta(days=30)


def copied(session: Session, file: StoredFile, draft: Draft, *, at: datetime) -> StoredFile | None:
    """The copy, in the same place of the draft's answers; None for one in quarantine or lost.

    What the scanner has found clean stays so; any other is scanned anew. The caller forgets the
    bytes of the copy where its row cannot be kept.
    """
    if file.scan is ScanState.INFECTED:
        return None
    name = secrets.token_hex(16)
    try:
        copy_file(file.id, name)
    except FileNotFoundError:
        return None
    clean = file.scan is ScanState.CLEAN
    unseen = ScanState.PENDING if scanner_wanted() else ScanState.UNSCANNED
    copy = StoredFile(
        id=name,
        draft_id=draft.id,
        uploaded_by_id=draft.person_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        sent_sha256=file.sent_sha256,
        has_preview=_preview(file, name),
        field_key=file.field_key,
        created_at=at,
        scan=ScanState.CLEAN if clean else unseen,
        scanned_at=file.scanned_at if clean else None,
        scanner=file.scanner if clean else None,
    )
    session.add(copy)
    session.flush()
    if copy.scan is ScanState.PENDING:
        promise(session, ErrandKind.SCAN, copy.id, at)
    promise(session, ErrandKind.SWEEP_FILE, copy.id, at + KEPT_FOR)
    return copy


def _preview(file: StoredFile, name: str) -> bool:
    """Whether the copy has a small picture, too."""
    if not file.has_preview:
        return False
    try:
        copy_file(file.preview_key, f"preview/{name}")
    except FileNotFoundError:
        return False
    return True
