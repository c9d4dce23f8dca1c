"""Receive a file piece by piece: a broken connection costs one piece, not the whole file."""

import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.actions.store_file import TooManyFiles, ensure_room, promise
from app.actions.sweep_files import remove_upload
from app.domain.documents.uploads import ErrandKind, Upload
from app.foundation.actor import Actor
from app.foundation.errors import Conflict, Invalid, NotFound
from app.foundation.storage import forget_file, keys_below, pieces_of, put_file
from app.foundation.text import lazy_gettext
from app.inspection import tidy_name
from app.inspection.refusals import FileEmpty, FileTooLarge

#: Bytes of one piece: some seconds on a slow line.
PIECE = 512 * 1024
#: An upload that nobody has finished by then is removed.
KEPT_FOR = timedelta(days=1)
#: Uploads under way for one draft.
MOST_OPEN = 20


class UnknownUpload(NotFound):
    """There is no such upload, or it is somebody else's."""

    message = lazy_gettext("This upload does not exist any more. Choose the file again.")


class PieceOutOfPlace(Conflict):
    """The piece does not continue what is here; `received` says where to go on."""

    message = lazy_gettext("This part of the file is not the next one.")

    def __init__(self, received: int) -> None:
        super().__init__()
        self.received = received


class UploadBroken(Invalid):
    """The pieces do not make up the file that was announced."""

    message = lazy_gettext("The file “%(name)s” has not arrived as it was sent. Choose it again.")


def begin_upload(
    session: Session,
    *,
    name: str,
    size: int,
    field: str,
    accept: str,
    draft_id: str | None,
    actor: Actor,
    at: datetime,
    max_size: int,
) -> Upload:
    """Announce a file; raises FileEmpty, FileTooLarge or TooManyFiles before anything is sent."""
    shown = tidy_name(name)
    if size <= 0:
        raise FileEmpty(name=shown)
    if size > max_size:
        raise FileTooLarge(name=shown, megabytes=max(max_size // (1024 * 1024), 1))
    upload = Upload(
        id=secrets.token_hex(16),
        draft_id=draft_id,
        begun_by_id=actor.person_id,
        field_key=field[:80],
        accept=accept[:400],
        name=shown,
        size=size,
        received=0,
        created_at=at,
    )
    session.add(upload)
    session.flush()
    promise(session, ErrandKind.SWEEP_UPLOAD, upload.id, at + KEPT_FOR)
    return upload


def ensure_room_for_upload(
    session: Session, draft_id: str, size: int, *, most_files: int, most_bytes: int
) -> None:
    """Raise TooManyFiles, counting what is under way for the draft as if it had arrived."""
    wanted = select(func.count(), func.coalesce(func.sum(Upload.size), 0)).where(
        Upload.draft_id == draft_id, Upload.file_id.is_(None)
    )
    count, coming = session.execute(wanted).one()
    if count >= MOST_OPEN:
        raise TooManyFiles(files=count, megabytes=round(coming / (1024 * 1024)))
    ensure_room(
        session, draft_id, size + coming, most_files=most_files - count, most_bytes=most_bytes
    )


def upload_of(session: Session, upload_id: str, *, actor: Actor, drafts: Collection[str]) -> Upload:
    """The upload for whoever began it; raises UnknownUpload, telling nobody else it exists.

    `drafts` are those a visitor's browser has worked on.
    """
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise UnknownUpload
    visitors_own = upload.draft_id is None or upload.draft_id in drafts
    mine = visitors_own if upload.begun_by_id is None else upload.begun_by_id == actor.person_id
    if not mine:
        raise UnknownUpload
    return upload


def ensure_next(upload: Upload, offset: int, length: int) -> None:
    """Raise PieceOutOfPlace unless a piece of that length goes on where the upload has stopped."""
    fits = offset == upload.received and 0 < length <= PIECE
    if not fits or offset + length > upload.size or upload.file_id is not None:
        raise PieceOutOfPlace(upload.received)


def put_piece(upload: Upload, offset: int, content: bytes) -> None:
    """Keep the bytes; the row does not know of them yet, so that a failure leaves nothing told."""
    put_file(f"parts/{upload.id}/{offset:012d}", content)


def note_piece(session: Session, upload_id: str, offset: int, length: int) -> int:
    """Bytes that are here now; raises PieceOutOfPlace when somebody else was quicker."""
    received = session.scalar(
        update(Upload)
        .where(Upload.id == upload_id, Upload.received == offset)
        .values(received=Upload.received + length)
        .returning(Upload.received)
        .execution_options(synchronize_session=False)
    )
    if received is None:
        raise PieceOutOfPlace(_received(session, upload_id))
    return received


def ensure_complete(upload: Upload) -> None:
    """Raise PieceOutOfPlace while something is missing."""
    if upload.received != upload.size:
        raise PieceOutOfPlace(upload.received)


class Joined:
    """The pieces of an upload, read like one file."""

    def __init__(self, upload: Upload) -> None:
        self._pieces = self._all(upload)

    def read(self, size: int = -1, /) -> bytes:
        """The next piece, whatever its size; nothing at the end."""
        del size
        return next(self._pieces, b"")

    def _all(self, upload: Upload) -> Iterator[bytes]:
        seen = 0
        for key in keys_below(f"parts/{upload.id}"):
            for piece in pieces_of(key):
                seen += len(piece)
                yield piece
        if seen != upload.size:
            raise UploadBroken(name=upload.name)


def settle_upload(session: Session, upload_id: str, file_id: str) -> str | None:
    """Note what it has become; the file of whoever finished it at the same moment, if somebody did.

    Raises UnknownUpload when it was cancelled meanwhile.
    """
    upload = session.scalar(
        select(Upload)
        .where(Upload.id == upload_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if upload is None:
        raise UnknownUpload
    if upload.file_id is not None:
        return upload.file_id
    upload.file_id = file_id
    session.flush()
    return None


def forget_pieces(upload_id: str) -> None:
    """The file lies in one place now. Its row stays for a day, for whoever missed the answer."""
    for key in keys_below(f"parts/{upload_id}"):
        forget_file(key)


def cancel_upload(session: Session, upload: Upload) -> None:
    """Forget it with its pieces."""
    remove_upload(session, upload.id)


def _received(session: Session, upload_id: str) -> int:
    return session.scalar(select(Upload.received).where(Upload.id == upload_id)) or 0
