"""In a real browser: a fee comes first, is cancelled, tried again, and there is a receipt."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.domain.procedures.fees import PayWhen
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.gateway import Gateway, gateway_at
from tests.support.payments import publish_fee
from tests.support.server import Server, running
from tests.support.story import Story

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_fee_is_paid_at_the_second_attempt(
    app: Flask, server: Server, gateway: Gateway, browser: Browser, screen: dict[str, int]
) -> None:
    story = Story(app)
    code = story.submit(publish_fee(app, PayWhen.PREPAID))
    base, name = f"http://127.0.0.1:{server.port}", f"pay-{screen['width']}"
    payer = Visitor(browser, base, name, screen)
    payer.log_in("congdan1")
    payer.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    payer.look("procedure")
    payer.open(f"/ho-so/{code}")
    payer.look("status")
    payer.follow(payer.page.get_by_role("button", name="Xem khoản phải nộp và thanh toán"))
    payer.look("unpaid")
    payer.press("Thanh toán trực tuyến 100.000 đ")
    payer.look("waiting")
    payer.follow(payer.page.get_by_role("button", name="Đến cổng thanh toán"))
    payer.press("Hủy")
    payer.page.wait_for_url(f"{base}/ho-so/{code}/thanh-toan**")
    assert "không thành công" in payer.text()
    payer.look("cancelled")
    payer.press("Thanh toán trực tuyến 100.000 đ")
    payer.follow(payer.page.get_by_role("button", name="Đến cổng thanh toán"))
    payer.press("Thanh toán")
    payer.page.wait_for_url(f"{base}/ho-so/{code}/thanh-toan**")
    payer.look("paid")
    payer.page.go_back()
    payer.page.go_back()
    assert "Biên lai" in payer.text() or "biên lai" in payer.text()
    payer.follow(payer.page.get_by_role("link", name="Xem và in biên lai"))
    assert "Một trăm nghìn đồng" in payer.text()
    payer.look("receipt")
    payer.leave()
    officer = Visitor(browser, base, name, screen)
    officer.log_in("oanh.camxuyen")
    officer.open(f"/viec/ho-so/{code}/thanh-toan")
    officer.look("officer")
    officer.leave()
    assert story.replayed().identical
