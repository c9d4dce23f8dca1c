"""In a real browser: somebody hands a dossier in for his father, with the power of attorney."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.dossiers.authorisation import PAPER
from app.domain.procedures.queries import procedure_by_key
from app.foundation.db import db
from app.queries.definitions import current_version
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support import papers
from tests.support.filler import fill
from tests.support.server import Server

pytestmark = pytest.mark.browser
P6 = "thanh-lap-ho-kinh-doanh"
PDF: Any = {"name": "giay-uy-quyen.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}
FATHER = {
    "represented_name": "Nguyễn Văn Bình",
    "represented_identity": "042060000011",
    "represented_birth_date": "1/2/1960",
}


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def citizen(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Visitor]:
    story = f"another-{request.node.callspec.id}"
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", story, request.param)
    visitor.log_in("congdan1")
    visitor.open(f"/thu-tuc/{P6}")
    visitor.page.locator('form[action$="/nop"] button').first.click()
    visitor.page.wait_for_url("**/ho-so-nhap/*")
    yield visitor
    visitor.leave()


def test_a_son_hands_in_for_his_father(app: Flask, citizen: Visitor) -> None:
    page = citizen.page
    name = page.locator("#represented_name")
    expect(name).to_be_hidden()
    page.check("#on_behalf")
    expect(name).to_be_visible()
    number = page.locator("#basis_number")
    expect(number).to_be_hidden()
    page.get_by_label("Cha, mẹ nộp thay con chưa thành niên").check()
    expect(number).to_be_hidden()
    page.get_by_label("Giấy ủy quyền").check()
    expect(number).to_be_visible()
    for field, value in FATHER.items():
        page.fill(f"#{field}", value)
    page.fill("#basis_number", "12/UQ")
    citizen.fill(_answers(app))
    citizen.follow(page.locator('button[name="action"][value="check"]'))
    assert violations(page) == []
    citizen.look("missing")
    expect(page.locator("#basis_date-error")).to_be_visible()
    page.get_by_role("link", name="Đính kèm văn bản làm căn cứ nộp thay.").click()
    expect(page.locator(f'input[name="{PAPER}"]')).to_be_focused()
    page.fill("#basis_date", "31/10/2024")
    page.set_input_files(f'input[type=file][name="{PAPER}"]', [PDF])
    arrived = page.locator(f'[data-upload-field="{PAPER}"]').get_by_role("link")
    expect(arrived).to_be_visible()
    citizen.look("form")
    page.click('button[name="action"][value="check"]')
    page.wait_for_url("**/kiem-tra")
    citizen.look("check")
    assert violations(page) == []
    page.check('input[name="declaration"]')
    page.locator('form:has(input[name="declaration"]) button').last.click()
    page.wait_for_url("**/da-gui")
    citizen.look("sent")
    code = re.search(r"/ho-so/([^/]+)/da-gui", page.url)
    assert code is not None
    citizen.open(f"/ho-so/{code[1]}")
    citizen.look("status")
    assert "Nguyễn Văn Bình" in citizen.text()
    assert "Giấy ủy quyền, văn bản số 12/UQ ngày 31/10/2024" in citizen.text()
    citizen.open("/ho-so-cua-toi?folder=sent")
    citizen.look("mine")


def _answers(app: Flask) -> dict[str, Any]:
    with app.app_context():
        session = db.session()
        version = current_version(session, procedure_by_key(session, P6))
        return fill(orjson.loads(version.form_source("application")), {})
