"""The guide for applicants, sentence by sentence: somebody with an account (spec R3-16..44).

The guide promises six folders. Here one dossier goes through five of them, another ends in the
sixth, and what each folder offers in its column of actions is followed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.actions.store_file import store_file
from app.actions.take_in_file import take_in
from app.domain.procedures.queries import procedure_by_key
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.queries.definitions import current_version
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support import papers
from tests.support.filler import fill
from tests.support.postal import until
from tests.support.procedures import KEY
from tests.support.server import Server
from tests.support.story import Story

pytestmark = pytest.mark.browser

FOLDERS = "/ho-so-cua-toi"
REASON = "Giấy tờ không thuộc thẩm quyền của huyện"
PAPER = {"name": "don.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def citizen(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Visitor]:
    screen = request.param
    name = f"guide-{screen['width']}"
    visitor = Visitor(browser, server.address, name, screen)
    visitor.log_in("congdan1")
    yield visitor
    visitor.leave()


@pytest.mark.rules(
    *("R3-05", "R3-16", "R3-17", "R3-25", "R3-28", "R3-29", "R3-30", "R3-31", "R3-32", "R3-33"),
    *("R3-34", "R3-35", "R3-36", "R3-37", "R3-38", "R3-40", "R3-41", "R3-42", "R3-43", "R3-44"),
    *("R2-07", "R4-10", "R4-11", "R4-12", "R4-13"),
)
def test_from_a_draft_to_the_result_through_five_folders(app: Flask, citizen: Visitor) -> None:
    page, story = citizen.page, Story(app)
    keep_for_later(citizen)
    story.code = send_what_was_kept(app, citizen)
    citizen.open(f"/ho-so/{story.code}")
    expect(page.locator(".mc-status__clock")).to_contain_text("Hạn tiếp nhận")
    page.get_by_role("link", name="Các thông báo đã gửi").click()
    until(lambda: "@example.vn" in reloaded(citizen))
    look(citizen, "Đã gửi 1", "Xem hồ sơ", story.code)
    expect(page.locator("main form")).to_have_count(0)

    officer(story, "reception", "linh.camxuyen", reception_decision="supplement")
    look(citizen, "Yêu cầu bổ sung 1", "Xem yêu cầu bổ sung", story.code)
    page.get_by_role("button", name="Xem nội dung còn thiếu và bổ sung").click()
    expect(page.locator("main")).to_contain_text("Đây là lần yêu cầu bổ sung duy nhất.")
    citizen.look("request")
    citizen.fill(form(app, "supplement"))
    citizen.press("Gửi bổ sung")
    page.wait_for_url(f"**/ho-so/{story.code}")

    for step, who in (("reception", "linh.camxuyen"), ("appraisal", "nam.camxuyen")):
        officer(story, step, who)
    look(citizen, "Đang xử lý 1", "Xem quá trình xử lý", story.code)
    for told in ("Tiếp nhận và kiểm tra hồ sơ", "UBND huyện Cẩm Xuyên", "Đang thực hiện"):
        expect(page.locator("main")).to_contain_text(told)
    citizen.look("process")

    settle(story)
    look(citizen, "Đã trả kết quả 1", "Xem kết quả", story.code)
    with page.expect_download() as download:
        page.get_by_role("link", name="ket-qua.pdf").click()
    assert download.value.suggested_filename == "ket-qua.pdf"
    page.get_by_role("link", name="từng bước").click()
    expect(page.locator("main")).to_contain_text("Trả kết quả")
    assert story.replayed().identical


@pytest.mark.rules("R3-39", "R3-40", "R4-12")
def test_what_was_refused_says_why_and_cannot_be_sent_again(app: Flask, citizen: Visitor) -> None:
    page, story = citizen.page, Story(app)
    story.at = now()
    code = story.submit(KEY)
    officer(story, "reception", "linh.camxuyen", reception_decision="refuse", refusal_reason=REASON)
    look(citizen, "Bị trả lại 1", "Xem lý do, chi tiết", code)
    expect(page.locator("main")).to_contain_text(REASON)
    for button in ("Bổ sung", "Gửi", "Nộp lại"):
        expect(page.get_by_role("button", name=button)).to_have_count(0)
    page.get_by_role("link", name="từng bước").click()
    expect(page.locator("main")).to_contain_text("Tiếp nhận và kiểm tra hồ sơ")
    citizen.look("refused")


def keep_for_later(citizen: Visitor) -> None:
    """Begin, attach a paper, and put it aside: the draft waits in its folder."""
    page = citizen.page
    citizen.open(f"/thu-tuc/{KEY}")
    page.get_by_role("button", name="Đăng ký trực tuyến").click()
    page.wait_for_url("**/ho-so-nhap/*")
    page.set_input_files('input[type=file][name="paper_request"]', PAPER)  # type: ignore[arg-type] # a mapping of the same keys
    expect(page.get_by_role("link", name="don.pdf")).to_be_visible()
    citizen.press("Lưu nháp")
    page.wait_for_url(f"**{FOLDERS}*")
    expect(page.get_by_role("link", name="Chưa gửi 1")).to_have_attribute("aria-current", "page")
    citizen.look("drafts")


def send_what_was_kept(app: Flask, citizen: Visitor) -> str:
    """Go on with the draft, fill the rest in, and send it; returns the code."""
    page = citizen.page
    page.get_by_role("button", name="Soạn tiếp").click()
    page.wait_for_url("**/ho-so-nhap/*")
    expect(page.locator("main")).to_contain_text("don.pdf")
    citizen.fill(form(app, "application"))
    page.locator(".mc-savebar button").first.click()
    page.wait_for_url("**/kiem-tra")
    page.check('input[name="declaration"]')
    page.locator('form:has(input[name="declaration"]) button').last.click()
    page.wait_for_url("**/da-gui")
    citizen.look("sent")
    return page.locator(".mc-receipt__code").inner_text()


def look(citizen: Visitor, folder: str, action: str, code: str) -> None:
    """Open the folder by its name with its number, and do what its column offers."""
    page: Page = citizen.page
    citizen.open(FOLDERS)
    page.get_by_role("link", name=folder, exact=True).click()
    row = page.locator("main tr", has_text=code)
    expect(row).to_be_visible()
    citizen.look(folder[:-2].lower().replace(" ", "-"))
    row.get_by_role("link", name=action).click()
    page.wait_for_url(f"**/ho-so/{code}**")


def reloaded(citizen: Visitor) -> str:
    """What the page says now: messages go out after the answer, on their own."""
    citizen.page.reload()
    return citizen.text()


def officer(story: Story, step: str, who: str, **choose: Any) -> None:
    """An officer completes a step at this moment, as the server's clock is the real one."""
    story.at = now()
    story.complete(step, who, **choose)


def settle(story: Story) -> None:
    """The rest of the way, with a file as the result."""
    officer(story, "approval", "oanh.camxuyen")
    story.at = now()
    story.tick()
    officer(story, "stamping", "phuc.camxuyen")
    with story.app.app_context(), transaction() as session:
        taken = take_in("ket-qua.pdf", papers.PDF, max_size=10_000)
        file = store_file(session, taken, actor=story.actor("linh.camxuyen"), at=now()).id
    chosen = {"result_method": "electronic", "result_file": [file]}
    officer(story, "return_result", "linh.camxuyen", **chosen)


def form(app: Flask, name: str) -> Mapping[str, Any]:
    """What is answered on one of the procedure's forms."""
    with app.app_context():
        session = db.session()
        version = current_version(session, procedure_by_key(session, KEY))
        return fill(orjson.loads(version.form_source(name)))
