"""In a real browser: a result is sent by post, prepared by an officer, followed by the citizen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.domain.postal.states import ParcelState
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.carrier import Carrier, carrier_at
from tests.support.postal import (
    CLERK,
    CODES,
    DESK,
    LEADER,
    POST,
    SPECIALIST,
    fill_pool,
    state,
    until,
)
from tests.support.procedures import KEY
from tests.support.server import Server, running
from tests.support.story import Story

pytestmark = pytest.mark.browser


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    with carrier_at() as fake:
        yield fake


@pytest.fixture
def server(app: Flask, carrier: Carrier, tmp_path: Path) -> Iterator[Server]:
    settings = carrier.settings | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "TICK_SECONDS": "0.2",
        "LOOK_SECONDS": "0.3",
    }
    with running(tmp_path, settings) as started:
        carrier.serve(f"http://127.0.0.1:{started.port}")
        yield started


@pytest.mark.rules("R2-02", "R2-04")
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_result_is_chosen_sent_and_followed(
    app: Flask, server: Server, carrier: Carrier, browser: Browser, screen: dict[str, int]
) -> None:
    fill_pool(app)
    story, faults = Story(app), []
    code = story.submit(KEY)
    base, name = f"http://127.0.0.1:{server.port}", f"post-{screen['width']}"
    citizen = Visitor(browser, base, name, screen)
    citizen.log_in("congdan1")
    citizen.open(f"/ho-so/{code}")
    citizen.follow(citizen.page.get_by_role("link", name="Thay đổi cách nhận kết quả"))
    citizen.page.get_by_label("Qua dịch vụ bưu chính công ích").check()
    citizen.page.fill("#street", "")
    citizen.press("Lưu")
    faults += violations(citizen.page)
    citizen.look("choice")
    citizen.fill({key: text for key, text in POST.items() if key != "method"})
    citizen.press("Lưu")
    assert POST["street"] in citizen.text()
    for step, who in (("reception", DESK), ("appraisal", SPECIALIST), ("approval", LEADER)):
        story.complete(step, who)
    story.tick()
    until(lambda: story.open_steps() == ["stamping"])
    story.complete("stamping", CLERK)
    until(lambda: state(story) is ParcelState.ORDERED)
    officer = Visitor(browser, base, name, screen)
    officer.log_in(DESK)
    officer.open(f"/viec/ho-so/{code}")
    officer.follow(officer.page.get_by_role("link", name="Trả kết quả").first)
    officer.page.fill("[name=result_number]", "12/GCN")
    for part, text in (("day", "5"), ("month", "11"), ("year", "2024")):
        officer.page.fill(f"[name=result_date-{part}]", text)
    officer.page.fill("[name=result_summary]", "Giấy chứng nhận đăng ký hộ kinh doanh")
    officer.look("prepare")
    faults += violations(officer.page)
    officer.press("Lưu lại, hoàn thành khi bưu điện phát")
    assert "tự hoàn thành" in officer.page.inner_text("body")
    officer.leave()
    for status, at in (("10", "20261122080000"), ("20", "20261122093000")):
        carrier.move(f"{code}-KQ", status, StatusTime=at)
    citizen.open(f"/ho-so/{code}")
    for words in (CODES[0], "Đang vận chuyển", "09:30 ngày 22/11/2026"):
        assert words in citizen.text()
    faults += violations(citizen.page)
    citizen.look("on-its-way")
    carrier.move(f"{code}-KQ", "30", StatusTime="20261123080000", ReceiverName="Lê Văn Ba")
    until(lambda: "parcel_moved" in story.events() and not story.open_steps())
    citizen.open(f"/ho-so/{code}")
    assert "Bưu điện đã phát kết quả của Ông/Bà" in citizen.text()
    citizen.look("delivered")
    citizen.leave()
    admin = Visitor(browser, base, name, screen)
    admin.log_in("quantri")
    admin.open("/quan-tri/buu-chinh")
    faults += violations(admin.page)
    admin.look("administration")
    admin.leave()
    assert faults == []
    assert story.replayed().identical
