"""The file store: bytes by key, on a local disk or S3, through one interface.

Files are never held in memory as a whole: they come in from a file and go out in pieces.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

#: Bytes handed on at a time.
PIECE = 1024 * 1024
#: S3 takes parts of 5 MiB at least.
_PART = 8 * 1024 * 1024


@lru_cache(maxsize=8)
def _store(address: str) -> ObjectStore:
    if "://" in address:
        return from_url(address)
    Path(address).mkdir(parents=True, exist_ok=True)
    return LocalStore(address)


def file_store() -> ObjectStore:
    """The store this installation is configured with."""
    return _store(current_app.config["FILE_STORE"])


def put_file(key: str, content: bytes | BinaryIO | Path) -> None:
    """Keep the bytes under the key: all of them or, when it fails, none.

    On a local disk they lie there for good when this returns, whatever happens to the power.
    """
    store = file_store()
    if isinstance(content, Path):
        with content.open("rb") as file:
            store.put(key, file, chunk_size=_PART)
    else:
        store.put(key, content, chunk_size=_PART)
    if isinstance(store, LocalStore) and store.prefix:
        _settle(Path(store.prefix) / key)


def get_file(key: str) -> bytes:
    """The bytes of the key, for what is known to be small; raises FileNotFoundError."""
    return bytes(file_store().get(key).bytes())


def size_of(key: str) -> int:
    """Bytes under the key; raises FileNotFoundError."""
    return int(file_store().head(key)["size"])


def pieces_of(key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes of the key from `start` up to `end`, piece by piece.

    Raises FileNotFoundError at once, before anything was handed out.
    """
    whole = start == 0 and end is None
    span = (start, size_of(key) if end is None else end)
    found = file_store().get(key, options=None if whole else {"range": span})
    return (bytes(piece) for piece in found.stream(min_chunk_size=PIECE))


def copy_file(key: str, copy: str) -> None:
    """Keep the same bytes under another key too; raises FileNotFoundError.

    Both live on by themselves: whichever is removed, the other stays.
    """
    store = file_store()
    try:
        store.copy(key, copy)
    except NotFoundError as error:
        raise FileNotFoundError(key) from error
    if isinstance(store, LocalStore) and store.prefix:
        _settle(Path(store.prefix) / copy)


def forget_file(key: str) -> None:
    """Remove the key; nothing when there is none."""
    try:
        file_store().delete(key)
    except (FileNotFoundError, NotFoundError):
        return


def keys_below(prefix: str) -> list[str]:
    """Every key in that folder, in the order of their names."""
    listed = (one["path"] for batch in file_store().list(prefix) for one in batch)
    return sorted(str(path) for path in listed)


def _settle(path: Path) -> None:
    """Make the file and its name outlive a power cut."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
