"""Look into a file as its kind demands; what is clean may be written anew on the way."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipInfo

from app.inspection import kinds
from app.inspection.apart import look_apart
from app.inspection.archives import check_office, leads_elsewhere, unpacked
from app.inspection.kinds import Family, FileKind, listed_kinds
from app.inspection.names import tidy_name
from app.inspection.picture_apart import MOST_PIXELS
from app.inspection.refusals import (
    ArchiveNotPlain,
    FileDamaged,
    FileLocked,
    FileOfWrongType,
    FileRefused,
    FileSwells,
    FileWithFilesInside,
    FileWithScript,
    PictureTooLarge,
)
from app.inspection.sniffing import sniff


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A file that may be kept."""

    kind: FileKind
    #: What to keep: the file itself, or the same picture written anew.
    keep: Path
    #: A small JPEG to show in lists, for pictures.
    preview: Path | None = None


#: Papers in one archive; each is looked into by a process of its own.
MOST_PAPERS = 40

#: What the scripts found -> the refusal; anything else, or nothing, is damage.
_PDF_REFUSALS: dict[str, type[FileRefused]] = {
    "locked": FileLocked,
    "script": FileWithScript,
    "files": FileWithFilesInside,
    "swells": FileSwells,
}


def look_into(path: Path, name: str, allowed: Collection[FileKind]) -> Looked:
    """Recognise the file and look for what is hostile; new files are written beside it.

    Raises a FileRefused that says why, in words for whoever uploaded it.
    """
    kind = sniff(path, name)
    if kind is None or kind not in allowed:
        raise FileOfWrongType(name=name, kinds=listed_kinds(allowed))
    return _LOOKS[kind.family](path, name, kind)


def _pdf(path: Path, name: str, kind: FileKind) -> Looked:
    found = look_apart("pdf_apart.py", path)
    if found != "ok":
        raise _PDF_REFUSALS.get(found, FileDamaged)(name=name)
    return Looked(kind=kind, keep=path)


def _picture(path: Path, name: str, kind: FileKind) -> Looked:
    clean, preview = path.with_name(f"{path.name}.clean"), path.with_name(f"{path.name}.preview")
    found = look_apart("picture_apart.py", path, clean, preview)
    if found == "pixels":
        raise PictureTooLarge(name=name, megapixels=MOST_PIXELS // 1_000_000)
    if found != "ok":
        raise FileDamaged(name=name)
    return Looked(kind=kind, keep=clean, preview=preview)


def _office(path: Path, name: str, kind: FileKind) -> Looked:
    check_office(path, name)
    return Looked(kind=kind, keep=path)


def _zip(path: Path, name: str, kind: FileKind) -> Looked:
    """Every file in it must be a paper by itself; archives inside archives are not looked into."""
    inner = path.with_name(f"{path.name}.inner")
    for count, (entry, pieces) in enumerate(unpacked(path, name), start=1):
        if count > MOST_PAPERS:
            raise FileSwells(name=name)
        _ensure_paper(inner, name, entry, pieces)
    return Looked(kind=kind, keep=path)


def _ensure_paper(inner: Path, name: str, entry: ZipInfo, pieces: Iterator[bytes]) -> None:
    shown = tidy_name(entry.filename)
    if leads_elsewhere(entry.filename):
        raise ArchiveNotPlain(name=name, inner=shown)
    with inner.open("wb") as file:
        file.writelines(pieces)
    try:
        look_into(inner, shown, kinds.USUAL)
    except FileRefused as refusal:
        raise ArchiveNotPlain(name=name, inner=shown) from refusal


_LOOKS: dict[Family, Callable[[Path, str, FileKind], Looked]] = {
    Family.PDF: _pdf,
    Family.PICTURE: _picture,
    Family.OFFICE: _office,
    Family.ODF: _office,
    Family.ARCHIVE: _zip,
}
