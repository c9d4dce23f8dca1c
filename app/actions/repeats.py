"""Telling a repeat from something new that carries the same idempotency key."""

import hashlib
from typing import Any

from app.foundation.db import canonical_json
from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext


class KeyUsedForSomethingElse(Invalid):
    """The idempotency key belongs to an earlier request with another content."""

    message = lazy_gettext("This Idempotency-Key was already used for a different request.")


def fingerprint(*told: Any) -> bytes:
    """Sixteen bytes that are the same for the same content."""
    return hashlib.sha256(canonical_json(told)).digest()[:16]
