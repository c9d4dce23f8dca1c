"""Choosing in pages how the result comes back: a step before sending, and later."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.applying import APPLICANT, BUSINESS, begin, fill_in, send
from tests.doors.web.page_client import Page, Reader
from tests.doors.web.test_slips import addresses, sheet
from tests.support.postal import POST
from tests.support.story import Story

DESK = "linh.camxuyen"


@pytest.fixture
def postal(app: Flask) -> Flask:
    """A province that sends results by post."""
    app.config["POSTAL_RETURN"] = True
    return app


def step(app: Flask, reader: Reader) -> Page:
    """The step that asks, after the form."""
    page = fill_in(app, begin(reader))
    assert page.path.endswith("/nhan-ket-qua")
    return page


def test_where_the_province_sends_nothing_nobody_is_asked(app: Flask, reader: Reader) -> None:
    page = fill_in(app, begin(reader))
    assert page.path.endswith("/kiem-tra")
    assert "Cách nhận kết quả" not in page.text
    draft = page.path.split("/")[2]
    assert reader.open(f"/ho-so-nhap/{draft}/nhan-ket-qua").path == page.path
    code = send(page)
    assert "Cách nhận kết quả" not in reader.open(f"/ho-so/{code}").text
    reader.open(f"/ho-so/{code}/nhan-ket-qua", status=404)


def test_the_choice_is_asked_for_before_the_check_and_shown_everywhere(
    postal: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    page = step(postal, reader)
    form = page.form("method")
    assert form.held()["recipient"] == APPLICANT["owner_name"], "nobody types twice"
    assert form.held()["phone"] == APPLICANT["owner_phone"]
    refused = form.send(status=422)
    assert "Chọn cách nhận kết quả" in refused.text
    refused = form.send(method="post", phone="12", street="", status=422)
    assert 'href="#phone"' in refused.html
    assert 'href="#street"' in refused.html
    assert refused.form("method").held()["phone"] == "12"
    check = refused.form("method").send(POST)
    assert check.path.endswith("/kiem-tra")
    for line in POST.values():
        assert line == "post" or line in check.text
    assert (
        check.link("Thay đổi cách nhận kết quả").form("method").held()["street"] == POST["street"]
    )
    code = send(check)
    assert POST["street"] in reader.open(f"/ho-so/{code}/da-gui").text
    status = reader.open(f"/ho-so/{code}")
    assert POST["street"] in status.text
    assert "Kết quả sẽ được gửi qua bưu chính công ích" in status.text
    officer = logged_in(DESK)
    task = officer.open("/viec").link("Tiếp nhận")
    assert POST["street"] in task.text
    assert POST["street"] in officer.open(f"/viec/ho-so/{code}").text


def test_the_receipt_says_where_it_is_sent(
    postal: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(postal)
    code = story.submit(BUSINESS)
    mine = logged_in("congdan1")
    page = mine.open(f"/ho-so/{code}")
    assert "Tại bộ phận một cửa" in page.text
    changed = page.link("Thay đổi cách nhận kết quả").form("method").send(POST)
    assert changed.path == f"/ho-so/{code}"
    story.complete("reception", DESK)
    receipt = addresses(mine, code)[0]
    assert POST["street"] in sheet(mine, receipt)
    mine.open(f"/ho-so/{code}/nhan-ket-qua").form("method").send(method="counter")
    assert POST["street"] in sheet(mine, receipt), "a sheet says what was true when it was issued"
    assert story.replayed().identical


def test_a_visitor_changes_it_with_the_code_he_has_proved(postal: Flask, reader: Reader) -> None:
    check = step(postal, reader).form("method").send(method="counter")
    code = send(check)
    page = reader.open(f"/ho-so/{code}/nhan-ket-qua")
    page.form("method").send(method="post", status=422)
    page.form("method").send(POST)
    assert POST["street"] in reader.open(f"/ho-so/{code}").text
    other = Reader(postal.test_client())
    assert other.open(f"/ho-so/{code}/nhan-ket-qua").path == "/tra-cuu"


def test_nobody_else_sees_or_chooses(postal: Flask, logged_in: Callable[[str], Reader]) -> None:
    code = Story(postal).submit(BUSINESS)
    logged_in("congdan2").open(f"/ho-so/{code}/nhan-ket-qua", status=404)
    logged_in("nam.camxuyen").open(f"/ho-so/{code}/nhan-ket-qua", status=404)


def test_once_it_is_ready_nothing_can_be_chosen(
    postal: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(postal)
    code = story.submit(BUSINESS)
    story.complete("reception", DESK, reception_decision="refuse")
    mine = logged_in("congdan1")
    assert "Thay đổi cách nhận" not in mine.open(f"/ho-so/{code}").text
    mine.open(f"/ho-so/{code}/nhan-ket-qua", status=409)


def test_a_choice_of_a_draft_is_forgotten_where_the_post_stops(
    postal: Flask, reader: Reader
) -> None:
    check = step(postal, reader).form("method").send(POST)
    postal.config["POSTAL_RETURN"] = False
    code = send(reader.open(check.path))
    postal.config["POSTAL_RETURN"] = True
    assert POST["street"] not in reader.open(f"/ho-so/{code}").text
