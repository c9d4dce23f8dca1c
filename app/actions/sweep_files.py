"""Remove uploads that no dossier has claimed. Nothing of it is for the journal of any dossier."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import ErrandKind, FileErrand, Upload
from app.domain.dossiers.model import Draft
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.foundation.storage import forget_file, keys_below

#: A file waits for its draft to go.
_LOOK_AGAIN = timedelta(days=1)

#: What is to be done about files.
WAITING_ERRANDS = DueRows(
    number=FileErrand.id, instant=FileErrand.available_at, waiting=(FileErrand.done_at.is_(None),)
)


def sweep(session: Session, errand_id: int, *, kept_for: timedelta, at: datetime) -> bool:
    """Remove the file or upload of an errand; False when somebody else is at it.

    A draft that was not sent keeps its files as long as it is there: they are looked at again
    later. What is in quarantine stays there.
    """
    errand = session.scalar(
        select(FileErrand)
        .where(FileErrand.id == errand_id, FileErrand.done_at.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if errand is None or errand.available_at > at:
        return False
    if errand.kind is ErrandKind.SWEEP_UPLOAD:
        remove_upload(session, errand.subject)
    elif again_at := _wanted_until(session, errand.subject, kept_for, at):
        errand.available_at = again_at
        comes_due(session, again_at)
        session.flush()
        return True
    errand.done_at = at
    session.flush()
    return True


def remove_file(session: Session, file: StoredFile) -> None:
    """Remove a file that is nobody's: bytes first, so that a failure leaves a row to try again."""
    forget_file(file.id)
    forget_file(file.preview_key)
    session.execute(delete(FileErrand).where(FileErrand.subject == file.id))
    session.delete(file)
    session.flush()


def remove_upload(session: Session, upload_id: str) -> None:
    """Remove an upload with its pieces; nothing when it is gone."""
    for key in keys_below(f"parts/{upload_id}"):
        forget_file(key)
    session.execute(delete(Upload).where(Upload.id == upload_id))


def _wanted_until(
    session: Session, file_id: str, kept_for: timedelta, at: datetime
) -> datetime | None:
    """When to look at a file again that may stay for now; removes it otherwise."""
    row = session.execute(
        select(StoredFile, Draft.updated_at, Draft.dossier_id)
        .outerjoin(Draft, Draft.id == StoredFile.draft_id)
        .where(StoredFile.id == file_id)
        .with_for_update(of=StoredFile)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    file, written_at, sent_as = row
    if file.dossier_id is not None or file.scan is ScanState.INFECTED:
        return None
    if written_at is not None and (sent_as is None or written_at + kept_for > at):
        return max(written_at + kept_for, at + _LOOK_AGAIN)
    remove_file(session, file)
    return None
