"""In a real browser: a dossier is withdrawn while an officer has it open, and the fee is owed."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.actions.payments.at_the_counter import record_money
from app.domain.payments.states import Method
from app.domain.procedures.fees import PayWhen
from app.foundation.db import transaction
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.payments import publish_fee
from tests.support.server import Server
from tests.support.story import Story

pytestmark = pytest.mark.browser


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier whose fee was paid in advance, and nobody has begun."""
    begun = Story(app)
    begun.submit(publish_fee(app, PayWhen.PREPAID))
    with app.app_context():
        clerk = begun.actor("linh.camxuyen")
        with transaction() as session:
            record_money(session, begun.code, Method.CASH, "PT-1", actor=clerk, at=begun.at)
    return begun


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_dossier_is_withdrawn_under_an_officers_hands(
    story: Story, server: Server, browser: Browser, screen: dict[str, int]
) -> None:
    base, name = f"http://127.0.0.1:{server.port}", f"withdraw-{screen['width']}"
    with story.app.app_context():
        item = story.item("reception").id
    officer = Visitor(browser, base, f"{name}-officer", screen)
    officer.log_in("linh.camxuyen")
    officer.open(f"/viec/{item}")
    mine = Visitor(browser, base, name, screen)
    mine.log_in("congdan1")
    mine.open(f"/ho-so/{story.code}")
    mine.follow(mine.page.get_by_role("link", name="Rút hồ sơ này"))
    assert "100.000" in mine.text()
    assert violations(mine.page) == []
    mine.look("asked")
    mine.page.get_by_label("Lý do (không bắt buộc)").fill("Gia đình tôi chưa mở cửa hàng nữa.")
    mine.press("Rút hồ sơ")
    assert "Hồ sơ này đã được rút" in mine.text()
    assert violations(mine.page) == []
    mine.look("withdrawn")
    mine.open("/ho-so-cua-toi?folder=returned")
    assert story.code in mine.text()
    mine.look("folder")
    mine.leave()
    officer.press("Hoàn thành bước này")
    assert "Người nộp đã rút hồ sơ này" in officer.text()
    assert violations(officer.page) == []
    officer.look("told")
    # A page that says "too late" is a 409, which browsers report as a failed resource.
    officer.complaints = [one for one in officer.complaints if "409" not in one]
    officer.open(f"/viec/ho-so/{story.code}")
    officer.look("dossier")
    officer.leave()
    leader = Visitor(browser, base, f"{name}-leader", screen)
    leader.log_in("oanh.camxuyen")
    leader.open(f"/viec/ho-so/{story.code}/thanh-toan")
    assert "cần được hoàn lại" in leader.text()
    leader.look("owed")
    leader.leave()
    assert story.replayed().identical
