"""Somebody at a browser: opens pages, fills forms in, keeps pictures; every page is watched."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from app.cli.demo import PASSWORD
from tests.browser.conftest import PICTURES
from tests.doors.web.answers import posted

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 800}


class Visitor:
    """One browser session of one person, on a desk's or a phone's screen."""

    def __init__(self, browser: Browser, base: str, story: str, screen: Mapping[str, int]) -> None:
        self.base = base
        self.complaints: list[str] = []
        self._story = story
        self._context = browser.new_context(
            viewport={"width": screen["width"], "height": screen["height"]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        self.page: Page = self._context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        """Go to a page of the server."""
        self.page.goto(self.base + path)

    def log_in(self, username: str) -> None:
        """Log in with the demo password."""
        self.open("/dang-nhap")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.follow(self.page.locator("main form button[type=submit]"))

    def fill(self, data: Mapping[str, Any]) -> None:
        """Fill in what the page asks for; what it does not show is passed over."""
        for name, value in posted(data):
            self._fill(name, value)

    def press(self, text: str) -> None:
        """Press the button of that name, which sends a form."""
        self.follow(self.page.get_by_role("button", name=text, exact=True).first)

    def follow(self, what: Locator) -> None:
        """Click on what leads to another page, and wait until that page is there.

        A form waits for what is still being saved or uploaded: the click alone need not begin it.
        """
        with self.page.expect_navigation():
            what.click()

    def look(self, name: str) -> Path:
        """Keep a picture of the whole page; it must fit the width of the screen."""
        self.page.wait_for_load_state("networkidle")
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self._story}-{name}.png"
        self.page.screenshot(path=path, full_page=True)
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{name} is {overflow} px wider than the screen"
        return path

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")

    def leave(self) -> None:
        """Close the session; nothing may have gone wrong behind the page."""
        self._context.close()
        assert not self.complaints, self.complaints

    def _listen(self, message: ConsoleMessage) -> None:
        # A form sent back with errors answers 422, which browsers report as a failed resource.
        if message.type == "error" and "422" not in message.text:
            self.complaints.append(message.text)

    def _fill(self, name: str, value: Any) -> None:
        found = self.page.locator(f'main [name="{name}"]')
        # What a condition hides is disabled until an earlier answer reveals it.
        if not found.count() or not found.first.is_enabled():
            return
        kind = found.first.get_attribute("type") or found.first.evaluate("e => e.tagName")
        if kind in {"radio", "checkbox"}:
            wanted = value if isinstance(value, list) else [value]
            for one in wanted:
                self.page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "SELECT":
            found.select_option(value)
        elif kind != "file" and found.first.is_visible():
            found.fill(str(value))
