"""The guide for applicants, sentence by sentence: finding a procedure and reading about it.

Spec R3-18..26 and R3-45..50, with what the agencies promise (R2) and the online levels (R4-08).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.support.server import Server

pytestmark = pytest.mark.browser

BIRTH, CONFERENCE = "Đăng ký khai sinh", "Cho phép tổ chức hội nghị, hội thảo quốc tế"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def visitor(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Visitor]:
    screen = request.param
    name = f"guide-catalogue-{screen['width']}"
    made = Visitor(browser, server.address, name, screen)
    yield made
    made.leave()


@pytest.mark.rules(
    *("R2-03", "R2-11", "R2-12", "R2-13", "R2-15", "R3-02", "R3-18", "R3-19", "R3-20", "R3-21"),
    *("R3-22", "R3-23", "R3-24", "R3-26", "R3-27", "R3-45", "R3-46", "R3-47", "R3-48", "R3-49"),
    *("R3-50", "R4-08", "R4-09"),
)
def test_a_procedure_is_found_every_way_the_guide_knows(visitor: Visitor) -> None:
    page = visitor.page
    by_level_and_agency(visitor)
    about_the_procedure(visitor)
    visitor.open("/thu-tuc")
    page.get_by_label("Dịch vụ công", exact=True).select_option("FULL")
    visitor.press("Tìm kiếm")
    expect(page.locator("main")).to_contain_text(CONFERENCE)
    expect(page.locator("main")).not_to_contain_text(BIRTH)
    visitor.open("/thu-tuc")
    page.get_by_label("Lĩnh vực").select_option("Hộ tịch")
    visitor.press("Tìm kiếm")
    expect(page.locator("main")).to_contain_text(BIRTH)
    expect(page.locator("main")).not_to_contain_text(CONFERENCE)
    page.get_by_label("Lĩnh vực").select_option(index=0)
    page.locator("#q").fill("giay khai sinh")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("link", name=BIRTH)).to_be_visible()
    # A department links to its own procedures from its own site.
    visitor.open("/co-quan/H27.01")
    expect(page.get_by_role("link", name=CONFERENCE)).to_be_visible()
    expect(page.get_by_role("link", name=BIRTH)).to_have_count(0)


def by_level_and_agency(visitor: Visitor) -> None:
    """Three levels; of one of them an agency, of that its procedure."""
    page = visitor.page
    visitor.open("/thu-tuc")
    page.get_by_role("link", name="Chọn theo cơ quan").click()
    for level in ("Cấp tỉnh", "Cấp huyện", "Cấp xã"):
        expect(page.get_by_role("heading", name=level)).to_be_visible()
    page.get_by_role("navigation", name="Cấp").get_by_role("link", name="Cấp xã").click()
    expect(page.get_by_role("heading", name="Cấp huyện")).to_have_count(0)
    visitor.look("agencies")
    page.get_by_role("link", name="UBND xã Cẩm Bình").click()
    page.get_by_role("link", name=BIRTH).click()
    page.wait_for_url("**/thu-tuc/dang-ky-khai-sinh*")


def about_the_procedure(visitor: Visitor) -> None:
    """What stands on the page, what can be taken home, and the two ways to begin."""
    page = visitor.page
    for told in ("Thời hạn giải quyết", "Phí, lệ phí", "Một phần", "Điện thoại", "Ghi Sổ đăng ký"):
        expect(page.locator("main")).to_contain_text(told)
    assert page.locator('meta[property="og:title"]').get_attribute("content") == BIRTH
    with page.expect_download() as blank:
        page.get_by_role("link", name="Mẫu đơn, tờ khai (PDF)").first.click()
    assert blank.value.suggested_filename.endswith(".pdf")
    for way in ("Đăng ký trực tuyến", "Đăng ký hồ sơ không tài khoản"):
        expect(page.get_by_role("button", name=way)).to_be_visible()
    page.get_by_role("link", name="Hướng dẫn sử dụng cổng dịch vụ công").click()
    with page.expect_download() as guide:
        page.get_by_role("link", name="Tải hướng dẫn về").click()
    assert guide.value.suggested_filename.endswith(".pdf")
