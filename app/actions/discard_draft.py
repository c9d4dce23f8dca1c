"""Delete an application that was not sent, with its files."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.actions.draft_dossier import DraftAlreadySent, UnknownDraft, lock_draft
from app.actions.sweep_files import remove_file, remove_upload
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import Upload
from app.domain.dossiers.drafts import DraftWatch
from app.domain.dossiers.model import Draft


def discard_draft(session: Session, draft: Draft) -> None:
    """Delete it for good; raises DraftAlreadySent, and UnknownDraft where somebody was faster.

    The draft is locked first: what is being sent at this moment is a dossier afterwards. Files in
    quarantine stay there, and so do those that a dossier holds.
    """
    if lock_draft(session, draft.id) is None:
        raise UnknownDraft
    if draft.dossier_id is not None:
        raise DraftAlreadySent
    for upload in session.scalars(select(Upload.id).where(Upload.draft_id == draft.id)).all():
        remove_upload(session, upload)
    for file in session.scalars(select(StoredFile).where(StoredFile.draft_id == draft.id)).all():
        if file.dossier_id is None and file.scan is not ScanState.INFECTED:
            remove_file(session, file)
        else:
            file.draft_id = None
    session.flush()
    session.execute(delete(DraftWatch).where(DraftWatch.draft_id == draft.id))
    session.delete(draft)
    session.flush()
