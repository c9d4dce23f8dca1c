"""In a real browser: an answer to a request keeps itself, and is gone on with elsewhere."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.foundation.clock import now
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.doors.web.page_client import PDF
from tests.support.procedures import KEY
from tests.support.server import Server
from tests.support.story import Story

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_an_answer_keeps_itself_with_its_papers(
    app: Flask, server: Server, browser: Browser, screen: dict[str, int]
) -> None:
    story = Story(app)
    # The server's clock is the real one, and a request from long ago has ended.
    story.at = now()
    story.submit(KEY)
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    with app.app_context():
        path = f"/ho-so/{story.code}/bo-sung/{story.item('supplement').id}"
    base, name = f"http://127.0.0.1:{server.port}", f"answer-{screen['width']}"
    mine = Visitor(browser, base, name, screen)
    mine.log_in("congdan1")
    mine.open(path)
    mine.page.locator('[name="supplement_note"]').fill("Tôi đang xin bản sao")
    state = mine.page.locator("[data-autosave-state]")
    expect(state).to_contain_text("Đã lưu lúc")
    before = mine.page.locator('[name="seen"]').input_value()
    chosen = {"name": "ban-sao.pdf", "mimeType": "application/pdf", "buffer": PDF}
    mine.page.locator('input[type=file][name="paper_request"]').set_input_files(chosen)  # type: ignore[arg-type] # a mapping of the same keys
    expect(mine.page.locator('[name="seen"]')).not_to_have_value(before)
    assert violations(mine.page) == []
    mine.look("writing")
    mine.leave()
    elsewhere = Visitor(browser, base, f"{name}-elsewhere", screen)
    elsewhere.log_in("congdan1")
    elsewhere.open(path)
    assert "ban-sao.pdf" in elsewhere.text()
    assert elsewhere.page.locator('[name="supplement_note"]').input_value().startswith("Tôi đang")
    elsewhere.look("again")
    elsewhere.press("Lưu và làm tiếp sau")
    assert "đã được lưu" in elsewhere.text()
    elsewhere.look("saved")
    elsewhere.press("Gửi bổ sung")
    assert "ban-sao.pdf" in elsewhere.text()
    elsewhere.leave()
    assert story.replayed().identical
