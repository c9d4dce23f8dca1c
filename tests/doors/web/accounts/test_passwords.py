"""Passwords: forgotten, changed, too weak."""

from datetime import timedelta

import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.domain.accounts.registrations import RECOVERY_LIFE
from app.domain.people.queries import person_by_username
from app.foundation import clock
from app.foundation.clock import now
from app.foundation.db import transaction
from tests.doors.web.page_client import Page, Reader
from tests.support.mailbox import Mailbox

NEW = "mưa rơi trên mái ngói cũ"


def forgotten(reader: Reader, login: str) -> Page:
    """Ask for a link."""
    return reader.open("/quen-mat-khau").form("login").send(login=login)


def test_a_forgotten_password_is_set_anew_by_link_once(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    inside = Reader(app.test_client())
    inside.log_in("congdan1", PASSWORD)
    forgotten(reader, "congdan1")
    (mail,) = mailbox.deliver()
    assert mail.to == "mai@example.vn"
    weak = reader.open(mail.link).form("password").send(password="1234567890", status=422)
    assert weak.form("password").send(password=NEW).path == "/dang-nhap"
    assert [one.subject for one in mailbox.deliver()] == ["Mật khẩu đã được thay đổi"]
    reader.open(mail.link, status=404)
    assert inside.open("/tai-khoan").path == "/dang-nhap"
    form = reader.open("/dang-nhap").form("password")
    form.send(username="congdan1", password=PASSWORD, status=422)
    assert reader.log_in("congdan1", NEW).path == "/"


@pytest.mark.parametrize("login", ["congdan1", "khong.co.ai", "ai@example.vn", "linh.camxuyen"])
def test_asking_for_a_link_is_answered_alike_for_every_name(reader: Reader, login: str) -> None:
    page = forgotten(reader, login)
    assert page.path == "/quen-mat-khau/da-gui"
    assert login not in page.text


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("congdan1", "/dat-lai-mat-khau/"),
        ("linh.camxuyen", "cán bộ phụ trách công nghệ thông tin"),
        ("khong.co.ai", None),
    ],
)
def test_only_the_mailbox_learns_what_becomes_of_it(
    app: Flask, reader: Reader, mailbox: Mailbox, login: str, told: str | None
) -> None:
    with app.app_context(), transaction() as session:
        person_by_username(session, "linh.camxuyen").email = "linh@example.vn"
    forgotten(reader, login)
    mails = mailbox.deliver()
    assert [told in mail.text for mail in mails if told] == ([True] if told else [])


def test_a_link_for_a_password_is_soon_too_old(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    forgotten(reader, "congdan1")
    (mail,) = mailbox.deliver()
    with clock.at(now() + RECOVERY_LIFE + timedelta(seconds=1)):
        reader.open(mail.link, status=404)


def test_only_the_newest_link_for_a_password_works(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    forgotten(reader, "congdan1")
    (first,) = mailbox.deliver()
    forgotten(reader, "congdan1")
    (second,) = mailbox.deliver()
    reader.open(first.link, status=404)
    reader.open(second.link)


def test_a_link_opens_a_paused_account(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    for _ in range(5):
        form = Reader(app.test_client()).open("/dang-nhap").form("password")
        form.send(username="congdan1", password="wrong", status=422)
    forgotten(reader, "congdan1")
    mail = mailbox.deliver()[-1]
    reader.open(mail.link).form("password").send(password=NEW)
    assert reader.log_in("congdan1", NEW).path == "/"


def test_the_password_is_changed_and_other_devices_are_logged_out(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    other = Reader(app.test_client())
    for one in (other, reader):
        one.log_in("congdan1", PASSWORD)
    form = reader.open("/tai-khoan/mat-khau").form("present")
    assert form.send(present=PASSWORD, password=NEW).path == "/tai-khoan"
    assert other.open("/tai-khoan").path == "/dang-nhap"
    assert reader.open("/tai-khoan").path == "/tai-khoan"
    assert "Mật khẩu đã được thay đổi" in mailbox.deliver()[0].subject
    assert "Đổi mật khẩu" in reader.open("/tai-khoan/phien").text


@pytest.mark.parametrize(
    ("present", "password", "field"),
    [
        ("wrong", NEW, "present"),
        (PASSWORD, "ngắn", "password"),
        (PASSWORD, "nguyễn thị mai", "password"),
        (PASSWORD, PASSWORD, "password"),
    ],
)
def test_a_bad_change_is_refused_at_its_field(
    reader: Reader, present: str, password: str, field: str
) -> None:
    reader.log_in("congdan1", PASSWORD)
    form = reader.open("/tai-khoan/mat-khau").form("present")
    page = form.send(present=present, password=password, status=422)
    assert f'id="{field}-error"' in page.html
    assert page.form("present").held()["password"] == ""


def test_another_address_is_taken_over_by_its_link(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    reader.log_in("congdan1", PASSWORD)
    form = reader.open("/tai-khoan/email").form("present")
    form.send(email="mai.moi@example.vn", present=PASSWORD)
    (mail,) = mailbox.deliver()
    assert mail.to == "mai.moi@example.vn"
    assert "mai@example.vn" in reader.open("/tai-khoan").text
    page = reader.open(mail.link)
    token = page.form(action="/dang-xuat").held()["csrf_token"]
    reader.post(mail.link, {"csrf_token": token})
    assert "mai.moi@example.vn" in reader.open("/tai-khoan").text
    (news,) = mailbox.deliver()
    assert (news.to, news.subject) == ("mai@example.vn", "Địa chỉ email đã được thay đổi")


def test_nobody_sends_many_letters_to_addresses_that_are_not_his(
    reader: Reader, mailbox: Mailbox
) -> None:
    reader.log_in("congdan1", PASSWORD)
    for number in range(6):
        form = reader.open("/tai-khoan/email").form("present")
        form.send(email=f"nguoi.khac{number}@example.vn", present=PASSWORD)
    assert len(mailbox.deliver()) == 4


def test_what_lies_in_the_mailbox_given_up_opens_nothing_more(
    reader: Reader, mailbox: Mailbox
) -> None:
    reader.log_in("congdan1", PASSWORD)
    form = reader.open("/tai-khoan/email").form("present")
    form.send(email="mai.moi@example.vn", present=PASSWORD)
    (confirm,) = mailbox.deliver()
    forgotten(reader, "congdan1")
    (old,) = mailbox.deliver()
    assert old.to == "mai@example.vn"
    reader.open(old.link)
    token = reader.open(confirm.link).form(action="/dang-xuat").held()["csrf_token"]
    reader.post(confirm.link, {"csrf_token": token})
    reader.open(old.link, status=404)


def test_what_a_unit_knows_an_officer_by_is_not_his_to_change(reader: Reader) -> None:
    reader.log_in("linh.camxuyen", PASSWORD)
    form = reader.open("/tai-khoan/sua").form("phone")
    assert "name" not in form.names
    held = {**form.held(), "phone": "0912345678", "name": "Người Khác"}
    page = reader.post("/tai-khoan/sua", held)
    assert "0912345678" in page.text
    assert "Người Khác" not in page.text
