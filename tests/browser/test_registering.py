"""In a real browser: somebody registers, follows the link of the e-mail, and logs in."""

import re
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.accounts.challenges import Challenge
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Server

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "hoa@example.vn", "trâu vàng leo núi xanh"
ANOTHER = "đò ngang chờ trăng lên"


def link_in(folder: Path) -> str:
    """The path of the link in the e-mail that has come."""
    give_up = time.monotonic() + 60
    while not (come := list(folder.glob("*.eml"))) and time.monotonic() < give_up:
        time.sleep(0.1)
    mail = message_from_bytes(come[0].read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+", body.get_content())
    assert found is not None
    return urlsplit(found[0]).path


@pytest.mark.rules(
    *("R3-01", "R3-06", "R3-07", "R3-08", "R3-09", "R3-10", "R3-11", "R3-12", "R3-13", "R3-14"),
    "R3-15",
)
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_from_registration_to_log_in(
    app: Flask, server: Server, browser: Browser, screen: dict[str, int]
) -> None:
    story = "register-phone" if screen is PHONE else "register-desk"
    citizen = Visitor(browser, f"http://127.0.0.1:{server.port}", story, screen)
    page = citizen.page
    citizen.open("/")
    at_the_top = page.locator(".mc-header__tools")
    for way in ("Đăng ký", "Đăng nhập"):
        expect(at_the_top.get_by_role("link", name=way, exact=True)).to_be_visible()
    # A telephone shows the officers' way in at the foot alone.
    place = page.locator("footer") if screen is PHONE else at_the_top
    expect(place.get_by_role("link", name="Cán bộ đăng nhập")).to_be_visible()
    page.locator("footer").get_by_role("link", name="Đăng ký").click()
    expect(page.locator("main")).to_contain_text("Các trường có dấu (*) là các trường bắt buộc")
    citizen.look("form")
    citizen.fill({"name": "Lê Thị Hoa", "email": EMAIL, "password": PASSWORD, "agreed": "yes"})
    asked = Challenge(name=page.input_value("input[name=challenge]"), secret="tests only")
    page.fill("input[name=captcha]", asked.code)
    page.get_by_role("button", name="Đăng ký", exact=True).last.click()
    page.wait_for_url("**/dang-ky/da-gui")
    citizen.look("sent")
    citizen.open(link_in(server.folder / "mail"))
    citizen.look("link")
    page.locator("main form button").click()
    page.wait_for_url("**/dang-nhap")
    page.fill("input[name=username]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    citizen.follow(page.locator("main form button[type=submit]"))
    change_what_was_told(citizen)
    for path in ("/tai-khoan", "/tai-khoan/phien", "/tai-khoan/hai-buoc"):
        citizen.open(path)
        citizen.look(path.rpartition("/")[2])
    citizen.leave()


def change_what_was_told(citizen: Visitor) -> None:
    """Into the personal area, where profile and password are changed."""
    page = citizen.page
    page.locator(".mc-header__person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ cá nhân")
    page.get_by_role("link", name="Sửa thông tin cá nhân").click()
    citizen.fill({"name": "Lê Thị Hòa", "birth_date": "27/3/1990", "gender": "FEMALE"})
    page.get_by_role("button", name="Lưu").click()
    for told in ("Lê Thị Hòa", "27/03/1990", "Nữ"):
        expect(page.locator("main")).to_contain_text(told)
    page.get_by_role("link", name="Đổi mật khẩu").click()
    citizen.fill({"present": PASSWORD, "password": ANOTHER})
    page.get_by_role("button", name="Đổi mật khẩu").click()
    page.wait_for_url("**/tai-khoan")
    expect(page.locator("main")).to_contain_text("mật khẩu")
