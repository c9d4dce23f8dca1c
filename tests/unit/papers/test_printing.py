"""Slips become sheets that can be read, compared and never tricked."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.papers import Slip, Table, printed

SLIP = Slip(
    language="vi",
    agencies=("Ủy ban nhân dân tỉnh Hà Tĩnh", "Trung tâm Phục vụ hành chính công tỉnh"),
    form="Mẫu số 01",
    title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    code="H27.30-241104-0001",
    dated="ngày 05 tháng 11 năm 2024",
    address="http://127.0.0.1:8000/tra-cuu?code=H27.30-241104-0001",
    opening="Đã tiếp nhận hồ sơ của:",
    facts=(("Chủ hồ sơ", "Nguyễn Thị Mai"),),
    table=Table(
        title="Thành phần hồ sơ",
        columns=("TT", "Tên giấy tờ", "Tệp"),
        rows=(("1", "Tờ khai", "to-khai.pdf"),),
    ),
    terms=(("Thời gian trả", "17:30 ngày 02/12/2024"),),
    signatures=(("Người nộp", "Nguyễn Thị Mai"), ("Người tiếp nhận", "Trần Thị Linh")),
    proofs=(("Mục nhật ký số 3", "ab" * 32),),
)


def text_of(sheet: bytes) -> str:
    """All words of a PDF, with single spaces."""
    pages = PdfReader(BytesIO(sheet)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_everything_the_slip_says_can_be_read() -> None:
    text = text_of(printed(SLIP))
    for said in ("Nguyễn Thị Mai", "to-khai.pdf", "17:30 ngày 02/12/2024", "ab" * 32, "Mẫu số 01"):
        assert said in text
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert printed(SLIP) == printed(replace(SLIP))
    assert printed(SLIP) != printed(replace(SLIP, code="H27.30-241104-0002"))


def test_screen_readers_find_language_title_and_structure() -> None:
    root = PdfReader(BytesIO(printed(SLIP))).root_object
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize(
    "written",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "$x^2$ *bold* _it_ `raw` <label> @ref // comment",
        "\\u{41} \\",
        "]]}}{{%}",
        "\x00\x07\u202e\u200b",
        "漢字 😀 ع",
        "",
        "ơ" * 3000,
        "\n\n\n",
    ],
)
def test_nothing_that_people_write_is_read_as_markup(written: str) -> None:
    slip = replace(
        SLIP,
        opening=written,
        facts=((written, written),),
        closing=(written,),
        signatures=((written, written),),
    )
    text = text_of(printed(slip))
    if written.isascii() and written.isprintable():
        assert "".join(written.split()) in "".join(text.split())


def test_long_lists_go_on_over_the_page() -> None:
    rows = tuple((str(n), f"Giấy tờ số {n}", "tep.pdf") for n in range(1, 121))
    sheet = printed(replace(SLIP, table=Table(title="x", columns=("TT", "Tên", "Tệp"), rows=rows)))
    assert len(PdfReader(BytesIO(sheet)).pages) > 2
    assert "Giấy tờ số 120" in text_of(sheet)
