"""In a real browser: the catalogue is accessible, light, fits a phone, and helps while typing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.foundation.db import transaction
from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.browser.weighing import MOST_BYTES, weight_of
from tests.support.many_procedures import WELL_KNOWN, store
from tests.support.server import Server

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "list": "/thu-tuc",
    "found": "/thu-tuc?q=khia+sinh",
    "nothing": "/thu-tuc?q=qwrtzp",
    "agencies": "/co-quan",
    "agency": "/co-quan/H27.30.01",
    "procedure": "/thu-tuc/dang-ky-khai-sinh",
    "cases": "/thu-tuc/hoi-nghi-quoc-te",
    "guide": "/huong-dan",
}


@pytest.fixture
def visitor(
    request: pytest.FixtureRequest, app: Flask, server: Server, browser: Browser
) -> Iterator[Visitor]:
    with app.app_context(), transaction() as session:
        store(session, WELL_KNOWN)
    screen = getattr(request, "param", DESKTOP)
    name = "catalogue-phone" if screen is PHONE else "catalogue"
    made = Visitor(browser, f"http://127.0.0.1:{server.port}", name, screen)
    yield made
    made.leave()


@pytest.mark.parametrize("visitor", [DESKTOP, PHONE], ids=["desk", "phone"], indirect=True)
def test_nothing_keeps_anybody_out(visitor: Visitor) -> None:
    found = {}
    for name, address in PAGES.items():
        visitor.open(address)
        visitor.look(name)
        found[name] = violations(visitor.page)
    assert found == {name: [] for name in PAGES}


def test_the_first_visit_is_light(visitor: Visitor) -> None:
    weights = {}
    for name, address in PAGES.items():
        visitor.page.context.clear_cookies()
        weights[name] = weight_of(visitor, address)
    assert min(weights.values()) > 1000
    assert {name: size for name, size in weights.items() if size > MOST_BYTES} == {}


def test_suggestions_are_chosen_with_the_keyboard(visitor: Visitor) -> None:
    visitor.open("/")
    box = visitor.page.locator("#q")
    # The answer to everything that was typed: a later one would take the choice back.
    with visitor.page.expect_response("**/*?q=dang%20ky%20kh"):
        box.press_sequentially("dang ky kh")
    options = visitor.page.get_by_role("option")
    expect(options.first).to_contain_text("Đăng ký khai sinh")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert violations(visitor.page) == []
    visitor.look("suggestions")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    box.press_sequentially("a")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    visitor.page.wait_for_url("**/thu-tuc/dang-ky-khai-sinh")


def test_without_a_choice_enter_searches(visitor: Visitor) -> None:
    visitor.open("/")
    box = visitor.page.locator("#q")
    box.fill("ket hon")
    box.press("Enter")
    visitor.page.wait_for_url("**/thu-tuc?q=ket+hon")
