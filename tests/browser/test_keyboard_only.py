"""With keys alone: a whole submission with an account, a supplement, a payment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.cli.demo import PASSWORD
from app.domain.procedures.fees import PayWhen
from app.domain.procedures.queries import procedure_by_key
from app.foundation.clock import now
from app.foundation.db import db
from app.queries.definitions import current_version
from tests.browser.keyboard import Keyboard
from tests.browser.visitor import DESKTOP, Visitor
from tests.doors.web.answers import posted
from tests.support import papers
from tests.support.filler import fill
from tests.support.gateway import Gateway, gateway_at
from tests.support.payments import publish_fee
from tests.support.server import Server, running
from tests.support.story import Story

pytestmark = pytest.mark.browser
P6 = "thanh-lap-ho-kinh-doanh"
PDF: Any = {"name": "giay-to.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with gateway_at() as fake:
        yield fake


@pytest.fixture
def server(app: Flask, gateway: Gateway, tmp_path: Path) -> Iterator[Server]:
    settings = {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "TICK_SECONDS": "0.2"}
    with running(tmp_path, settings | gateway.settings) as started:
        gateway.serve(f"http://127.0.0.1:{started.port}")
        yield started


@pytest.fixture
def citizen(browser: Browser, server: Server) -> Iterator[Visitor]:
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", "keys", DESKTOP)
    yield visitor
    visitor.leave()


def keys_of(citizen: Visitor) -> Keyboard:
    """Logged in with keys alone, and in front of the first page."""
    keys = Keyboard(citizen.page)
    citizen.open("/dang-nhap")
    keys.to(lambda stop: stop.name == "username")
    citizen.page.keyboard.type("congdan1")
    keys.to(lambda stop: stop.name == "password")
    citizen.page.keyboard.type(PASSWORD)
    keys.press("Enter")
    citizen.page.wait_for_url(lambda address: not address.endswith("/dang-nhap"))
    return keys


def test_a_dossier_is_handed_in(app: Flask, citizen: Visitor) -> None:
    keys, page = keys_of(citizen), citizen.page
    citizen.open(f"/thu-tuc/{P6}")
    skip = keys.tab()
    assert "govuk-skip-link" in skip.classes
    keys.press("Enter")
    assert keys.here() is not None
    assert keys.here().id == "main-content"  # type: ignore[union-attr] # the line before
    keys.follow("Đăng ký trực tuyến")
    keys.answer({}, until="Tiếp tục để kiểm tra")
    keys.leave()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    first = keys.tab()
    assert first.kind == "a"
    keys.press("Enter")
    citizen.open(urlsplit(page.url).path)
    keys.answer(_told(app), until="Tiếp tục để kiểm tra")
    citizen.look("form")
    keys.leave()
    assert page.url.endswith("/kiem-tra")
    keys.to(lambda stop: stop.name == "declaration")
    keys.press("Space")
    keys.to(lambda stop: stop.kind == "button" and stop.text == "Gửi hồ sơ")
    keys.press("Enter")
    page.wait_for_url("**/da-gui")
    keys.follow("Theo dõi hồ sơ")
    assert "Chờ tiếp nhận" in citizen.text()


def test_the_error_summary_leads_to_the_question(citizen: Visitor) -> None:
    keys, page = keys_of(citizen), citizen.page
    citizen.open(f"/thu-tuc/{P6}")
    keys.follow("Đăng ký trực tuyến")
    keys.answer({"owner_identity": "?"}, until="Tiếp tục để kiểm tra")
    keys.leave()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert keys.tab().kind == "a"
    keys.press("Enter")
    expect(page.locator("#owner_identity")).to_be_focused()


def test_a_supplement_is_sent(app: Flask, citizen: Visitor) -> None:
    story = Story(app)
    # By the clock of the server, so that the time to answer has not passed long ago.
    story.at = now()
    code = story.submit(P6)
    story.complete(
        "reception",
        "linh.camxuyen",
        reception_decision="supplement",
        supplement_items=["paper_identity"],
        supplement_remarks=[{"item": "paper_identity", "remark": "Ảnh mờ"}],
    )
    keys, page = keys_of(citizen), citizen.page
    citizen.open("/ho-so-cua-toi")
    keys.follow("Bổ sung hồ sơ")
    page.wait_for_url(f"**/ho-so/{code}/bo-sung/*")
    told = {"paper_identity": PDF, "supplement_note": "Đã nộp ảnh mới."}
    keys.answer(told, until="Gửi bổ sung")
    keys.leave()
    assert page.url.endswith(f"/ho-so/{code}")
    assert story.open_steps() == ["reception"]


def test_a_fee_is_paid(app: Flask, citizen: Visitor) -> None:
    code = Story(app).submit(publish_fee(app, PayWhen.PREPAID))
    keys, page = keys_of(citizen), citizen.page
    citizen.open(f"/ho-so/{code}")
    keys.to(lambda stop: stop.text == "Xem khoản phải nộp và thanh toán")
    keys.leave("Space")
    keys.follow("Thanh toán trực tuyến")
    keys.follow("Đến cổng thanh toán")
    page.get_by_role("button", name="Thanh toán", exact=True).wait_for()
    # The platform of the bank is not our page: no more is asked of it than that keys reach it.
    for _ in range(10):
        keys.press("Tab")
        here = keys.here()
        if here and here.text == "Thanh toán":
            break
    keys.press("Enter")
    page.wait_for_url(f"**/ho-so/{code}/thanh-toan**")
    keys.follow("Xem và in biên lai")
    assert "Một trăm nghìn đồng" in citizen.text()


def _told(app: Flask) -> dict[str, Any]:
    """What the form asks for, under the names of its inputs."""
    with app.app_context():
        session = db.session()
        version = current_version(session, procedure_by_key(session, P6))
        form = version.form("application")
        answers = fill(orjson.loads(version.form_source("application")), {})
        files = [path for path in form.file_keys if "[" not in path]
    return dict(posted(answers)) | dict.fromkeys(files, PDF)
