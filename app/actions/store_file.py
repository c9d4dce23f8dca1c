"""Write the row of an upload that was taken in, and promise what has to follow."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.take_in_file import Taken
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.foundation.actor import Actor
from app.foundation.db import add_rows
from app.foundation.errors import Invalid
from app.foundation.scanner import scanner_wanted
from app.foundation.text import lazy_gettext


class TooManyFiles(Invalid):
    """The draft holds as many files, or bytes, as one may."""

    message = lazy_gettext(
        "This application already holds %(files)s files with %(megabytes)s MB. Remove what you do "
        "not need, or make the files smaller."
    )


def store_file(
    session: Session,
    taken: Taken,
    *,
    actor: Actor,
    at: datetime,
    draft_id: str | None = None,
    field: str | None = None,
    kept_for: timedelta = timedelta(days=30),
) -> StoredFile:
    """Keep the row of an upload; it is scanned next, and swept later unless a dossier claims it."""
    scan = ScanState.PENDING if scanner_wanted() else ScanState.UNSCANNED
    stored = StoredFile(
        id=taken.id,
        draft_id=draft_id,
        uploaded_by_id=actor.person_id,
        name=taken.name,
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        sent_sha256=taken.sent_sha256,
        has_preview=taken.has_preview,
        field_key=field[:80] if field else None,
        created_at=at,
        scan=scan,
    )
    session.add(stored)
    session.flush()
    if scan is ScanState.PENDING:
        promise(session, ErrandKind.SCAN, stored.id, at)
    promise(session, ErrandKind.SWEEP_FILE, stored.id, at + kept_for)
    return stored


def promise(session: Session, kind: ErrandKind, subject: str, at: datetime) -> None:
    """Have it done at that moment."""
    row = {"kind": kind, "subject": subject, "available_at": at, "attempts": 0}
    add_rows(session, FileErrand, [row])


def ensure_room(
    session: Session, draft_id: str, size: int, *, most_files: int, most_bytes: int
) -> None:
    """Raise TooManyFiles when a draft cannot take another file of that many bytes."""
    wanted = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).where(
        StoredFile.draft_id == draft_id, StoredFile.dossier_id.is_(None)
    )
    count, held = session.execute(wanted).one()
    if count >= most_files or held + size > most_bytes:
        raise TooManyFiles(files=count, megabytes=round(held / (1024 * 1024)))
