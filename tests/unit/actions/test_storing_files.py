"""A file is what its content says, whatever its name pretends."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from app.actions.store_file import has_macros, name_for, tidy_name

PDF = "application/pdf"
JPEG = "image/jpeg"


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("giấy.pdf", PDF, "giấy.pdf"),
        ("GIẤY.PDF", PDF, "GIẤY.PDF"),
        ("ảnh.jpeg", JPEG, "ảnh.jpeg"),
        ("giay.html", PDF, "giay.pdf"),
        ("a.exe", PDF, "a.pdf"),
        ("không đuôi", PDF, "không đuôi.pdf"),
        ("a.docm", PDF, "a.pdf"),
    ],
)
def test_the_ending_follows_the_content(name: str, media_type: str, kept: str) -> None:
    assert name_for(name, media_type) == kept


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mai\\don.pdf", "don.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_tidied(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


def archive(*names: str) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return kept.getvalue()


def test_macros_are_found_and_damage_counts_as_such() -> None:
    assert has_macros(archive("word/document.xml", "word/vbaProject.bin"))
    assert not has_macros(archive("word/document.xml"))
    assert not has_macros(b"%PDF-1.4")
    assert has_macros(b"PK\x03\x04 and nothing more")
