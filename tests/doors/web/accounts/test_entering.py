"""Coming in, being kept out, and what is never told."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.domain.accounts.queries import open_sessions
from app.domain.people.queries import person_by_username
from app.foundation import clock
from app.foundation.clock import now
from app.foundation.db import db
from tests.doors.web.page_client import Page, Reader
from tests.support.mailbox import Mailbox

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


def attempt(app: Flask, username: str, password: str, status: int) -> Page:
    """One attempt in a browser of its own."""
    form = Reader(app.test_client()).open("/dang-nhap").form("password")
    return form.send(username=username, password=password, status=status)


def told(page: Page, username: str) -> str:
    """What a page says, without the name that was typed and what differs by chance."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.html).replace(username, "NAME")


@pytest.mark.parametrize("tries", [1, 4, 5])
def test_a_known_and_an_unknown_name_are_answered_alike(app: Flask, tries: int) -> None:
    pages: dict[str, str] = {}
    for username in ("congdan1", "khong.co.ai"):
        for _ in range(tries):
            page = attempt(app, username, "wrong", 422)
        pages[username] = told(page, username)
        if tries == 5:
            pages[username] += told(attempt(app, username, PASSWORD, 429), username)
    assert pages["congdan1"] == pages["khong.co.ai"]


@pytest.mark.parametrize(
    ("wrong", "waited", "status"),
    [
        (4, timedelta(0), 200),
        (5, timedelta(0), 429),
        (5, timedelta(seconds=50), 429),
        (5, timedelta(seconds=61), 200),
    ],
)
def test_five_wrong_passwords_pause_a_name(
    app: Flask, wrong: int, waited: timedelta, status: int
) -> None:
    at = now()
    with clock.at(at):
        for _ in range(wrong):
            attempt(app, "congdan1", "wrong", 422)
        attempt(app, "congdan2", PASSWORD, 200)
    with clock.at(at + waited):
        attempt(app, "congdan1", PASSWORD, status)


def test_the_pause_grows_and_a_right_password_ends_it(app: Flask) -> None:
    app.config["GUESS_RATE_LIMIT"] = "1000 per minute"
    at = now()
    for round_ in range(2):
        at += timedelta(minutes=2)
        with clock.at(at):
            for _ in range(5):
                attempt(app, "congdan1", "wrong", 422)
            assert ("5 phút" if round_ else "1 phút") in attempt(app, "congdan1", "x", 429).text
    with clock.at(at + timedelta(minutes=4)):
        attempt(app, "congdan1", PASSWORD, 429)
    with clock.at(at + timedelta(minutes=6)):
        attempt(app, "congdan1", PASSWORD, 200)
        attempt(app, "congdan1", "wrong", 422)
        attempt(app, "congdan1", PASSWORD, 200)


def test_the_owner_learns_of_a_pause(app: Flask, mailbox: Mailbox, reader: Reader) -> None:
    for _ in range(5):
        attempt(app, "congdan1", "wrong", 422)
    (mail,) = mailbox.deliver()
    assert mail.to == "mai@example.vn"
    assert "tạm dừng" in mail.subject.lower()
    with clock.at(now() + timedelta(minutes=2)):
        reader.log_in("congdan1", PASSWORD)
        activity = reader.open("/tai-khoan/phien").text
    assert "Tạm dừng đăng nhập" in activity
    assert activity.count("Đăng nhập sai mật khẩu") == 4


def test_nobody_is_written_to_about_a_name_that_does_not_exist(
    app: Flask, mailbox: Mailbox
) -> None:
    for _ in range(5):
        attempt(app, "khong.co.ai", "wrong", 422)
    assert mailbox.deliver() == []


def test_officers_have_a_door_of_their_own(reader: Reader) -> None:
    form = reader.open("/can-bo/dang-nhap").form("password")
    assert form.send(username="linh.camxuyen", password=PASSWORD).path == "/viec"


def test_who_comes_back_lists_the_devices_and_ends_one(app: Flask, reader: Reader) -> None:
    other = Reader(app.test_client())
    other.log_in("congdan1", PASSWORD)
    reader.log_in("congdan1", PASSWORD)
    page = reader.open("/tai-khoan/phien")
    action = next(
        one.get("action", "")
        for one in page.root.iter("form")
        if re.fullmatch(r"/tai-khoan/phien/\d+", one.get("action", ""))
    )
    page.form(action=action).send()
    assert other.open("/tai-khoan").path == "/dang-nhap"
    assert reader.open("/tai-khoan").path == "/tai-khoan"


def test_nobody_ends_the_session_of_another(app: Flask, reader: Reader) -> None:
    other = Reader(app.test_client())
    other.log_in("congdan2", PASSWORD)
    reader.log_in("congdan1", PASSWORD)
    token = reader.open("/tai-khoan").form(action="/dang-xuat").held()["csrf_token"]
    with app.app_context():
        mine = person_by_username(db.session(), "congdan2").id
        (theirs,) = open_sessions(db.session(), mine, now())
    reader.post(f"/tai-khoan/phien/{theirs.id}", {"csrf_token": token})
    assert other.open("/tai-khoan").path == "/tai-khoan"


def test_all_other_devices_are_logged_out_at_once(app: Flask, reader: Reader) -> None:
    others = [Reader(app.test_client()) for _ in range(2)]
    for one in (*others, reader):
        one.log_in("congdan1", PASSWORD)
    reader.open("/tai-khoan/phien").form(action="/tai-khoan/phien/khac").send()
    assert {one.open("/tai-khoan").path for one in others} == {"/dang-nhap"}
    assert "Đăng xuất khỏi thiết bị khác" in reader.open("/tai-khoan/phien").text


def test_a_cookie_kept_from_before_the_log_out_is_worth_nothing(app: Flask, reader: Reader) -> None:
    reader.log_in("congdan1", PASSWORD)
    kept = reader.client.get_cookie("session")
    assert kept is not None
    reader.log_out()
    thief = Reader(app.test_client())
    thief.client.set_cookie("session", kept.value)
    assert thief.open("/tai-khoan").path == "/dang-nhap"


def test_a_form_sent_after_the_session_has_ended_loses_nothing(app: Flask, reader: Reader) -> None:
    reader.log_in("congdan1", PASSWORD)
    form = reader.open("/tai-khoan/sua").form("address")
    at = now() + timedelta(hours=13)
    with clock.at(at):
        asked = form.send(address="Xóm 3, xã <b>Cẩm Bình</b>", status=401)
        assert "chưa có gì được gửi" in asked.text
        wrong = asked.form("password").send(username="congdan1", password="no", status=422)
        again = wrong.form("password").send(username="congdan1", password=PASSWORD)
        assert again.heading == "Tiếp tục việc đang làm"
        saved = again.form("address").send()
        assert saved.path == "/tai-khoan"
        assert "Xóm 3, xã <b>Cẩm Bình</b>" in saved.text


def test_a_forged_kept_form_is_passed_over(reader: Reader) -> None:
    form = reader.open("/dang-nhap").form("password")
    typed = {"username": "congdan1", "password": PASSWORD, "kept": "forged.AAAA.BBBB"}
    held = {**form.held(), **typed}
    assert reader.post("/dang-nhap", held).path == "/"
