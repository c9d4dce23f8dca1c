"""A long application, part by part: with the keyboard alone, without scripts, and going back."""

from datetime import timedelta
from urllib.parse import urlsplit

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select, update

from app.domain.accounts.model import AccountSession
from app.domain.procedures.queries import procedure_by_key
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.queries.definitions import current_version
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.doors.web.answers import posted
from tests.support.filler import fill
from tests.support.server import Server

pytestmark = pytest.mark.browser

BIRTH = "dang-ky-khai-sinh"
CHILD, MOTHER = 3, 4
WHO = {
    "owner_name": "Nguyễn Thị Mai",
    "owner_identity": "042000000001",
    "owner_email": "mai@example.vn",
}
NEXT = ".mc-savebar button[value=next]"


def answers(app: Flask) -> dict[str, object]:
    """Everything a birth is asked for, by the names of the inputs."""
    with app.app_context():
        session = db.session()
        version = current_version(session, procedure_by_key(session, BIRTH))
        source = orjson.loads(version.form_source("application"))
    return WHO | dict(posted(fill(source)))


def visitor(browser: Browser, server: Server, name: str, screen: dict[str, int]) -> Visitor:
    return Visitor(browser, f"http://127.0.0.1:{server.port}", name, screen)


def begun(somebody: Visitor) -> str:
    """The address of the list of parts of a fresh draft."""
    somebody.open(f"/thu-tuc/{BIRTH}")
    somebody.page.locator(f"form[action$='/{BIRTH}/nop'] button").last.click()
    somebody.page.wait_for_url("**/ho-so-nhap/*")
    return somebody.page.url


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    target = wanted.element_handle()
    for _ in range(150):
        if page.evaluate("one => document.activeElement === one", target):
            outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outlined is not None
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def type_in(page: Page, name: str, value: object) -> None:
    """Answer one question by the keyboard."""
    field = page.locator(f'main [name="{name}"]')
    if not field.count() or (not field.first.is_visible() and not _box(field)):
        return
    kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName")
    if kind == "radio":
        _choose(page, field, str(value))
    elif kind == "checkbox":
        tab_to(page, field.first)
        page.keyboard.press("Space")
    elif kind == "SELECT":
        tab_to(page, field)
        while field.input_value() != str(value):
            page.keyboard.press("ArrowDown")
    elif kind != "file":
        tab_to(page, field)
        page.keyboard.press("Control+A")
        page.keyboard.type(str(value))


def _choose(page: Page, field: Locator, value: str) -> None:
    """With the arrows, as radio buttons are one stop of the Tab key."""
    if not any(one.is_checked() for one in field.all()):
        tab_to(page, field.first)
        page.keyboard.press("Space")
    while not page.locator(f'main [value="{value}"]:checked').count():
        page.keyboard.press("ArrowDown")


def _box(field: Locator) -> bool:
    """Radios and boxes are drawn by their labels."""
    return field.first.get_attribute("type") in ("radio", "checkbox") and field.first.is_enabled()


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def test_a_birth_is_declared_by_the_keyboard_alone(
    app: Flask, server: Server, browser: Browser
) -> None:
    somebody, told = visitor(browser, server, "keyboard", DESKTOP), answers(app)
    page = somebody.page
    somebody.open(f"/thu-tuc/{BIRTH}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    press(page, page.locator(f"form[action$='/{BIRTH}/nop'] button").last)
    press(page, page.locator(".govuk-task-list__link").first)
    while "/phan/" in page.url:
        for name, value in told.items():
            type_in(page, name, value)
        press(page, page.locator(NEXT))
    assert page.url.endswith("/kiem-tra")
    somebody.look("check")
    tab_to(page, page.locator("input[name=declaration]"))
    page.keyboard.press("Space")
    press(page, page.locator('form:has(input[name="declaration"]) button').last)
    assert urlsplit(page.url).path.endswith("/da-gui")
    somebody.leave()


def go(page: Page, what: Locator) -> None:
    """Click on what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        what.click()


def test_without_scripts_a_part_at_a_time(app: Flask, server: Server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page, told = context.new_page(), answers(app)
    page.goto(f"http://127.0.0.1:{server.port}/thu-tuc/{BIRTH}")
    go(page, page.locator(f"form[action$='/{BIRTH}/nop'] button").last)
    go(page, page.locator(".govuk-task-list__link").nth(CHILD - 1))
    page.fill('[name="child.full_name"]', "LÊ AN")
    go(page, page.locator(NEXT))
    assert page.locator(".govuk-error-summary").is_visible()
    go(page, page.locator(".mc-savebar button[value=later]"))
    assert page.url.endswith(f"/phan/{MOTHER}")
    go(page, page.locator(".mc-savebar button[value=save]"))
    assert "Đang soạn" in page.inner_text("main")
    go(page, page.get_by_role("button", name="Kiểm tra và gửi hồ sơ"))
    go(page, page.locator(".govuk-error-summary a[href*='#owner_name']"))
    while "/phan/" in page.url:
        for name, value in told.items():
            _put(page, name, value)
        go(page, page.locator(NEXT))
    assert "/kiem-tra" in page.url
    go(page, page.locator(f"a[href*='/phan/{CHILD}?back=check']").first)
    page.fill('[name="child.full_name"]', "LÊ BÌNH")
    go(page, page.locator(NEXT))
    assert "/kiem-tra" in page.url
    assert "LÊ BÌNH" in page.inner_text("main")
    page.check("input[name=declaration]")
    go(page, page.locator('form:has(input[name="declaration"]) button').last)
    assert urlsplit(page.url).path.endswith("/da-gui")
    context.close()


def _put(page: Page, name: str, value: object) -> None:
    field = page.locator(f'main [name="{name}"]')
    if not field.count():
        return
    kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName")
    if kind in ("radio", "checkbox"):
        page.check(f'main [name="{name}"][value="{value}"]')
    elif kind == "SELECT":
        field.select_option(str(value))
    elif kind != "file":
        field.fill(str(value))


@pytest.mark.parametrize(("screen", "size"), [(DESKTOP, "desktop"), (PHONE, "phone")])
def test_going_back_finds_what_was_kept_and_may_change_it(
    server: Server, browser: Browser, screen: dict[str, int], size: str
) -> None:
    somebody = visitor(browser, server, f"parts-{size}", screen)
    page, listed = somebody.page, begun(somebody)
    somebody.look("list")
    assert violations(page) == []
    page.goto(f"{listed}/phan/{CHILD}")
    page.fill('[name="child.full_name"]', "LÊ AN")
    expect(page.locator(".mc-savenews__state")).to_contain_text("Đã lưu lúc")
    page.click(".mc-savebar button[value=next]")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    somebody.look("errors")
    assert violations(page) == []
    page.click(".mc-savebar button[value=later]")
    page.wait_for_url(f"**/phan/{MOTHER}")
    page.goto(f"{listed}/phan/{CHILD}")
    page.click(".mc-savebar button[value=save]")
    page.wait_for_url(listed)
    somebody.look("list-begun")
    page.go_back()
    page.wait_for_url(f"**/phan/{CHILD}")
    expect(page.locator('[name="child.full_name"]')).to_have_value("LÊ AN")
    page.fill('[name="child.full_name"]', "LÊ BÌNH")
    page.click(".mc-savebar button[value=save]")
    page.wait_for_url(listed)
    page.goto(f"{listed}/phan/{CHILD}")
    expect(page.locator('[name="child.full_name"]')).to_have_value("LÊ BÌNH")
    somebody.leave()


def test_a_page_warns_before_the_session_ends(app: Flask, server: Server, browser: Browser) -> None:
    somebody = visitor(browser, server, "session", DESKTOP)
    page = somebody.page
    somebody.log_in("congdan1")
    listed = begun(somebody)
    with app.app_context(), transaction() as session:
        ending = now() + timedelta(minutes=4)
        session.execute(update(AccountSession).values(expires_at=ending))
    page.goto(f"{listed}/phan/{CHILD}")
    dialog = page.locator("dialog[data-session-left]")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("phút")
    assert violations(page) == []
    page.screenshot(path=somebody.look("warned"))
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    with app.app_context():
        ends_at = db.session().scalars(select(AccountSession.expires_at)).one()
    assert ends_at - now() > timedelta(hours=11)
    somebody.leave()
