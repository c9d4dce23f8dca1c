"""The file store: bytes by key, on a local disk or S3, through one interface."""

from functools import lru_cache
from pathlib import Path

from flask import current_app
from obstore.store import LocalStore, ObjectStore, from_url


@lru_cache(maxsize=8)
def _store(address: str) -> ObjectStore:
    if "://" in address:
        return from_url(address)
    Path(address).mkdir(parents=True, exist_ok=True)
    return LocalStore(address)


def file_store() -> ObjectStore:
    """The store this installation is configured with."""
    return _store(current_app.config["FILE_STORE"])


def put_file(key: str, content: bytes) -> None:
    """Keep the bytes under the key."""
    file_store().put(key, content)


def get_file(key: str) -> bytes:
    """The bytes of the key; raises FileNotFoundError."""
    return bytes(file_store().get(key).bytes())
