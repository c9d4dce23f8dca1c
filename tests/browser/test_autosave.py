"""A draft keeps itself while somebody writes, and fails loudly when it cannot."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Server

pytestmark = pytest.mark.browser


def begun(browser: Browser, server: Server, name: str, screen: dict[str, int]) -> Visitor:
    """Somebody in front of a fresh draft."""
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", name, screen)
    visitor.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    visitor.page.locator("form[action$='/nop'] button").first.click()
    visitor.page.wait_for_url("**/ho-so-nhap/*")
    return visitor


def leave(visitor: Visitor, *, despite: str) -> None:
    """Close the session; the browser may only have complained of what the test did to it."""
    visitor.complaints = [one for one in visitor.complaints if despite not in one]
    visitor.leave()


@pytest.mark.parametrize(("screen", "size"), [(DESKTOP, "desktop"), (PHONE, "phone")])
def test_what_is_typed_is_kept_and_a_lost_connection_loses_nothing(
    browser: Browser, server: Server, screen: dict[str, int], size: str
) -> None:
    visitor = begun(browser, server, f"autosave-{size}", screen)
    page = visitor.page
    bar = page.locator(".mc-savenews__state")
    page.fill("input[name=owner_name]", "Lê Thị Thanh")
    expect(bar).to_contain_text("Đã lưu lúc")
    visitor.look("saved")
    page.context.set_offline(True)
    page.fill("input[name=owner_identity]", "042000000009")
    alert = page.locator("[data-autosave-alert]")
    expect(alert).to_contain_text("CHƯA LƯU")
    visitor.look("offline")
    page.context.set_offline(False)
    expect(alert).to_be_hidden()
    expect(bar).to_contain_text("Đã lưu lúc")
    page.reload()
    assert page.input_value("input[name=owner_identity]") == "042000000009"
    visitor.complaints = [
        one for one in visitor.complaints if "ERR_INTERNET_DISCONNECTED" not in one
    ]
    visitor.leave()


def test_what_no_server_has_yet_survives_in_the_tab(browser: Browser, server: Server) -> None:
    visitor = begun(browser, server, "autosave-tab", DESKTOP)
    page = visitor.page
    page.route("**/tu-luu", lambda route: route.fulfill(status=503, body="no"))
    page.fill("input[name=owner_name]", "Chưa tới máy chủ")
    expect(page.locator("[data-autosave-alert]")).to_contain_text("CHƯA LƯU")
    page.unroute("**/tu-luu")
    page.reload()
    expect(page.locator("input[name=owner_name]")).to_have_value("Chưa tới máy chủ")
    expect(page.locator(".mc-savenews__state")).to_contain_text("Đã lưu lúc")
    leave(visitor, despite="503")


def test_two_windows_are_told_of_each_other(browser: Browser, server: Server) -> None:
    visitor = begun(browser, server, "autosave-windows", DESKTOP)
    first, second = visitor.page, visitor.page.context.new_page()
    second.goto(first.url)
    first.fill("input[name=owner_name]", "Cửa sổ một")
    expect(first.locator(".mc-savenews__state")).to_contain_text("Đã lưu lúc")
    second.fill("input[name=owner_name]", "Cửa sổ hai")
    expect(second.locator("[data-autosave-alert]")).to_contain_text("cửa sổ khác")
    second.get_by_role("button", name="Giữ nội dung trên trang này").click()
    expect(second.locator(".mc-savenews__state")).to_contain_text("Đã lưu lúc")
    first.reload()
    expect(first.locator("input[name=owner_name]")).to_have_value("Cửa sổ hai")
    leave(visitor, despite="409")
