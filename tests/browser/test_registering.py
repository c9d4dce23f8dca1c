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
from playwright.sync_api import Browser

from app.domain.accounts.challenges import Challenge
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Server

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "hoa@example.vn", "trâu vàng leo núi xanh"


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


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_from_registration_to_log_in(
    app: Flask, server: Server, browser: Browser, screen: dict[str, int]
) -> None:
    story = "register-phone" if screen is PHONE else "register-desk"
    citizen = Visitor(browser, f"http://127.0.0.1:{server.port}", story, screen)
    page = citizen.page
    citizen.open("/dang-ky")
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
    for path in ("/tai-khoan", "/tai-khoan/phien", "/tai-khoan/hai-buoc"):
        citizen.open(path)
        citizen.look(path.rpartition("/")[2])
    citizen.leave()
