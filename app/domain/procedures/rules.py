"""What makes a version the version it is."""

import hashlib
from collections.abc import Mapping

from app.foundation.db import canonical_json


def content_hash(files: Mapping[str, str]) -> bytes:
    """SHA-256 over diagrams, forms, tables and catalogue entry; equal for equal files only."""
    return hashlib.sha256(canonical_json(dict(files))).digest()
