"""Recognise a file by its first bytes, and an archive by what lies in it."""

from pathlib import Path
from zipfile import ZipFile

from app.inspection import kinds
from app.inspection.archives import UNREADABLE
from app.inspection.kinds import FileKind
from app.inspection.refusals import FileDamaged, FileIsWebPage, FileLocked, FileOfOldFormat

_HEAD = 4096
_ZIP = b"PK\x03\x04"
#: Office files before 2007, and newer ones with a password, are kept in this container.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = ((b"\xff\xd8\xff", kinds.JPEG), (b"\x89PNG\r\n\x1a\n", kinds.PNG))
_RUNS_IN_BROWSERS = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<body", b"<iframe")
#: Which part holds the document tells DOCX from XLSX; the ending may say anything.
_MAIN_PARTS = {"word/document.xml": kinds.DOCX, "xl/workbook.xml": kinds.XLSX}
_ODF_TYPES = {kind.media_type.encode(): kind for kind in (kinds.ODT, kinds.ODS)}


def sniff(path: Path, name: str) -> FileKind | None:
    """What the file is; None for what papers never are.

    Raises FileIsWebPage, FileOfOldFormat, FileLocked or FileDamaged for those that need
    words of their own.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLE):
        raise FileOfOldFormat(name=name)
    if head.startswith(_ZIP):
        return _archive(path, name)
    if _is_web_page(head):
        raise FileIsWebPage(name=name)
    # Readers forgive a byte order mark and blanks before the first line, and scanners write them.
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return kinds.PDF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return kinds.WEBP
    return next((kind for magic, kind in _PICTURES if head.startswith(magic)), None)


def _is_web_page(head: bytes) -> bool:
    """Whether a browser that guesses would take it for a page; UTF-16 shows as letters with NUL."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return text.startswith(b"<") and any(mark in text for mark in _RUNS_IN_BROWSERS)


def _archive(path: Path, name: str) -> FileKind:
    try:
        with ZipFile(path) as archive:
            inside = set(archive.namelist())
            odf = _odf_type(archive) if "mimetype" in inside else None
    except UNREADABLE as error:
        raise FileDamaged(name=name) from error
    except RuntimeError as error:
        # The word of `zipfile` for an entry that wants a password.
        raise FileLocked(name=name) from error
    if odf is not None:
        return odf
    found = next((kind for part, kind in _MAIN_PARTS.items() if part in inside), None)
    return found or kinds.ZIP


def _odf_type(archive: ZipFile) -> FileKind | None:
    with archive.open("mimetype") as told:
        return _ODF_TYPES.get(told.read(200).strip())
