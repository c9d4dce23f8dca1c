"""In a real browser: a citizen submits, officers work, the result goes out, an auditor replays."""

import re
from collections.abc import Iterator

import orjson
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.procedures.queries import procedure_by_key
from app.foundation.db import db
from app.queries.definitions import current_version
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support import papers
from tests.support.filler import fill
from tests.support.server import Server

pytestmark = pytest.mark.browser

#: Procedure -> the officers who settle it, in order, with what each chooses.
WHO = {
    "owner_kind": "CITIZEN",
    "owner_name": "Nguyễn Thị Mai",
    "owner_identity": "042000000001",
    "owner_phone": "0900000001",
    "owner_email": "mai@example.vn",
    "owner_address": "Xã Cẩm Bình, huyện Cẩm Xuyên",
}
P2, P6 = "dang-ky-khai-sinh", "thanh-lap-ho-kinh-doanh"
OFFICERS = {
    P6: [
        ("reception", "linh.camxuyen"),
        ("appraisal", "nam.camxuyen"),
        ("approval", "oanh.camxuyen"),
        ("stamping", "phuc.camxuyen"),
        ("return_result", "linh.camxuyen"),
    ],
    P2: [
        ("reception", "quyen.cambinh"),
        ("verification", "tai.cambinh"),
        ("register_entry", "tai.cambinh"),
        ("system_entry", "tai.cambinh"),
        ("approval", "vinh.cambinh"),
        ("stamping", "xuan.cambinh"),
        ("return_result", "quyen.cambinh"),
    ],
}
#: The result goes out as a file, which is then required.
ELECTRONIC = {"return_result": {"result_method": "electronic"}}
PDF = {"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}


class Walk:
    """A whole life of one dossier, in pages."""

    def __init__(self, app: Flask, server: Server, browser: Browser, screen: dict[str, int]):
        self.app, self.browser, self.screen = app, browser, screen
        self.base = f"http://127.0.0.1:{server.port}"
        self.story = "phone" if screen is PHONE else "desk"
        self.people: dict[str, Visitor] = {}

    def visitor(self, name: str = "") -> Visitor:
        """The person's own browser session, logged in at the first call."""
        if name not in self.people:
            self.people[name] = Visitor(self.browser, self.base, self.story, self.screen)
            if name:
                self.people[name].log_in(name)
        return self.people[name]

    def form(self, procedure: str, name: str, **choose: object) -> dict[str, object]:
        with self.app.app_context():
            session = db.session()
            version = current_version(session, procedure_by_key(session, procedure))
            return fill(orjson.loads(version.form_source(name)), choose)

    def step_name(self, procedure: str, step: str) -> str:
        with self.app.app_context():
            session = db.session()
            version = current_version(session, procedure_by_key(session, procedure))
            return version.diagram(version.case(None).diagram).steps[step].name

    def apply(self, procedure: str) -> str:
        """A visitor without account hands a dossier in; returns its code."""
        citizen = self.visitor()
        citizen.open("/")
        citizen.look("home")
        citizen.open(f"/thu-tuc/{procedure}")
        citizen.look(f"{procedure}-procedure")
        citizen.page.locator(f'form[action$="/{procedure}/nop"] button').first.click()
        citizen.page.wait_for_url("**/ho-so-nhap/*")
        answers = WHO | self.form(procedure, "application")
        citizen.look(f"{procedure}-form")
        parts = citizen.page.locator(".govuk-task-list__link")
        if parts.count():
            citizen.follow(parts.first)
        while not citizen.page.url.endswith("/kiem-tra"):
            citizen.fill(answers)
            citizen.follow(citizen.page.locator(".mc-savebar button").first)
        citizen.look(f"{procedure}-check")
        citizen.page.check('input[name="declaration"]')
        citizen.page.locator('form:has(input[name="declaration"]) button').last.click()
        citizen.page.wait_for_url("**/da-gui")
        citizen.look(f"{procedure}-sent")
        found = re.search(r"/ho-so/([^/]+)/da-gui", citizen.page.url)
        assert found is not None
        return found[1]

    def do(self, procedure: str, code: str, step: str, officer: str, **choose: object) -> None:
        """An officer finds the task in the inbox and completes it."""
        desk = self.visitor(officer)
        desk.open("/viec")
        row = desk.page.locator("main tr", has_text=code).filter(
            has_text=self.step_name(procedure, step)
        )
        expect(row).to_be_visible()
        desk.look(f"{step}-inbox")
        desk.follow(row.get_by_role("link").first)
        desk.fill(self.form(procedure, step, **choose))
        if step == "return_result":
            desk.page.set_input_files('input[name="result_file"]', PDF)
            arrived = desk.page.locator('[data-upload-field="result_file"]').get_by_role("link")
            expect(arrived).to_be_visible()
        desk.look(f"{step}-task")
        desk.follow(desk.page.locator('form:has(input[name="task_key"]) button').last)
        assert "/viec/" not in desk.page.url, desk.text()

    def close(self) -> None:
        for visitor in self.people.values():
            visitor.leave()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def walk(
    request: pytest.FixtureRequest, app: Flask, server: Server, browser: Browser
) -> Iterator[Walk]:
    made = Walk(app, server, browser, request.param)
    yield made
    made.close()


@pytest.mark.rules("R3-02", "R3-03", "R3-04", "R3-26", "R3-27", "R4-12")
def test_a_household_business_from_form_to_replay(walk: Walk) -> None:
    code = walk.apply(P6)
    walk.do(P6, code, "reception", "linh.camxuyen", reception_decision="supplement")
    _audit(walk, code)
    code = _send_again(walk, code)
    walk.do(P6, code, "reception", "linh.camxuyen")
    walk.do(P6, code, "appraisal", "nam.camxuyen", appraisal_decision="supplement")
    _supplement(walk, code)
    for step, officer in OFFICERS[P6][1:]:
        if step == "stamping":
            _until_open(walk, officer, code)
        walk.do(P6, code, step, officer, **ELECTRONIC.get(step, {}))
    _receive(walk, code)
    _audit(walk, code)


@pytest.mark.parametrize("walk", [DESKTOP], indirect=True)
def test_a_birth_from_form_to_replay(walk: Walk) -> None:
    code = walk.apply(P2)
    for step, officer in OFFICERS[P2]:
        walk.do(P2, code, step, officer, **ELECTRONIC.get(step, {}))
    _receive(walk, code)
    _audit(walk, code)


def _send_again(walk: Walk, old: str) -> str:
    """Without account a request before the reception means a new dossier; returns its code."""
    citizen = walk.visitor()
    citizen.open(f"/ho-so/{old}")
    citizen.look("status-given-back")
    citizen.press("Nộp lại thành hồ sơ mới")
    expect(citizen.page.locator("aside.mc-beside")).to_be_visible()
    expect(citizen.page.locator('input[name="owner_name"]')).to_have_value("Nguyễn Thị Mai")
    citizen.look("form-again")
    citizen.page.click('button[name="action"][value="check"]')
    citizen.page.check('input[name="declaration"]')
    citizen.page.locator('form:has(input[name="declaration"]) button').last.click()
    citizen.page.wait_for_url("**/da-gui")
    found = re.search(r"/ho-so/([^/]+)/da-gui", citizen.page.url)
    assert found is not None
    assert found[1] != old
    citizen.open(f"/ho-so/{found[1]}")
    expect(citizen.page.get_by_role("link", name=old)).to_be_visible()
    citizen.look("status-again")
    return found[1]


def _supplement(walk: Walk, code: str) -> None:
    """The citizen sees the request on the status page and answers it."""
    citizen = walk.visitor()
    citizen.open(f"/ho-so/{code}")
    citizen.look("status-supplement")
    citizen.follow(citizen.page.locator('a[href*="/bo-sung/"]').first)
    citizen.fill(walk.form(P6, "supplement"))
    citizen.look("supplement")
    citizen.press("Gửi bổ sung")
    assert "/bo-sung/" not in citizen.page.url, citizen.text()


def _until_open(walk: Walk, officer: str, code: str) -> None:
    """The register number is allotted after the commit, by the scheduler."""
    desk = walk.visitor(officer)
    for _ in range(100):
        desk.open("/viec")
        if code in desk.text():
            return
        desk.page.wait_for_timeout(100)
    raise AssertionError("the step after the service never opened")


def _receive(walk: Walk, code: str) -> None:
    citizen = walk.visitor()
    citizen.open(f"/ho-so/{code}")
    citizen.look(f"{code[:6]}-status-end")
    with citizen.page.expect_download() as download:
        citizen.page.locator('a[href^="/tep/"]').first.click()
    assert download.value.suggested_filename == PDF["name"]


def _audit(walk: Walk, code: str) -> None:
    auditor = walk.visitor("kiemtra")
    auditor.open(f"/kiem-tra/{code}")
    expect(auditor.page.locator("svg .djs-shape").first).to_be_attached()
    auditor.look(f"{code[:6]}-audit")
    slider = auditor.page.locator("input[type=range]")
    slider.focus()
    before = slider.input_value()
    auditor.page.keyboard.press("ArrowLeft")
    assert slider.input_value() != before
    auditor.look(f"{code[:6]}-audit-earlier")
