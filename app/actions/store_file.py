"""Take in an uploaded file: recognise it by its content, keep it, describe it."""

import hashlib
import secrets
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import filetype
from sqlalchemy.orm import Session

from app.domain.documents.model import StoredFile
from app.foundation.actor import Actor
from app.foundation.errors import Invalid
from app.foundation.storage import put_file
from app.foundation.text import lazy_gettext

#: What papers and results may be, by content (features: everything else is refused).
ACCEPTED = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


class FileEmpty(Invalid):
    """There is nothing in it."""

    message = lazy_gettext("The file “%(name)s” is empty.")


class FileTooLarge(Invalid):
    """It is larger than this installation takes."""

    message = lazy_gettext("The file “%(name)s” is larger than %(megabytes)s MB.")


class FileOfWrongType(Invalid):
    """It is not what papers may be."""

    message = lazy_gettext("The file “%(name)s” must be a PDF, JPG, PNG, WEBP, DOCX or XLSX file.")


class FileWithMacros(Invalid):
    """An Office file with a program in it, or one that cannot be looked into."""

    message = lazy_gettext("The file “%(name)s” contains macros or is damaged. Save it as PDF.")


def store_file(
    session: Session,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    at: datetime,
    max_size: int,
    draft_id: str | None = None,
) -> StoredFile:
    """Keep an upload; raises FileEmpty, FileTooLarge, FileOfWrongType or FileWithMacros."""
    shown = tidy_name(name)
    if not content:
        raise FileEmpty(name=shown)
    if len(content) > max_size:
        raise FileTooLarge(name=shown, megabytes=max_size // (1024 * 1024))
    kind = filetype.guess(content[:8192])
    if kind is None or kind.mime not in ACCEPTED:
        raise FileOfWrongType(name=shown)
    if has_macros(content):
        raise FileWithMacros(name=shown)
    stored = StoredFile(
        id=secrets.token_hex(16),
        draft_id=draft_id,
        uploaded_by_id=actor.person_id,
        name=name_for(shown, kind.mime),
        media_type=kind.mime,
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        created_at=at,
    )
    put_file(stored.id, content)
    session.add(stored)
    session.flush()
    return stored


def name_for(shown: str, media_type: str) -> str:
    """The name with the ending of what the file is, whatever it called itself."""
    ending = ACCEPTED[media_type]
    known = PurePosixPath(shown).suffix.lower()
    if known == ending or (known, ending) == (".jpeg", ".jpg"):
        return shown
    return f"{PurePosixPath(shown).stem[: 200 - len(ending)]}{ending}"


def has_macros(content: bytes) -> bool:
    """Whether an Office file carries a program; a damaged archive is treated as if it did."""
    if not content.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            return any(PurePosixPath(n).name == "vbaProject.bin" for n in archive.namelist())
    except BadZipFile:
        return True


def tidy_name(name: str) -> str:
    """The last part of a name without control characters, never empty."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(c for c in last if c.isprintable()).strip(" .")
    return clean[-200:] or "tep"
