"""Uploading as people see and hear it: progress, a lost connection, pictures, a narrow screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from app.actions.receive_upload import PIECE
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support import papers
from tests.support.server import Server

pytestmark = pytest.mark.browser
FIELD = "paper_identity"


def paper(name: str, content: bytes, media_type: str = "application/pdf") -> Any:
    return {"name": name, "mimeType": media_type, "buffer": content}


LARGE = paper("căn cước.pdf", papers.large_pdf(PIECE * 3))
PHOTOGRAPH = papers.picture(size=(1600, 1000), camera="Telephone", colour="teal")
PICTURE = paper("mặt trước.jpg", PHOTOGRAPH, "image/jpeg")
HEARD = """
    () => {
        window.heard = [];
        const note = (voice) => new MutationObserver(() => window.heard.push(voice.textContent))
            .observe(voice, {childList: true, characterData: true, subtree: true});
        document.querySelectorAll(".mc-upload [role=status]").forEach(note);
    }
"""


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def citizen(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Visitor]:
    """A visitor with the form of a fresh draft before him."""
    story = f"uploads-{request.node.callspec.id}"
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", story, request.param)
    visitor.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    visitor.page.locator('form[action$="/nop"] button').first.click()
    visitor.page.wait_for_url("**/ho-so-nhap/*")
    yield visitor
    visitor.leave()


def choose(page: Page, *files: Any) -> None:
    page.set_input_files(f'input[type=file][name="{FIELD}"]', list(files))


def place(page: Page) -> Any:
    return page.locator(f'[data-upload-field="{FIELD}"]')


def test_progress_is_shown_and_read_out_and_the_form_goes_without_the_file(
    citizen: Visitor,
) -> None:
    page = citizen.page
    page.evaluate(HEARD)
    choose(page, LARGE)
    expect(place(page).get_by_role("link", name="căn cước.pdf")).to_be_visible()
    heard = page.evaluate("window.heard")
    assert heard[0] == "Đang tải lên căn cước.pdf"
    assert any("50 %" in one or "75 %" in one for one in heard)
    assert heard[-1] == "Đã tải lên căn cước.pdf."
    assert page.locator(f'input[type=file][name="{FIELD}"]').evaluate("e => e.files.length") == 0
    page.reload()
    assert "căn cước.pdf" in place(page).inner_text()


def test_a_picture_is_seen_at_once_and_can_be_taken_away(citizen: Visitor) -> None:
    page = citizen.page
    choose(page, PICTURE)
    picture = place(page).locator("img")
    expect(picture).to_be_visible()
    # It stands upright, as the telephone was held.
    expect(picture).to_have_js_property("naturalWidth", 200)
    citizen.look("picture")
    place(page).get_by_role("button", name="Xóa mặt trước.jpg").click()
    expect(place(page).locator("li")).to_have_count(0)
    assert page.evaluate("document.activeElement.type") == "file"


def test_a_refusal_is_an_alert_beside_the_question(citizen: Visitor) -> None:
    page = citizen.page
    choose(page, paper("đơn.pdf", papers.HTML))
    alert = place(page).get_by_role("alert")
    expect(alert).to_contain_text("trang web")
    citizen.look("refused")


def test_a_lost_connection_costs_one_piece_only(browser: Browser, server: Server) -> None:
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", "uploads-lost", PHONE)
    visitor.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    page = visitor.page
    page.locator('form[action$="/nop"] button').first.click()
    page.wait_for_url("**/ho-so-nhap/*")
    sent: list[str] = []

    def line(route: Route) -> None:
        """The second piece does not get through, twice."""
        offset = route.request.headers["upload-offset"]
        sent.append(offset)
        if offset == str(PIECE) and sent.count(offset) <= 2:
            if sent.count(offset) == 2:
                visitor.look("waiting")
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route("**/tai-len/*", line)
    choose(page, LARGE)
    expect(place(page)).to_contain_text("Mất kết nối")
    expect(place(page).get_by_role("link", name="căn cước.pdf")).to_be_visible(timeout=20_000)
    assert sent == [str(PIECE * n) for n in (0, 1, 1, 1, 2, 3)]
    visitor.complaints = [one for one in visitor.complaints if "ERR_CONNECTION_FAILED" not in one]
    visitor.leave()


def test_a_form_sent_too_early_goes_as_soon_as_the_file_is_there(
    browser: Browser, server: Server
) -> None:
    visitor = Visitor(browser, f"http://127.0.0.1:{server.port}", "uploads-early", DESKTOP)
    visitor.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    page = visitor.page
    page.locator('form[action$="/nop"] button').first.click()
    page.wait_for_url("**/ho-so-nhap/*")
    choose(page, LARGE)
    page.click('button[name="action"][value="save"]')
    expect(page.get_by_role("alert").or_(page.locator(".govuk-notification-banner"))).to_be_visible(
        timeout=20_000
    )
    assert "căn cước.pdf" in place(page).inner_text()
    visitor.leave()
