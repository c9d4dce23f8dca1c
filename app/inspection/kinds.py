"""The kinds of file that papers and results may be; everything else is refused."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto


class Family(Enum):
    """How a file is looked into."""

    PDF = auto()  # walked object by object
    PICTURE = auto()  # decoded and written anew
    OFFICE = auto()  # OOXML: a ZIP archive with parts and relations
    ODF = auto()  # OpenDocument: a ZIP archive that begins with its type
    ARCHIVE = auto()  # a plain ZIP archive: every file in it is looked into


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """One kind of file, recognised by its content."""

    #: Short name for people.
    name: str
    media_type: str
    #: The ending a stored name gets, and others that people use for the same.
    endings: tuple[str, ...]
    family: Family


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
PDF = FileKind(name="PDF", media_type="application/pdf", endings=(".pdf",), family=Family.PDF)
JPEG = FileKind(
    name="JPG", media_type="image/jpeg", endings=(".jpg", ".jpeg"), family=Family.PICTURE
)
PNG = FileKind(name="PNG", media_type="image/png", endings=(".png",), family=Family.PICTURE)
WEBP = FileKind(name="WEBP", media_type="image/webp", endings=(".webp",), family=Family.PICTURE)
DOCX = FileKind(
    name="DOCX",
    media_type=f"{_OOXML}.wordprocessingml.document",
    endings=(".docx",),
    family=Family.OFFICE,
)
XLSX = FileKind(
    name="XLSX",
    media_type=f"{_OOXML}.spreadsheetml.sheet",
    endings=(".xlsx",),
    family=Family.OFFICE,
)
ODT = FileKind(name="ODT", media_type=f"{_ODF}.text", endings=(".odt",), family=Family.ODF)
ODS = FileKind(name="ODS", media_type=f"{_ODF}.spreadsheet", endings=(".ods",), family=Family.ODF)
ZIP = FileKind(name="ZIP", media_type="application/zip", endings=(".zip",), family=Family.ARCHIVE)

#: What a question takes unless its form says less.
USUAL = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, ODT, ODS)
#: An archive hides what is in it from whoever reads a list of papers: a form must ask for it.
EVERY = (*USUAL, ZIP)


def kind_of(media_type: str) -> FileKind | None:
    """The kind that is stored under this media type."""
    return next((kind for kind in EVERY if kind.media_type == media_type), None)


def accepted(accept: str) -> tuple[FileKind, ...]:
    """The kinds that a form's `accept` leaves; without one, the usual.

    `accept` is HTML's: endings, media types or `image/*`. What the house never takes is passed
    over, and a form that asks for nothing else is read as if it said nothing.
    """
    words = {word.strip().casefold() for word in accept.split(",")} - {""}
    found = tuple(kind for kind in EVERY if _asked_for(kind, words))
    return found or USUAL


def _asked_for(kind: FileKind, words: Collection[str]) -> bool:
    whole = f"{kind.media_type.partition('/')[0]}/*"
    return any(word in words for word in (*kind.endings, kind.media_type, whole))


def listed_kinds(kinds: Collection[FileKind]) -> str:
    """The names for a sentence: `PDF, JPG, PNG`."""
    return ", ".join(kind.name for kind in kinds)
