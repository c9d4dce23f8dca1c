"""A parcel with a result in pages: officers prepare, citizens follow, administrators look after."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.status import Status
from app.domain.postal.model import CarrierMessage
from app.domain.postal.states import ParcelState
from app.domain.postal.vnpost import carrier_of
from app.foundation import clock
from app.foundation.db import db
from tests.doors.web.page_client import Page, Reader
from tests.support.carrier import LONG, Carrier, callback, carrier_at
from tests.support.postal import ANSWERS, CODES, DESK, fill_pool, parcel, posts, ready
from tests.support.story import Story

#: The answers as a browser sends them.
TYPED = {name: text for name, text in ANSWERS.items() if name != "result_date"} | {
    "result_date-day": "5",
    "result_date-month": "11",
    "result_date-year": "2024",
}


@pytest.fixture(scope="module")
def fake() -> Iterator[Carrier]:
    with carrier_at() as carrier:
        yield carrier


@pytest.fixture
def carrier(fake: Carrier, app: Flask) -> Carrier:
    fake.post("/control/reset", {})
    app.config.update(fake.settings | {"POSTAL_SECONDS": LONG, "POSTAL_RETURN": True})
    with app.app_context():
        found = carrier_of(app.config)
        assert found is not None
        found.line.breaker.succeeded()
    return fake


@pytest.fixture
def story(app: Flask, carrier: Carrier) -> Iterator[Story]:
    """A dossier whose result is ready and goes by post."""
    fill_pool(app)
    told = ready(Story(app))
    with clock.at(told.at):
        yield told


def tell(app: Flask, number: str, status: str, **other: Any) -> str:
    """The carrier calls back over HTTP; gives the code of the answer."""
    message = callback(number, other.pop("item", CODES[0]), status, **other)
    answer = app.test_client().post("/buu-chinh/trang-thai", json=message)
    assert answer.status_code == 200
    code: str = answer.get_json()["Status"]
    return code


def step_of(officer: Reader) -> Page:
    return officer.open("/viec").link("Trả kết quả")


def test_an_officer_prepares_the_post_delivers_and_the_citizen_follows(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    app, number = story.app, f"{story.code}-KQ"
    mine, officer = logged_in("congdan1"), logged_in(DESK)
    assert "đang chuẩn bị giao bưu điện" in mine.open(f"/ho-so/{story.code}").text
    posts(story)
    page = step_of(officer)
    assert CODES[0] in page.text
    refused = page.form("task_key").send(button=("action", "post"), status=422)
    assert "result_number" in refused.html
    kept = page.form("task_key").send(TYPED, button=("action", "post"))
    assert "tự hoàn thành khi bưu điện phát" in kept.text
    again = officer.open(page.path)
    assert "đã chuẩn bị" in again.text
    assert again.form("task_key").held()["result_number"] == ANSWERS["result_number"]
    assert tell(app, number, "10", StatusTime="20241106080000") == "00"
    assert tell(app, number, "20", StatusTime="20241106103000", Place="Bưu cục Hà Tĩnh") == "00"
    shown = mine.open(f"/ho-so/{story.code}").text
    for words in (CODES[0], "Bưu điện đã nhận gửi", "08:00 ngày 06/11/2024", "Bưu cục Hà Tĩnh"):
        assert words in shown
    assert tell(app, number, "30", StatusTime="20241107090000", ReceiverName="Lê Văn Ba") == "00"
    posts(story)
    shown = mine.open(f"/ho-so/{story.code}").text
    assert "Bưu điện đã phát kết quả của Ông/Bà" in shown
    assert "Người đã nhận Lê Văn Ba" in " ".join(shown.split())
    assert "Đã trả kết quả" in shown
    assert "Lê Văn Ba" in officer.open(f"/viec/ho-so/{story.code}").text
    with app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    assert story.replayed().identical


def test_a_parcel_that_comes_back_sends_the_citizen_to_the_office(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    posts(story)
    tell(story.app, f"{story.code}-KQ", "50", StatusTime="20241107090000")
    shown = logged_in("congdan1").open(f"/ho-so/{story.code}").text
    assert "Bưu điện chưa phát được kết quả của Ông/Bà" in shown
    assert "một cửa" in shown
    assert "thống nhất với người nộp" in logged_in(DESK).open(f"/viec/ho-so/{story.code}").text
    assert "Thử lại tất cả" not in logged_in("quantri").open("/quan-tri/buu-chinh").text


def test_without_a_carrier_everybody_reads_that_the_office_takes_it_to_the_post(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    app.config["POSTAL_RETURN"] = True
    story = ready(Story(app))
    mine = logged_in("congdan1").open(f"/ho-so/{story.code}").text
    assert "Cơ quan tự giao kết quả cho bưu điện" in mine
    officer = logged_in(DESK)
    assert "hãy giao kết quả cho bưu điện" in officer.open(f"/viec/ho-so/{story.code}").text
    with clock.at(story.at):
        told = step_of(officer)
    assert "Chưa chuẩn bị" not in told.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"OrderNumber": {"a": 1}}', b"\xff" * 9])
def test_noise_at_the_door_is_answered_and_stored_nowhere(
    carrier: Carrier, app: Flask, body: bytes
) -> None:
    answer = app.test_client().post(
        "/buu-chinh/trang-thai", data=body, content_type="application/json"
    )
    assert answer.get_json()["Status"] in {"97", "99"}
    with app.app_context():
        assert db.session().query(CarrierMessage).count() == 0


def test_a_forged_callback_changes_nothing(story: Story) -> None:
    posts(story)
    assert tell(story.app, f"{story.code}-KQ", "30", Signature="0" * 64) == "97"
    with story.app.app_context():
        assert parcel(story).state is ParcelState.ORDERED


def test_without_a_carrier_nobody_calls_back(app: Flask) -> None:
    assert app.test_client().post("/buu-chinh/trang-thai", json={}).status_code == 404


def test_administrators_see_what_is_stuck_and_fill_the_pool(
    app: Flask, carrier: Carrier, logged_in: Callable[[str], Reader]
) -> None:
    story = ready(Story(app))
    posts(story)
    admin = logged_in("quantri")
    page = admin.open("/quan-tri/buu-chinh")
    assert story.code in page.text
    assert "kho mã bưu gửi đã hết" in page.text
    refused = page.form("codes").send(codes="EA 1 2", status=422)
    assert 'href="#codes"' in refused.html
    assert "EA 1 2" in refused.form("codes").held()["codes"]
    filled = page.form("codes").send(codes="EA000000001VN\r\nEA000000002VN\r\n")
    assert "Còn 2 mã bưu gửi" in filled.text
    with clock.at(story.at):
        page.form(action="/quan-tri/buu-chinh/thu-lai").send()
    posts(story)
    assert "Mọi bưu gửi đều đang được chuyển" in admin.open("/quan-tri/buu-chinh").text
    officer = logged_in(DESK).open(f"/viec/ho-so/{story.code}")
    assert "kho mã bưu gửi đã hết" in officer.text, "the history tells that it stood still"


@pytest.mark.parametrize("stranger", ["quantri.cambinh", DESK, "kiemtra"])
def test_nobody_else_looks_after_the_post(
    app: Flask, logged_in: Callable[[str], Reader], stranger: str
) -> None:
    logged_in(stranger).open("/quan-tri/buu-chinh", status=403)
