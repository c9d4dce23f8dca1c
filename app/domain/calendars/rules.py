"""What makes an edition provable."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.calendars.model import CalendarEdition
from app.foundation.db import canonical_json

#: What the first edition of every calendar follows.
FIRST = bytes(32)


def hash_of(edition: CalendarEdition, previous: bytes) -> bytes:
    """SHA-256 over everything an edition says and the hash of the one before it.

    Journals name these hashes, so that the hours behind a due date cannot be changed quietly.
    """
    return hashlib.sha256(
        told_bytes(
            calendar_id=edition.calendar_id,
            number=edition.number,
            content=edition.content,
            reason=edition.reason,
            legal_document=edition.legal_document,
            decided_by_id=edition.decided_by_id,
            decided_by=edition.decided_by,
            created_at=edition.created_at,
            previous=previous,
        )
    ).digest()


def told_bytes(
    *,
    calendar_id: int,
    number: int,
    content: Mapping[str, Any],
    reason: str,
    legal_document: str,
    decided_by_id: int | None,
    decided_by: str,
    created_at: datetime,
    previous: bytes,
) -> bytes:
    """What is hashed; the leading 1 is the version of this list."""
    told = [
        1,
        calendar_id,
        number,
        content,
        reason,
        legal_document,
        decided_by_id,
        decided_by,
        created_at.isoformat(),
        previous.hex(),
    ]
    return canonical_json(told)
