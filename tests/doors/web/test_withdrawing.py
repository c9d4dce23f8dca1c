"""Withdrawing a dossier in pages: what it means first, then once; and what officers see of it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.actions.payments.at_the_counter import record_money
from app.domain.payments.states import Method
from app.domain.procedures.fees import PayWhen
from app.foundation import clock
from app.foundation.db import transaction
from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Page, Reader
from tests.support.payments import publish_fee
from tests.support.procedures import KEY
from tests.support.story import Story
from tests.support.withdrawing import withdraw

COUNTER, SPECIALIST, LEADER = "linh.camxuyen", "nam.camxuyen", "oanh.camxuyen"
LogIn = Callable[[str], Reader]


@pytest.fixture
def story(app: Flask) -> Iterator[Story]:
    """A dossier of somebody with an account, not received yet."""
    begun = Story(app)
    begun.submit(KEY)
    with clock.at(begun.at):
        yield begun


def asked(reader: Reader, code: str) -> Page:
    """The page that says what a withdrawal would mean."""
    return reader.open(f"/ho-so/{code}").link("Rút hồ sơ này")


def test_it_is_said_what_happens_and_then_it_happens(story: Story, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    page = asked(mine, story.code)
    for told in ("dừng giải quyết ngay", "Thời hạn giải quyết kết thúc", "vẫn được lưu"):
        assert told in page.text
    after = page.form("reason").send(reason="Tôi không cần nữa.")
    assert after.path == f"/ho-so/{story.code}"
    assert "Hồ sơ này đã được rút" in after.text
    assert "Tôi không cần nữa." in after.text, "the reason stands in the history"
    assert "Không còn tính thời hạn" in after.text
    assert "Rút hồ sơ này" not in after.text
    steps = after.link("Xem quá trình xử lý")
    assert "bước này không thực hiện" in steps.text
    folder = mine.open("/ho-so-cua-toi?folder=returned")
    assert story.code in folder.text


def test_a_double_click_and_a_lost_answer_do_it_once(story: Story, logged_in: LogIn) -> None:
    page = asked(logged_in("congdan1"), story.code)
    for _click in range(2):
        assert page.form("reason").send().path == f"/ho-so/{story.code}"
    assert story.events().count("dossier_withdrawn") == 1
    again = page.reader.open(f"/ho-so/{story.code}/rut")
    assert again.path == f"/ho-so/{story.code}"


def test_a_visitor_with_code_and_second_factor_withdraws(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    other = Reader(app.test_client())
    assert other.open(f"/ho-so/{code}/rut").path == "/tra-cuu"
    form = other.open("/tra-cuu").form("identity")
    opened = form.send(code=code, identity=APPLICANT["owner_identity"])
    after = opened.link("Rút hồ sơ này").form("reason").send()
    assert "Hồ sơ này đã được rút" in after.text


def test_nobody_else_withdraws(story: Story, logged_in: LogIn) -> None:
    for stranger, status in (("congdan2", 404), ("lan.sngv", 404), (COUNTER, 403)):
        reader = logged_in(stranger)
        reader.open(f"/ho-so/{story.code}/rut", status=status)
    officer = logged_in(COUNTER)
    assert "Rút hồ sơ" not in officer.open(f"/viec/ho-so/{story.code}").text


def test_who_cannot_withdraw_now_is_told_why(story: Story, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    stale = asked(mine, story.code)
    story.complete("reception", COUNTER, reception_decision="supplement")
    page = asked(mine, story.code)
    assert "Hiện chưa thể rút hồ sơ" in page.text
    assert "đang chờ Ông/Bà bổ sung" in page.text
    refused = stale.form("reason").send(status=409)
    assert "Hiện chưa thể rút hồ sơ" in refused.text
    assert story.open_steps() == ["supplement"]


def test_who_saw_an_older_state_decides_again(story: Story, logged_in: LogIn) -> None:
    stale = asked(logged_in("congdan1"), story.code)
    story.complete("reception", COUNTER)
    refused = stale.form("reason").send(reason="Đổi ý", status=409)
    assert "cơ quan đã xử lý tiếp hồ sơ" in refused.text
    assert "Đổi ý" in refused.html, "what was typed is kept"
    after = refused.form("reason").send()
    assert "Hồ sơ này đã được rút" in after.text


def test_a_reason_that_is_too_long_is_said_at_its_field(story: Story, logged_in: LogIn) -> None:
    page = asked(logged_in("congdan1"), story.code)
    refused = page.form("reason").send(reason="x" * 1001, status=422)
    assert "1000" in refused.text
    assert story.open_steps() == ["reception"]


def test_the_officer_who_was_writing_gets_a_clear_page(story: Story, logged_in: LogIn) -> None:
    officer = logged_in(COUNTER)
    with story.app.app_context():
        number = story.item("reception").id
    page = officer.open(f"/viec/{number}")
    withdraw(story, reason="Nộp nhầm")
    refused = page.form("task_key").send(status=409)
    assert "Người nộp đã rút hồ sơ này" in refused.text
    assert "Nộp nhầm" in refused.text
    opened = officer.open(f"/viec/{number}")
    assert "Người nộp đã rút hồ sơ này" in opened.text
    assert story.code not in officer.open("/viec").text
    dossier = officer.open(f"/viec/ho-so/{story.code}")
    assert "Người nộp đã rút hồ sơ này vào" in dossier.text
    taken = officer.post(f"/viec/{number}/nhan", _token(dossier), status=409)
    assert "Người nộp đã rút hồ sơ này" in taken.text


def _token(page: Page) -> dict[str, str]:
    """What every form of the page carries."""
    found = next(one for one in page.root.iter("input") if one.get("name") == "csrf_token")
    return {"csrf_token": found.get("value", "")}


def test_the_counter_withdraws_for_who_came_there(app: Flask, logged_in: LogIn) -> None:
    story = Story(app)
    story.submit(KEY, by=COUNTER)
    with clock.at(story.at):
        officer = logged_in(COUNTER)
        page = officer.open(f"/viec/ho-so/{story.code}").link("Rút hồ sơ thay người nộp")
        after = page.form("reason").send()
        assert after.path == f"/viec/ho-so/{story.code}"
        assert "rút hồ sơ thay người nộp" in after.text


def test_a_fee_paid_in_advance_is_owed_until_a_leader_records_it(
    app: Flask, logged_in: LogIn
) -> None:
    story = Story(app)
    story.submit(publish_fee(app, PayWhen.PREPAID))
    with app.app_context():
        clerk = story.actor(COUNTER)
        with transaction() as session:
            record_money(session, story.code, Method.CASH, "PT-1", actor=clerk, at=story.at)
    with clock.at(story.at):
        mine = logged_in("congdan1")
        page = asked(mine, story.code)
        assert "100.000" in page.text
        assert "được yêu cầu hoàn lại" in page.text
        assert "đã được yêu cầu hoàn lại" in page.form("reason").send().text
        assert "hoàn lại khoản này" in mine.open(f"/ho-so/{story.code}/thanh-toan").text
        leader = logged_in(LEADER)
        owed = leader.open(f"/viec/ho-so/{story.code}").link("Phí, lệ phí và thanh toán")
        assert "cần được hoàn lại" in owed.text
        form = owed.form("refund_document")
        done = form.send(refund_document="UNC-1", refund_reason="Rút hồ sơ")
        assert "cần được hoàn lại" not in done.text
        assert "yêu cầu hoàn lại" not in mine.open(f"/ho-so/{story.code}").text
