"""Which stored files somebody may read."""

from sqlalchemy.orm import Session

from app.api.reads.reader import reading_of
from app.domain.documents.model import StoredFile
from app.domain.dossiers.model import Dossier
from app.foundation.actor import Actor
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class UnknownFile(NotFound):
    """There is no such file, or it is not the actor's to read."""

    message = lazy_gettext("There is no such file.")


def readable_file(session: Session, file_id: str, actor: Actor) -> StoredFile:
    """The file, for whoever may read its dossier, or for who uploaded it; raises UnknownFile.

    Applicants get their own papers and results, not the working papers of the office.
    """
    file = session.get(StoredFile, file_id)
    if file is None or not _may_read(session, file, actor):
        raise UnknownFile
    return file


def _may_read(session: Session, file: StoredFile, actor: Actor) -> bool:
    mine = actor.person_id is not None and file.uploaded_by_id == actor.person_id
    if file.dossier_id is None:
        return mine
    try:
        reading = reading_of(session, session.get_one(Dossier, file.dossier_id), actor)
    except NotFound:
        return False
    return reading.inner or mine or file.step is None or file.is_result
