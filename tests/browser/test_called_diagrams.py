"""In a real browser: the replay changes to the diagram in which something happens, and back."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import DESKTOP, Visitor
from tests.stories.test_international_conference import COMMITTEE, P1, WITH_CONSULTATION
from tests.support.server import Server
from tests.support.story import Story

pytestmark = pytest.mark.browser

INTAKE = f"{COMMITTEE}/office_intake"


@pytest.fixture
def page(app: Flask, server: Server, browser: Browser) -> Iterator[Page]:
    """The audit of a dossier that has come to the provincial committee."""
    officers = dict(WITH_CONSULTATION)
    story = Story(app)
    story.submit(P1)
    while INTAKE not in (steps := story.open_steps()):
        story.complete(steps[0], officers[steps[0]])
    auditor = Visitor(browser, f"http://127.0.0.1:{server.port}", "calls", DESKTOP)
    auditor.log_in("kiemtra")
    auditor.open(f"/kiem-tra/{story.code}")
    yield auditor.page
    assert auditor.complaints == []
    auditor.leave()


def test_the_replay_follows_the_dossier_into_the_called_diagram(page: Page) -> None:
    main = page.locator('[data-drawing=""]')
    called = page.locator(f'[data-drawing="{COMMITTEE}/"]')
    expect(called).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-element-id="office_intake"].mc-open')).to_be_visible()
    signed = page.locator("[data-seq]", has_text="Ký tờ trình hoặc văn bản từ chối: đã xong")
    signed.locator("[data-replay-goto]").click()
    expect(main).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-element-id="submission_issue"].mc-open')).to_be_visible()
    issued = page.locator("[data-seq]", has_text="Phát hành tờ trình gửi UBND tỉnh: đã xong")
    # The server's own acts, notices for one, stand in the journal wherever they came to pass.
    while issued.get_attribute("aria-current") is None:
        page.locator("[data-replay-next]").click()
    expect(called).to_have_attribute("aria-pressed", "true")


def test_a_call_activity_opens_what_it_calls(page: Page) -> None:
    expect(page.locator('[data-element-id="office_intake"].mc-open')).to_be_visible()
    page.locator('[data-drawing=""]').click()
    call = page.locator('[data-element-id="committee"].mc-open')
    expect(call).to_be_visible()
    call.locator(".djs-hit").first.click(force=True)
    expect(page.locator(f'[data-drawing="{COMMITTEE}/"]')).to_have_attribute("aria-pressed", "true")
