"""Every hostile kind of file is refused, with its own reason."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_LZMA

import pytest

from app.inspection import accepted, look_into
from app.inspection import refusals as why
from tests.support import papers

ANY = accepted("") + accepted(".zip")


def looked(folder: Path, content: bytes, name: str = "a.pdf") -> str:
    path = folder / "upload"
    path.write_bytes(content)
    return look_into(path, name, ANY).kind.name


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (papers.pdf_with_script, why.FileWithScript),
        (papers.pdf_with_hidden_script, why.FileWithScript),
        (papers.pdf_that_launches, why.FileWithScript),
        (papers.pdf_with_file_inside, why.FileWithFilesInside),
        (papers.pdf_with_password, why.FileLocked),
        (lambda: papers.PDF[:200], why.FileDamaged),
        (lambda: b"%PDF-1.7\n" + b"x" * 200, why.FileDamaged),
        (lambda: papers.HTML, why.FileIsWebPage),
        (lambda: papers.HTML.decode().encode("utf-16"), why.FileIsWebPage),
        (lambda: papers.SVG, why.FileIsWebPage),
        (lambda: papers.EXE, why.FileOfWrongType),
        (lambda: b"just words", why.FileOfWrongType),
        (lambda: papers.OLD_WORD, why.FileOfOldFormat),
        (papers.docx_with_macros, why.FileWithMacros),
        (papers.docx_with_foreign_template, why.FileWithMacros),
        (lambda: papers.docx(**{"word/activeX/activeX1.bin": b"x"}), why.FileWithMacros),
        (lambda: papers.docx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), why.FileWithMacros),
        (lambda: papers.odt(**{"Basic/Standard/Module1.xml": "<x/>"}), why.FileWithMacros),
        (
            lambda: papers.odt(**{"META-INF/manifest.xml": "<m:encryption-data/>"}),
            why.FileLocked,
        ),
        (papers.odt_with_locked_type, why.FileLocked),
        (papers.odt_with_torn_type, why.FileDamaged),
        (lambda: papers.odt_with_torn_type(ZIP_LZMA), why.FileDamaged),
        (papers.swelling_docx, why.FileSwells),
        (lambda: papers.docx(**{f"p{n}": b"" for n in range(3001)}), why.FileSwells),
        (lambda: papers.docx()[:-40], why.FileDamaged),
        (lambda: b"PK\x03\x04 and nothing more", why.FileDamaged),
        (papers.huge_png, why.PictureTooLarge),
        (lambda: papers.picture("JPEG")[:300], why.FileDamaged),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), why.FileDamaged),
        (lambda: papers.archive({"../a.pdf": papers.PDF}), why.ArchiveNotPlain),
        (lambda: papers.archive({"C:\\a.pdf": papers.PDF}), why.ArchiveNotPlain),
        (lambda: papers.archive({"a.zip": papers.archive({"b": b"x"})}), why.ArchiveNotPlain),
        (lambda: papers.archive({"a.pdf": papers.pdf_with_script()}), why.ArchiveNotPlain),
        (lambda: papers.archive({"a.pdf": papers.EXE}), why.ArchiveNotPlain),
    ],
)
def test_it_is_refused_with_its_reason(
    tmp_path: Path, make: Callable[[], bytes], refusal: type[why.FileRefused]
) -> None:
    with pytest.raises(refusal) as refused:
        looked(tmp_path, make())
    assert type(refused.value) is refusal
    assert refused.value.facts["name"] == "a.pdf"


def test_a_pdf_that_unpacks_to_gigabytes_ends_its_own_process_only(tmp_path: Path) -> None:
    with pytest.raises((why.FileDamaged, why.FileSwells)):
        looked(tmp_path, papers.pdf_bomb())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (papers.PDF, "PDF"),
        (b"\xef\xbb\xbf\n" + papers.PDF, "PDF"),
        (papers.pdf_for_reading_only(), "PDF"),
        (papers.docx(), "DOCX"),
        (papers.archive({"xl/workbook.xml": "<x/>"}), "XLSX"),
        (papers.odt(), "ODT"),
        (papers.picture("JPEG"), "JPG"),
        (papers.picture("PNG"), "PNG"),
        (papers.picture("WEBP"), "WEBP"),
        (papers.archive({"giấy.pdf": papers.PDF, "ảnh/a.jpg": papers.picture()}), "ZIP"),
    ],
)
def test_what_is_sound_is_known_by_its_content(tmp_path: Path, content: bytes, kind: str) -> None:
    assert looked(tmp_path, content, "whatever.exe") == kind


def test_a_link_to_elsewhere_is_no_template(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    told = f'<Relationship Id="r" Type="{kind}" Target="http://x/" TargetMode="External"/>'
    assert looked(tmp_path, papers.docx(**{"word/_rels/document.xml.rels": told})) == "DOCX"


def test_a_question_takes_only_what_its_form_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(papers.picture())
    with pytest.raises(why.FileOfWrongType) as refused:
        look_into(path, "a.jpg", accepted(".pdf"))
    assert refused.value.facts["kinds"] == "PDF"
