"""From the form to an account that opens (spec R3-06..R3-12)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.accounts.registrations import ACTIVATION_LIFE
from app.foundation import clock
from app.foundation.clock import now
from tests.doors.web.accounts.registering import EMAIL, PASSWORD, TOLD, challenge, send
from tests.doors.web.page_client import Page, Reader
from tests.support.mailbox import Mailbox


def press(reader: Reader, address: str, *, status: int = 200) -> Page:
    """Follow a link of an e-mail and press the button behind it."""
    page = reader.open(address)
    form = next(one for one in page.root.iter("form") if one.get("action") is None)
    token = next(one.get("value") for one in form.iter() if one.get("name") == "csrf_token")
    return reader.post(address, {"csrf_token": token}, status=status)


def test_a_citizen_registers_activates_and_logs_in(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    sent = send(app, reader)
    assert sent.path == "/dang-ky/da-gui"
    assert EMAIL in sent.text
    assert (
        reader.open("/dang-nhap")
        .form("password")
        .send(username=EMAIL, password=PASSWORD, status=422)
    )
    (mail,) = mailbox.deliver()
    assert (mail.to, mail.subject) == (EMAIL, "Kích hoạt tài khoản")
    assert "Lê Thị Hoa" in mail.text
    assert press(reader, mail.link).path == "/dang-nhap"
    assert reader.log_in("HOA@example.vn ", PASSWORD).path == "/"
    profile = reader.open("/tai-khoan").text
    for told in ("Lê Thị Hoa", "0912345678", "27/03/1990", "042190000009", EMAIL):
        assert told in profile


def test_a_link_works_once(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    send(app, reader)
    (mail,) = mailbox.deliver()
    press(reader, mail.link)
    assert "không còn hiệu lực" in reader.open(mail.link, status=404).text


def test_a_link_is_not_good_for_ever(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    send(app, reader)
    (mail,) = mailbox.deliver()
    with clock.at(now() + ACTIVATION_LIFE + timedelta(minutes=1)):
        assert "không còn hiệu lực" in reader.open(mail.link, status=404).text


def test_only_the_newest_link_works(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    page = send(app, reader)
    (first,) = mailbox.deliver()
    again = page.form(action="/dang-ky/gui-lai").send()
    assert "đợi một phút" in again.text
    assert mailbox.deliver() == []
    with clock.at(now() + timedelta(minutes=2)):
        again.form(action="/dang-ky/gui-lai").send()
        (second,) = mailbox.deliver()
        reader.open(first.link, status=404)
        assert press(reader, second.link).path == "/dang-nhap"


def test_a_known_address_is_answered_like_any_other(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    send(app, reader)
    press(reader, mailbox.deliver()[0].link)
    other = Reader(app.test_client())
    known = send(app, other, name="Kẻ Lạ Mặt")
    fresh = send(app, Reader(app.test_client()), email="moi@example.vn")
    assert known.text == fresh.text.replace("moi@example.vn", EMAIL)
    about_known, about_fresh = mailbox.deliver()
    assert about_known.subject == "Ông/Bà đã có tài khoản"
    assert "/kich-hoat/" not in about_known.text
    assert "/kich-hoat/" in about_fresh.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "http://evil.example"),
        ("name", "Mai 0900"),
        ("email", "mai"),
        ("email", "mai@example"),
        ("email", "a, b@example.vn"),
        ("phone", "12"),
        ("identity_number", "12345"),
        ("birth_date", "31/2/1990"),
        ("birth_date", "1/1/2999"),
        ("password", "ngắn"),
        ("password", "1234567890"),
        ("password", "hoa@example.vn"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    app: Flask, reader: Reader, mailbox: Mailbox, field: str, typed: str
) -> None:
    page = send(app, reader, status=422, **{field: typed})
    held = page.form("challenge").held()
    told: dict[str, Any] = {**TOLD, field: typed, "password": ""}
    assert {name: held.get(name, "") for name in told} == told
    assert f'id="{field}-error"' in page.html
    assert mailbox.deliver() == []


def test_without_agreement_nothing_is_kept(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    form = reader.open("/dang-ky").form("challenge")
    answers = {name: told for name, told in TOLD.items() if name != "agreed"}
    page = form.send(answers, captcha=challenge(app, form).code, status=422)
    assert 'id="agreed-error"' in page.html
    assert mailbox.deliver() == []


def test_a_slip_in_the_address_is_pointed_out(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    page = send(app, reader, email="hoa@gmial.com", status=422)
    assert "hoa@gmail.com" in page.text
    better = page.form("challenge").send(button=("action", "correct"))
    assert better.form("challenge").held()["email"] == "hoa@gmail.com"
    insisting = page.form("challenge").send(
        password=PASSWORD, captcha=challenge(app, page.form("challenge")).code
    )
    assert insisting.path == "/dang-ky/da-gui"
    assert mailbox.deliver()[0].to == "hoa@gmial.com"


def test_the_question_does_instead_of_the_picture(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    form = reader.open("/dang-ky").form("challenge")
    asked = challenge(app, form)
    right = next(str(one) for one in range(2, 19) if asked.is_met_by("", str(one)))
    assert form.send(TOLD, answer=right).path == "/dang-ky/da-gui"


@pytest.mark.parametrize("code", ["", "WRONG", "00000"])
def test_a_wrong_code_opens_nothing_and_another_is_asked(
    app: Flask, reader: Reader, mailbox: Mailbox, code: str
) -> None:
    form = reader.open("/dang-ky").form("challenge")
    page = form.send(TOLD, captcha=code, status=422)
    again = page.form("challenge").held()
    assert again["challenge"] != form.held()["challenge"]
    assert again["email"] == EMAIL
    assert mailbox.deliver() == []


def test_a_code_works_once(app: Flask, reader: Reader, mailbox: Mailbox) -> None:
    form = reader.open("/dang-ky").form("challenge")
    answers = {**TOLD, "captcha": challenge(app, form).code}
    form.send(answers)
    form.send(answers, status=422)
    wrong = reader.open("/dang-ky").form("challenge")
    wrong.send(TOLD, captcha="WRONG", status=422)
    wrong.send(TOLD, captcha=challenge(app, wrong).code, status=422)


def test_a_code_is_not_good_for_ever(app: Flask, reader: Reader) -> None:
    form = reader.open("/dang-ky").form("challenge")
    with clock.at(now() + timedelta(minutes=31)):
        form.send(TOLD, captcha=challenge(app, form).code, status=422)
        form.held()
        reader.open(f"/ma-xac-nhan/{form.held()['challenge']}.png", status=404)


def test_another_code_may_be_asked_for(app: Flask, reader: Reader) -> None:
    form = reader.open("/dang-ky").form("challenge")
    page = form.send(name="Lê Thị Hoa", button=("action", "another"))
    held = page.form("challenge").held()
    assert held["challenge"] != form.held()["challenge"]
    assert held["name"] == "Lê Thị Hoa"


def test_the_picture_is_one(reader: Reader) -> None:
    token = reader.open("/dang-ky").form("challenge").held()["challenge"]
    answer = reader.client.get(f"/ma-xac-nhan/{token}.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert reader.client.get("/ma-xac-nhan/forged.png").status_code == 404


def test_no_mailbox_is_flooded(app: Flask, mailbox: Mailbox) -> None:
    for _ in range(6):
        send(app, Reader(app.test_client()))
    assert len(mailbox.deliver()) == 4
