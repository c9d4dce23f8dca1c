"""What a browser or client is handed when it fetches a file: headers and bytes, piece by piece."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.domain.documents.model import StoredFile
from app.foundation.storage import pieces_of

#: From this byte up to, and without, that one.
Span = tuple[int, int]
#: The only kind of range that is taken; either end may be left out.
_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An answer that shows nothing and runs nothing: the file is to be saved."""

    media_type: str
    headers: Mapping[str, str]
    pieces: Iterator[bytes]
    #: Only part of it was asked for.
    partial: bool


class BeyondTheEnd(Exception):
    """Asked for bytes that the file, of that `size`, does not have."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size


def span_of(asked: str | None, size: int) -> Span | None:
    """What a `Range` header asks for of so many bytes; None for the whole (RFC 9110, 14.2).

    Several ranges at once, other units and what cannot be read are passed over, as the standard
    allows: the reader then gets everything. Raises BeyondTheEnd.
    """
    found = _ONE_RANGE.fullmatch(asked or "")
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    if start >= end:
        raise BeyondTheEnd(size)
    return start, end


def deliver(file: StoredFile, asked: str | None) -> Delivery:
    """The file, or the span of it that the `Range` header asks for.

    Raises BeyondTheEnd, and FileNotFoundError when its bytes are gone.
    """
    span = span_of(asked, file.size)
    start, end = span or (0, file.size)
    headers = {
        "Content-Disposition": attachment(file.name),
        "Content-Length": str(end - start),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        # Readers can compare it with the receipt, and clients see what the scanner said.
        "X-Content-SHA256": file.sha256.hex(),
        "X-Scan-State": file.scan.value,
    }
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    whole = span is None
    pieces = pieces_of(file.id) if whole else pieces_of(file.id, start, end)
    return Delivery(media_type=file.media_type, headers=headers, pieces=pieces, partial=not whole)


def attachment(name: str) -> str:
    """To be saved under that name: in ASCII for old readers, whole for the others (RFC 5987)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
