"""ZIP archives, plain ones and those that Office files are made of."""

import re
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - a class in lower case

from app.inspection.refusals import FileDamaged, FileLocked, FileSwells, FileWithMacros

MEGABYTE = 1024 * 1024
#: Files in one archive; a long DOCX has some hundred.
MOST_ENTRIES = 3000
#: Bytes of everything unpacked.
MOST_UNPACKED = 256 * MEGABYTE
#: Text packs a hundredfold at best; small archives may do what they like.
MOST_SWELLING, FREE_SWELLING = 200, 16 * MEGABYTE
_PIECE = 256 * 1024
_ENCRYPTED = 0x1
#: Parts that carry a program: VBA, macro sheets of Excel 4, ActiveX, macros of LibreOffice.
_PROGRAMS = re.compile(
    r"(^|/)(vba\w*\.bin|vbadata\.xml|macrosheets/.+|activex/.+|basic/.+|scripts/.+)$", re.IGNORECASE
)
_MACRO_TYPE = re.compile(rb"macroEnabled|ms-office\.vba|ms-word\.vba", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
#: Relations that load and run, or show, something from elsewhere as soon as the file is opened.
_LOADING = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)[\"']")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
#: What Python's readers raise for an archive that is none.
UNREADABLE = (
    BadZipFile,
    ZlibError,
    LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def check_office(path: Path, name: str) -> None:
    """An Office file of either family.

    Raises FileWithMacros, FileLocked, FileSwells or FileDamaged.
    """
    for entry, pieces in unpacked(path, name):
        if _PROGRAMS.search(entry.filename):
            raise FileWithMacros(name=name)
        told = entry.filename.casefold()
        if told.endswith(".rels") and _loads_from_elsewhere(b"".join(pieces)):
            raise FileWithMacros(name=name)
        if told == "[content_types].xml" and _MACRO_TYPE.search(b"".join(pieces)):
            raise FileWithMacros(name=name)
        if told == "meta-inf/manifest.xml" and b"encryption-data" in b"".join(pieces):
            raise FileLocked(name=name)


def unpacked(path: Path, name: str) -> Iterator[tuple[ZipInfo, Iterator[bytes]]]:
    """Every entry with its content, counted while it is unpacked: headers are not believed.

    What the caller leaves of an entry is unpacked and counted all the same.
    Raises FileLocked, FileSwells or FileDamaged.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise FileSwells(name=name)
            counter = _Counter(path.stat().st_size, name)
            for entry in entries:
                if entry.flag_bits & _ENCRYPTED:
                    raise FileLocked(name=name)
                if entry.is_dir():
                    continue
                with archive.open(entry) as content:
                    pieces = counter.read(content)
                    yield entry, pieces
                    for _ in pieces:
                        pass
    except UNREADABLE as error:
        raise FileDamaged(name=name) from error


def leads_elsewhere(entry: str) -> bool:
    """Whether unpacking it could write outside the folder it is unpacked into."""
    path = PurePosixPath(entry.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(re.match(r"[A-Za-z]:", entry))


class _Counter:
    """What was unpacked so far, over all entries."""

    def __init__(self, packed: int, name: str) -> None:
        self._most = max(FREE_SWELLING, min(MOST_UNPACKED, packed * MOST_SWELLING))
        self._seen = 0
        self._name = name

    def read(self, content: IO[bytes]) -> Iterator[bytes]:
        while piece := content.read(_PIECE):
            self._seen += len(piece)
            if self._seen > self._most:
                raise FileSwells(name=self._name)
            yield piece


def _loads_from_elsewhere(relations: bytes) -> bool:
    return any(
        _LOADING.search(one) and _EXTERNAL.search(one) for one in _RELATION.findall(relations)
    )
