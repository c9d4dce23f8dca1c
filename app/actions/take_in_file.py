"""Take in an upload: look into it, and put what may be kept into the file store.

No row is written yet and no database is asked, so that nobody waits for a slow or hostile file.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from app.foundation.storage import PIECE, forget_file, put_file
from app.inspection import Looked, accepted, look_into, name_for, tidy_name
from app.inspection.refusals import FileEmpty, FileTooLarge


class Readable(Protocol):
    """Bytes to be read once, from the front."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, nothing at the end."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file whose bytes are kept, waiting for its row."""

    id: str
    name: str
    media_type: str
    #: Bytes as kept.
    size: int
    #: Of what is kept, and of what was sent.
    sha256: bytes
    sent_sha256: bytes
    has_preview: bool


def take_in(name: str, content: bytes | Readable, *, max_size: int, accept: str = "") -> Taken:
    """Look into the upload and keep its bytes; `accept` is what the question of a form takes.

    Raises a FileRefused: empty, too large, of a wrong kind, or hostile (`app/inspection`).
    """
    shown = tidy_name(name)
    source = BytesIO(content) if isinstance(content, bytes) else content
    with TemporaryDirectory(prefix="motcua-") as folder:
        path = Path(folder) / "upload"
        sent, size = _copy(source, path, shown, max_size)
        if not size:
            raise FileEmpty(name=shown)
        looked = look_into(path, shown, accepted(accept))
        return _keep(looked, shown, sent)


@contextmanager
def kept_or_forgotten(*taken: Taken) -> Iterator[None]:
    """Forget the bytes again when the rows could not be written."""
    try:
        yield
    except BaseException:
        for one in taken:
            forget_taken(one)
        raise


def forget_taken(taken: Taken) -> None:
    """Remove the bytes of an upload that will have no row."""
    forget_file(taken.id)
    forget_file(f"preview/{taken.id}")


def _copy(source: Readable, path: Path, shown: str, max_size: int) -> tuple[bytes, int]:
    """Digest and size of what was sent."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as target:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > max_size:
                raise FileTooLarge(name=shown, megabytes=max(max_size // (1024 * 1024), 1))
            digest.update(piece)
            target.write(piece)
    return digest.digest(), size


def _keep(looked: Looked, shown: str, sent: bytes) -> Taken:
    with looked.keep.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    taken = Taken(
        id=secrets.token_hex(16),
        name=name_for(shown, looked.kind),
        media_type=looked.kind.media_type,
        size=looked.keep.stat().st_size,
        sha256=digest,
        sent_sha256=sent,
        has_preview=looked.preview is not None,
    )
    with kept_or_forgotten(taken):
        put_file(taken.id, looked.keep)
        if looked.preview is not None:
            put_file(f"preview/{taken.id}", looked.preview)
    return taken
