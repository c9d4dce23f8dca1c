"""Remove uploads that their owner has taken back, as long as no dossier has them."""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from app.actions.sweep_files import remove_file
from app.domain.documents.model import ScanState, StoredFile
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class FileHandedIn(Conflict):
    """It is part of a dossier and stays there."""

    message = lazy_gettext("The file “%(name)s” has been handed in and cannot be removed.")


def discard_file(session: Session, file: StoredFile) -> None:
    """Remove a file that was not handed in; raises FileHandedIn."""
    if file.dossier_id is not None:
        raise FileHandedIn(name=file.name)
    remove_file(session, file)


def discard_unnamed(session: Session, files: Iterable[StoredFile], named: Collection[str]) -> None:
    """Remove those of a draft's files that its answers do not name any more.

    What is in quarantine stays there.
    """
    for file in files:
        gone = file.id not in named and file.dossier_id is None
        if gone and file.scan is not ScanState.INFECTED:
            remove_file(session, file)
