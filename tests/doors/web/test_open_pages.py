"""Pages that everybody may open."""

import pytest

from tests.doors.web.page_client import Reader


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/thu-tuc",
        "/thu-tuc?q=khong+co+gi+nhu+the",
        "/thu-tuc/thanh-lap-ho-kinh-doanh",
        "/thu-tuc/hoi-nghi-quoc-te",
        "/thu-tuc/dang-ky-khai-sinh",
        "/tra-cuu",
        "/tra-cuu?code=H27.30-241104-0001",
        "/dang-nhap",
    ],
)
def test_a_page_is_valid_in_both_languages(reader: Reader, address: str, language: str) -> None:
    joint = "&" if "?" in address else "?"
    page = reader.open(f"{address}{joint}lang={language}")
    assert page.root.get("lang") == language


def test_the_search_minds_neither_marks_nor_capitals(reader: Reader) -> None:
    for words in ("hộ kinh doanh", "HO KINH DOANH", "mo cua hang"):
        page = reader.open(f"/thu-tuc?q={words}")
        assert "Đăng ký thành lập hộ kinh doanh" in page.text
        assert "khai sinh" not in page.text.split("thủ tục")[-1].lower()


def test_the_filters_narrow_the_list(reader: Reader) -> None:
    page = reader.open("/thu-tuc?level=COMMUNE")
    assert "khai sinh" in page.text
    assert "Đăng ký thành lập hộ kinh doanh" not in page.text


def test_a_procedure_tells_its_steps_from_the_diagram(reader: Reader) -> None:
    page = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh?lang=en")
    assert "Thẩm định hồ sơ, dự thảo kết quả Chuyên viên Phòng TC-KH 12 working hours" in page.text


def test_starting_needs_a_button_and_not_a_link(reader: Reader) -> None:
    page = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh/nop")
    assert page.path == "/thu-tuc/thanh-lap-ho-kinh-doanh"


def test_the_language_stays_chosen(reader: Reader) -> None:
    page = reader.open("/thu-tuc")
    english = page.form("lang").send(lang="en")
    assert english.path == "/thu-tuc"
    assert reader.open("/tra-cuu").root.get("lang") == "en"
