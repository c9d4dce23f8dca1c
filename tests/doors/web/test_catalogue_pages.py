"""The catalogue as pages: choosing, narrowing down, agencies, what can be taken home."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from app.domain.people.model import Unit
from app.foundation import clock
from app.foundation.db import transaction
from tests.doors.web.page_client import Page, Reader, words
from tests.doors.web.test_statements import MOST, counted
from tests.support.many_procedures import WELL_KNOWN, invented, store

P2 = "/thu-tuc/dang-ky-khai-sinh"


def titles(page: Page) -> list[str]:
    return [words(one) for one in page.root.iter("h3")]


def options(page: Page, name: str) -> list[str]:
    chosen = next(one for one in page.root.iter("select") if one.get("name") == name)
    return [words(one) for one in chosen.iter("option")]


def metas(page: Page) -> dict[str, str]:
    every: list[Element] = list(page.root.iter("meta"))
    return {one.get("property", ""): one.get("content", "") for one in every}


def pdf_text(reader: Reader, address: str) -> str:
    answer = reader.client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    pages = PdfReader(BytesIO(answer.get_data())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def large(app: Flask) -> Flask:
    """A catalogue of several pages."""
    with app.app_context(), transaction() as session:
        store(session, [*WELL_KNOWN, *invented(100)])
    return app


def test_each_choice_says_how_many_it_would_leave(reader: Reader) -> None:
    page = reader.open("/thu-tuc?lang=en")
    assert options(page, "level") == ["All levels", "Province (1)", "District (1)", "Commune (1)"]
    page = reader.open("/thu-tuc?level=COMMUNE")
    assert options(page, "field") == ["All fields", "Hộ tịch (1)"]
    assert options(page, "level")[1:] == ["Province (1)", "District (1)", "Commune (1)"]
    assert titles(page) == ["Đăng ký khai sinh"]


def test_an_old_level_and_the_new_one_narrow_down_alike(reader: Reader) -> None:
    full = titles(reader.open("/thu-tuc?online=FULL"))
    assert sorted(titles(reader.open("/thu-tuc?q=mức+độ+4"))) == sorted(full)
    assert sorted(titles(reader.open("/thu-tuc?q=toan+trinh"))) == sorted(full)


def test_pages_follow_each_other_without_gap_and_repeat(large: Flask, reader: Reader) -> None:
    page, seen = reader.open("/thu-tuc?lang=en"), []
    seen += titles(page)
    while "Next page" in page.text:
        page = page.link("Next page")
        seen += titles(page)
    assert len(seen) == len(set(seen)) == 119
    back = page.link("Previous page")
    assert titles(back) == seen[-20 - len(titles(page)) : -len(titles(page))]


def test_a_place_that_is_gone_leads_to_the_first_page(reader: Reader) -> None:
    assert len(titles(reader.open("/thu-tuc?after=gone"))) == 3


def test_filters_nobody_knows_are_none(reader: Reader) -> None:
    assert len(titles(reader.open("/thu-tuc?level=MOON&online=x"))) == 3
    assert titles(reader.open("/thu-tuc?agency=H99.99")) == []


def test_level_first_then_the_agency_then_the_procedure(reader: Reader) -> None:
    page = reader.open("/co-quan?lang=en").link("Commune").link("UBND xã Cẩm Bình")
    assert page.path == "/co-quan/H27.30.01"
    assert "0239 000 0131" in page.text
    procedure = page.link("Đăng ký khai sinh")
    assert procedure.path == P2
    assert "Where to ask UBND xã Cẩm Bình" in procedure.text


def test_an_agency_that_takes_nothing_has_no_page(reader: Reader) -> None:
    for code in ("H27.03", "H99", "%20", "x" * 300):
        reader.open(f"/co-quan/{code}", status=404)


def test_the_district_level_ends_with_its_units(app: Flask, reader: Reader) -> None:
    with app.app_context(), transaction() as session:
        district = session.scalars(select(Unit).where(Unit.code == "H27.30")).one()
        district.valid_to = date(2025, 6, 30)
    with clock.at(datetime(2025, 6, 30, 2, tzinfo=UTC)):
        assert "Cẩm Xuyên" in reader.open("/co-quan").text
    with clock.at(datetime(2025, 7, 1, 2, tzinfo=UTC)):
        assert "UBND huyện" not in reader.open("/co-quan").text
        reader.open("/co-quan/H27.30", status=404)
        page = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh?lang=en")
        assert "No agency takes new dossiers" in page.text


def test_the_page_says_when_it_would_be_received_and_due(reader: Reader) -> None:
    with clock.at(datetime(2024, 11, 4, 2, 0, tzinfo=UTC)):
        page = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh?lang=en")
    assert "An officer answers by 09:00 on 05/11/2024" in page.text
    assert "09:00 on 08/11/2024" in page.text


def test_visitors_choose_between_an_account_and_none(
    reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    page = reader.open(f"{P2}?lang=en")
    assert "Apply without an account" in page.text
    assert page.link("Apply online").path == "/dang-nhap"
    assert "Apply without an account" not in logged_in("congdan1").open(f"{P2}?lang=en").text


def test_who_logs_in_to_apply_comes_back_to_the_procedure(reader: Reader) -> None:
    page = reader.open(f"{P2}?lang=en").link("Apply online")
    back = page.form("password").send(username="congdan1", password="mot-cua-demo")
    assert back.path == P2


def test_what_is_shared_says_what_it_is(reader: Reader) -> None:
    told = metas(reader.open(P2))
    assert told["og:title"] == "Đăng ký khai sinh"
    assert told["og:url"] == "http://localhost/thu-tuc/dang-ky-khai-sinh"
    assert "og:image" not in told


def test_the_form_can_be_taken_home_blank(reader: Reader) -> None:
    text = pdf_text(reader, f"{P2}/mau/application.pdf")
    for said in ("Tờ khai đăng ký khai sinh", "Độc lập - Tự do - Hạnh phúc", "Giới tính"):
        assert said in text
    assert 'mau/application.pdf"' in reader.open(P2).html


def test_what_officers_fill_in_is_not_handed_out(reader: Reader) -> None:
    for name in ("reception", "approval", "nothing", "..%2Fapplication"):
        assert reader.client.get(f"{P2}/mau/{name}.pdf").status_code == 404


def test_the_guide_speaks_both_languages(reader: Reader) -> None:
    for language, said in (("vi", "Hướng dẫn sử dụng"), ("en", "Guide to the public services")):
        assert said in reader.open(f"/huong-dan?lang={language}").text
        assert said in pdf_text(reader, f"/huong-dan.pdf?lang={language}")


def test_suggestions_are_few_and_public(large: Flask, reader: Reader) -> None:
    found = reader.client.get("/goi-y-thu-tuc?q=dang ky kh").get_json()
    assert "Đăng ký khai sinh" in [one["name"] for one in found]
    assert len(reader.client.get("/goi-y-thu-tuc?q=cap").get_json()) == 8
    assert reader.client.get("/goi-y-thu-tuc?q=k").get_json() == []
    assert reader.client.get("/goi-y-thu-tuc").get_json() == []


def test_these_pages_ask_a_dozen_questions_at_most(large: Flask, reader: Reader) -> None:
    for address in ("/", "/thu-tuc?q=khia+sinh", "/co-quan", "/co-quan/H27.01", P2, "/huong-dan"):
        with counted(large) as told:
            reader.open(address)
        assert len(told) <= MOST, (address, told)


def test_a_published_procedure_is_found_at_once(app: Flask, reader: Reader) -> None:
    assert titles(reader.open("/thu-tuc?q=ket+hon")) == []
    with app.app_context(), transaction() as session:
        store(session, WELL_KNOWN)
    assert titles(reader.open("/thu-tuc?q=ket+hon"))[0] == "Đăng ký kết hôn"


def test_built_files_leave_compressed_for_those_who_can_read_it(reader: Reader) -> None:
    page = reader.open("/")
    address = next(
        one.get("href", "") for one in page.root.iter("link") if one.get("rel") == "stylesheet"
    )
    small = reader.client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = reader.client.get(address, buffered=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(small.get_data()) < len(plain.get_data()) / 3
    assert "Accept-Encoding" in small.headers["Vary"]
