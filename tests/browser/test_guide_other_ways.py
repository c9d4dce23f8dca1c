"""The guide for applicants: with the national identity, at the counter, and complaining.

Spec R2-01 (VNeID), R2-06 and R4-14 (helped by an officer), R4-15 (on paper), R2-14 (feedback).
"""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.procedures.queries import procedure_by_key
from app.foundation.db import db
from app.queries.definitions import current_version
from tests.browser.visitor import DESKTOP, Visitor
from tests.doors.web.applying import APPLICANT
from tests.support import papers
from tests.support.eid_provider import EidProvider, eid_provider
from tests.support.filler import fill
from tests.support.procedures import KEY
from tests.support.server import Server, running

pytestmark = pytest.mark.browser

SCAN = {"name": "don-quet.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}
COMPLAINT = {
    "concern": "officer",
    "unit": "H27.30",
    "subject": "Thái độ khi hướng dẫn",
    "text": "Tôi phải đi lại ba lần.",
}


@pytest.fixture
def provider() -> Iterator[EidProvider]:
    with eid_provider() as started:
        yield started


@pytest.fixture
def server(app: Flask, provider: EidProvider, tmp_path: Path) -> Iterator[Server]:
    settings = {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "TICK_SECONDS": "0.2"}
    with running(tmp_path, settings | provider.settings) as started:
        yield started


@pytest.mark.rules("R2-01", "R2-06", "R2-09", "R2-14", "R4-14", "R4-15")
def test_identity_counter_and_feedback(app: Flask, server: Server, browser: Browser) -> None:
    somebody = visitor(browser, server, "vneid")
    comes_in_with_the_national_identity(somebody)
    complains(somebody)
    somebody.leave()
    leader = visitor(browser, server, "leader")
    leader.log_in("oanh.camxuyen")
    answers(leader)
    leader.leave()
    officer = visitor(browser, server, "counter")
    officer.log_in("linh.camxuyen")
    code = hands_in_at_the_counter(app, officer)
    officer.leave()
    applicant = visitor(browser, server, "helped")
    applicant.open("/tra-cuu")
    applicant.fill({"code": code, "identity": APPLICANT["owner_identity"]})
    applicant.press("Xem hồ sơ")
    expect(applicant.page.locator("main")).to_contain_text("Đã nộp trực tiếp")
    applicant.look("handed-in")
    applicant.leave()


def visitor(browser: Browser, server: Server, name: str) -> Visitor:
    return Visitor(browser, server.address, f"guide-{name}", DESKTOP)


def comes_in_with_the_national_identity(somebody: Visitor) -> None:
    page = somebody.page
    # The provider's own page borrows its looks from elsewhere.
    page.context.route(
        lambda address: address.startswith("https://"),
        lambda route: route.fulfill(content_type="text/css", body=""),
    )
    somebody.open("/dang-nhap")
    somebody.look("log-in")
    page.get_by_role("button", name="VNeID").or_(page.get_by_role("link", name="VNeID")).click()
    page.get_by_role("button", name="vn-hoa").click()
    expect(page.locator(".mc-header__person")).to_have_text("Lê Thị Hoa")
    page.locator(".mc-header__person").click()
    expect(page.locator("main")).to_contain_text("042190000009")
    page.get_by_role("link", name="Sửa thông tin cá nhân").click()
    # What the national identity says is read only (spec R3-14).
    expect(page.locator("main input[name=name]")).to_have_count(0)


def complains(somebody: Visitor) -> None:
    page = somebody.page
    somebody.open("/")
    page.get_by_role("link", name="Phản ánh, kiến nghị").first.click()
    somebody.fill(COMPLAINT)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/phan-anh-cua-toi/PA-*")
    expect(page.locator("main")).to_contain_text(COMPLAINT["text"])
    somebody.look("feedback")


def answers(leader: Visitor) -> None:
    page = leader.page
    leader.open("/viec/phan-anh")
    page.get_by_role("link", name=COMPLAINT["subject"]).click()
    leader.fill({"answer": "Chúng tôi xin lỗi Ông/Bà và đã nhắc nhở công chức."})
    leader.look("answering")
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.locator("main")).to_contain_text("Đã gửi câu trả lời")


def hands_in_at_the_counter(app: Flask, officer: Visitor) -> str:
    """Somebody comes with paper: an officer scans it and types for him; returns the code."""
    page = officer.page
    officer.open(f"/thu-tuc/{KEY}")
    page.locator(f"form[action$='/{KEY}/nop'] button").first.click()
    page.wait_for_url("**/ho-so-nhap/*")
    with app.app_context():
        session = db.session()
        version = current_version(session, procedure_by_key(session, KEY))
        told = fill(orjson.loads(version.form_source("application")))
    officer.fill(APPLICANT | told)
    page.set_input_files('input[type=file][name="paper_request"]', SCAN)  # type: ignore[arg-type] # a mapping of the same keys
    expect(page.get_by_role("link", name="don-quet.pdf")).to_be_visible()
    officer.look("counter")
    page.locator(".mc-savebar button").first.click()
    page.wait_for_url("**/kiem-tra")
    page.check('input[name="declaration"]')
    page.locator('form:has(input[name="declaration"]) button').last.click()
    page.wait_for_url("**/da-gui")
    expect(page.locator("main")).to_contain_text("don-quet.pdf")
    return page.locator(".mc-receipt__code").inner_text()
