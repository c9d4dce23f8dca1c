"""Log-in in two steps, and passwords that others issue."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.foundation import clock
from app.foundation.clock import now
from tests.doors.web.page_client import Page, Reader
from tests.support.mailbox import Mailbox

NEW = "mưa rơi trên mái ngói cũ"
WHO = "linh.camxuyen"


def enrolled(reader: Reader, username: str = WHO) -> tuple[pyotp.TOTP, list[str]]:
    """Log in, scan the picture, type the first code; gives the phone and the codes on paper."""
    reader.log_in(username, PASSWORD)
    page = reader.open("/tai-khoan/hai-buoc").form("present").send(present=PASSWORD)
    return scanned(page)


def scanned(page: Page) -> tuple[pyotp.TOTP, list[str]]:
    """From the page with the picture on."""
    key = re.search(r"Khóa: ((?:[A-Z2-7]{4} ?)+)", page.text)
    assert key is not None
    phone = pyotp.TOTP(key[1].replace(" ", ""))
    codes = page.form("code").send(code=phone.at(now()))
    return phone, re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", codes.text)


def first_step(app: Flask, username: str = WHO, password: str = PASSWORD) -> Page:
    """The password alone, in a browser of its own."""
    form = Reader(app.test_client()).open("/can-bo/dang-nhap").form("password")
    return form.send(username=username, password=password)


def test_a_password_alone_no_longer_opens(app: Flask, reader: Reader) -> None:
    phone, codes = enrolled(reader)
    assert len(codes) == 8
    later = now() + timedelta(minutes=1)
    with clock.at(later):
        asked = first_step(app)
        assert asked.heading == "Bước hai: nhập mã xác thực"
        assert asked.reader.open("/viec").path == "/dang-nhap"
        assert asked.form("code").send(code=phone.at(later)).path == "/viec"


@pytest.mark.parametrize(
    ("shift", "status"),
    [
        (timedelta(0), 200),
        (timedelta(seconds=-30), 200),
        (timedelta(seconds=30), 200),
        (timedelta(seconds=-90), 422),
        (timedelta(seconds=90), 422),
    ],
)
def test_clocks_may_differ_by_half_a_minute(
    app: Flask, reader: Reader, shift: timedelta, status: int
) -> None:
    phone, _ = enrolled(reader)
    later = now() + timedelta(minutes=10)
    with clock.at(later):
        first_step(app).form("code").send(code=phone.at(later + shift), status=status)


def test_no_code_works_twice(app: Flask, reader: Reader) -> None:
    phone, (paper, *_) = enrolled(reader)
    later = now() + timedelta(minutes=1)
    with clock.at(later):
        for code in (phone.at(later), paper):
            first_step(app).form("code").send(code=code)
            first_step(app).form("code").send(code=code, status=422)
        first_step(app).form("code").send(code=phone.at(later - timedelta(seconds=30)), status=422)


def test_guessing_codes_is_paused(app: Flask, reader: Reader) -> None:
    phone, _ = enrolled(reader)
    later = now() + timedelta(minutes=1)
    with clock.at(later):
        page = first_step(app)
        for _ in range(5):
            page = page.form("code").send(code="000000", status=422)
        page.form("code").send(code=phone.at(later), status=429)


def test_the_owner_learns_that_somebody_guesses_codes(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    enrolled(reader, "congdan1")
    with clock.at(now() + timedelta(minutes=1)):
        page = first_step(app, "congdan1")
        for _ in range(5):
            page = page.form("code").send(code="000000", status=422)
        (mail,) = mailbox.deliver()
    assert (mail.to, "tạm dừng" in mail.subject.lower()) == ("mai@example.vn", True)


def test_a_page_left_open_does_not_replace_the_secret_in_force(app: Flask, reader: Reader) -> None:
    reader.log_in(WHO, PASSWORD)
    left_open = reader.open("/tai-khoan/hai-buoc").form("present")
    phone, _ = scanned(reader.open("/tai-khoan/hai-buoc").form("present").send(present=PASSWORD))
    assert left_open.send(present=PASSWORD).path == "/tai-khoan/hai-buoc"
    later = now() + timedelta(minutes=1)
    with clock.at(later):
        assert first_step(app).form("code").send(code=phone.at(later)).path == "/viec"


def test_the_first_step_is_soon_forgotten(app: Flask, reader: Reader) -> None:
    phone, _ = enrolled(reader)
    page = first_step(app)
    later = now() + timedelta(minutes=6)
    with clock.at(later):
        assert page.form("code").send(code=phone.at(later)).path == "/can-bo/dang-nhap"


def test_it_is_not_switched_on_by_a_wrong_code(app: Flask, reader: Reader) -> None:
    reader.log_in(WHO, PASSWORD)
    page = reader.open("/tai-khoan/hai-buoc").form("present").send(present=PASSWORD)
    svg = reader.client.get("/tai-khoan/hai-buoc/qr.svg")
    assert svg.mimetype == "image/svg+xml"
    page.form("code").send(code="123456", status=422)
    assert first_step(app).path == "/viec"


def test_its_owner_switches_it_off_with_the_password(app: Flask, reader: Reader) -> None:
    enrolled(reader)
    form = reader.open("/tai-khoan/hai-buoc").form("present")
    form.send(present="wrong", button=("action", "off"), status=422)
    form.send(present=PASSWORD, button=("action", "off"))
    assert first_step(app).path == "/viec"


def test_where_it_is_required_nothing_else_opens_before(app: Flask, reader: Reader) -> None:
    app.config["OFFICER_TOTP"] = "required"
    assert reader.log_in(WHO, PASSWORD).path == "/tai-khoan/hai-buoc"
    assert reader.open("/viec").path == "/tai-khoan/hai-buoc"
    page = reader.open("/tai-khoan/hai-buoc").form("present").send(present=PASSWORD)
    scanned(page)
    assert reader.open("/viec").path == "/viec"
    citizen = Reader(app.test_client())
    assert citizen.log_in("congdan1", PASSWORD).path == "/"


def issued(reader: Reader, username: str, **more: str) -> Page:
    """Press the button beside an officer."""
    page = reader.open("/quan-tri/can-bo")
    token = page.form(action="/dang-xuat").held()["csrf_token"]
    told = {"csrf_token": token, "username": username, **more}
    return reader.post("/quan-tri/can-bo", told, status=200 if more.get("fits", "1") else 403)


def test_the_units_it_officer_issues_a_password_that_must_be_changed(
    app: Flask, reader: Reader
) -> None:
    officer = Reader(app.test_client())
    enrolled(officer, "quyen.cambinh")
    reader.log_in("quantri.cambinh", PASSWORD)
    page = issued(reader, "quyen.cambinh", lost_phone="yes")
    found = re.search(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b", page.text)
    assert found is not None
    assert officer.open("/viec").path == "/dang-nhap"
    inside = first_step(app, "quyen.cambinh", found[0])
    assert inside.path == "/tai-khoan/mat-khau"
    assert inside.reader.open("/viec").path == "/tai-khoan/mat-khau"
    done = inside.form("present").send(present=found[0], password=NEW)
    assert done.path == "/viec"
    assert "Cán bộ phụ trách CNTT cấp lại mật khẩu" in inside.reader.open("/tai-khoan/phien").text


def test_an_issued_password_makes_links_sent_before_void(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    officer = Reader(app.test_client())
    officer.log_in("quyen.cambinh", PASSWORD)
    form = officer.open("/tai-khoan/email").form("present")
    form.send(email="quyen.moi@example.vn", present=PASSWORD)
    (sent,) = mailbox.deliver()
    reader.log_in("quantri.cambinh", PASSWORD)
    issued(reader, "quyen.cambinh")
    officer.open(sent.link, status=404)


@pytest.mark.parametrize("username", ["linh.camxuyen", "congdan1", "kiemtra", "quantri.cambinh"])
def test_nobody_is_issued_a_password_from_another_unit(reader: Reader, username: str) -> None:
    reader.log_in("quantri.cambinh", PASSWORD)
    issued(reader, username, fits="")
    assert reader.open("/quan-tri/can-bo").path == "/quan-tri/can-bo"


@pytest.mark.parametrize("username", ["linh.camxuyen", "kiemtra", "congdan1"])
def test_only_it_officers_issue_passwords(reader: Reader, username: str) -> None:
    reader.log_in(username, PASSWORD)
    reader.open("/quan-tri/can-bo", status=403)


def test_the_command_line_asks_in_whose_name(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    done = run(args=["people", "issue-password", "quyen.cambinh", "--by", "quantri.cambinh"])
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\n", done.output)
    refused = run(args=["people", "issue-password", "linh.camxuyen", "--by", "quantri.cambinh"])
    assert refused.exit_code == 1
