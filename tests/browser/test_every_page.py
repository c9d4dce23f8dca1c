"""Every page, in front of everybody it is for: no barrier that axe knows of, and nothing too wide.

The dossier of this story is long overdue, so that letters, escalations and alarms are there to see.
"""

from collections.abc import Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.stories.test_apologies import Letters
from tests.stories.test_feedback import Complaining
from tests.support.server import Server

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
#: Who looks, and at what; `{code}` is the dossier, `{item}` its open step, `{rated}` another
#: that was settled and rated, `{settled}` one to rate, `{feedback}` what an applicant wrote.
WAYS: dict[str, Sequence[str]] = {
    "": (
        "/",
        "/thu-tuc",
        "/thu-tuc/dang-ky-khai-sinh",
        "/co-quan",
        "/huong-dan",
        "/tra-cuu",
        "/tra-cuu/ma?code=H27.30-241104-0001",
        "/phan-anh",
        "/phan-anh/da-gui",
        "/dang-nhap",
        "/can-bo/dang-nhap",
        "/dang-ky",
        "/quen-mat-khau",
    ),
    "congdan1": (
        "/ho-so-cua-toi",
        "/ho-so-cua-toi/them",
        "/ho-so/{code}",
        "/ho-so/{code}/da-gui",
        "/ho-so/{code}/qua-trinh",
        "/ho-so/{code}/rut",
        "/ho-so/{code}/thoi-han",
        "/ho-so/{code}/thong-bao",
        "/ho-so/{code}/xin-loi",
        "/phan-anh",
        "/phan-anh-cua-toi",
        "/phan-anh-cua-toi/{feedback}",
        "/ho-so/{rated}/danh-gia",
        "/ho-so/{settled}/danh-gia",
        "/tai-khoan",
        "/tai-khoan/sua",
        "/tai-khoan/mat-khau",
        "/tai-khoan/phien",
        "/tai-khoan/thong-bao",
    ),
    "nam.camxuyen": (
        "/viec",
        "/viec/{item}",
        "/viec/ho-so/{code}",
        "/viec/ho-so/{code}/thoi-han",
        "/viec/ho-so/{code}/thong-bao",
        "/viec/ho-so/{code}/thanh-toan",
        "/tai-khoan/hai-buoc",
    ),
    "oanh.camxuyen": (
        "/viec/bao-len-toi",
        "/viec/xin-loi",
        "/viec/ho-so/{code}/xin-loi",
        "/viec/phan-anh",
        "/viec/phan-anh/{feedback}",
        "/viec/danh-gia",
    ),
    "quantri": (
        "/quan-tri/lich",
        "/quan-tri/lich/ha-tinh",
        "/quan-tri/lich/ha-tinh/sua",
        "/quan-tri/lich/ha-tinh/sua/de-xuat",
        "/quan-tri/lich/ha-tinh/sua/gio",
        "/quan-tri/lich/ha-tinh/sua/ngay",
        "/quan-tri/lich/ha-tinh/sua/quy-tac",
        "/quan-tri/thong-bao",
        "/quan-tri/buu-chinh",
    ),
    "quantri.cambinh": ("/quan-tri/can-bo",),
    "kiemtra": (
        "/kiem-tra",
        "/kiem-tra/{code}",
        "/kiem-tra/{code}?checked=1",
        "/kiem-tra/{code}/thoi-han",
        "/kiem-tra/{code}/thong-bao",
        "/kiem-tra/{rated}/danh-gia",
    ),
}


@pytest.fixture
def story(app: Flask) -> Letters:
    """A dossier whose letter of apology has been sent."""
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    story.approve()
    return story


@pytest.fixture
def said(story: Letters) -> dict[str, str]:
    """What citizens have said of other dossiers."""
    other = Complaining(story.app)
    settled = other.received().settled().code
    rated = other.received().settled().code
    other.rate(comment="Nhanh, rõ ràng")
    return {"settled": settled, "rated": rated, "feedback": other.send(officer="Linh")}


@pytest.mark.parametrize("person", WAYS)
def test_pages_have_no_barriers_and_fit_every_screen(
    story: Letters, said: dict[str, str], server: Server, browser: Browser, person: str
) -> None:
    with story.app.app_context():
        item = story.item(story.open_steps()[0]).id
    looker = Visitor(browser, f"http://127.0.0.1:{server.port}", f"page-{person}", DESKTOP)
    if person:
        looker.log_in(person)
    if person == "quantri":
        looker.open("/quan-tri/lich/ha-tinh")
        looker.follow(looker.page.locator("form[action$='/sua'] button").first)
    found: dict[str, list[str]] = {}
    for path in WAYS[person]:
        looker.open(path.format(code=story.code, item=item, **said))
        found[path] = violations(looker.page) + _too_wide(looker)
        assert "/dang-nhap" not in looker.page.url or "dang-nhap" in path, path
    assert {path: faults for path, faults in found.items() if faults} == {}
    looker.leave()


def _too_wide(looker: Visitor) -> list[str]:
    """The screens that the open page does not fit."""
    faults = []
    for screen in (PHONE, NARROW, DESKTOP):
        looker.page.set_viewport_size(screen)  # type: ignore[arg-type] # a mapping of the same keys
        over = looker.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            faults.append(f"{over} px too wide at {screen['width']}")
    return faults
