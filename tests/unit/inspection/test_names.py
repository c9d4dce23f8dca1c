"""A name is shown and saved, and does neither harm nor lie."""

import pytest

from app.inspection import name_for, tidy_name
from app.inspection.kinds import DOCX, JPEG, PDF, FileKind, accepted


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("giấy.pdf", PDF, "giấy.pdf"),
        ("GIẤY.PDF", PDF, "GIẤY.PDF"),
        ("ảnh.jpeg", JPEG, "ảnh.jpeg"),
        ("giay.html", PDF, "giay.pdf"),
        ("a.exe", PDF, "a.pdf"),
        ("không đuôi", PDF, "không đuôi.pdf"),
        ("a.docm", DOCX, "a.docx"),
    ],
)
def test_the_ending_follows_the_content(name: str, kind: FileKind, kept: str) -> None:
    assert name_for(name, kind) == kept


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mai\\don.pdf", "don.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("hoa\u202efdp.exe", "hoafdp.exe"),
        ("\u2066a\u2069.pdf", "a.pdf"),
        ("giâ\u0301y.pdf", "giấy.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_tidied(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


@pytest.mark.parametrize(
    ("accept", "names"),
    [
        ("", "PDF JPG PNG WEBP DOCX XLSX ODT ODS"),
        (".pdf,.jpg,.jpeg,.png", "PDF JPG PNG"),
        (".PDF , image/*", "PDF JPG PNG WEBP"),
        (".doc,.docx", "DOCX"),
        (".zip", "ZIP"),
        (".exe", "PDF JPG PNG WEBP DOCX XLSX ODT ODS"),
    ],
)
def test_a_form_narrows_what_the_house_takes(accept: str, names: str) -> None:
    assert [kind.name for kind in accepted(accept)] == names.split()
