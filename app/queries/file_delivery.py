"""What a browser or client is handed when it fetches a file: headers and bytes, piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.domain.documents.model import StoredFile
from app.foundation.storage import pieces_of

#: From this byte up to, and without, that one.
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An answer that shows nothing and runs nothing: the file is to be saved."""

    media_type: str
    headers: Mapping[str, str]
    pieces: Iterator[bytes]
    #: Only part of it was asked for.
    partial: bool


def deliver(file: StoredFile, span: Span | None = None) -> Delivery:
    """The file, or the asked-for span of it; raises FileNotFoundError when its bytes are gone."""
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
