"""Log-in with VNeID, against a provider of our own (spec R2-01, §8)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.domain.people.model import Person
from app.foundation import clock
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from tests.doors.web.page_client import Page, Reader
from tests.support.eid_provider import PEOPLE, EidProvider, eid_provider

FAILED = "Đăng nhập bằng VNeID không thành công"


@pytest.fixture(scope="module")
def provider() -> Iterator[EidProvider]:
    """One provider for all tests."""
    with eid_provider() as started:
        yield started


@pytest.fixture(autouse=True)
def _offered(app: Flask, provider: EidProvider) -> None:
    provider.serve(app)


def gone(reader: Reader) -> str:
    """Follow the link to the provider."""
    answer = reader.client.get("/dang-nhap/vneid")
    assert answer.status_code == 302
    return str(answer.location)


def come(reader: Reader, provider: EidProvider, subject: str) -> Page:
    """There and back as that person."""
    return reader.open(provider.allow(gone(reader), subject))


def people(app: Flask, number: str) -> list[str]:
    """User names with that number."""
    with app.app_context():
        found = db.session().query(Person).filter_by(identity_number=number).all()
        return [one.username for one in found]


def test_somebody_new_gets_an_account_and_the_same_one_again(
    app: Flask, reader: Reader, provider: EidProvider
) -> None:
    assert "code_challenge_method=S256" in gone(reader)
    assert come(reader, provider, "vn-hoa").path == "/"
    page = reader.open("/tai-khoan")
    for told in ("Lê Thị Hoa", "042190000009", "27/03/1990", "Nữ", "VNeID"):
        assert told in page.text
    assert "name" not in reader.open("/tai-khoan/sua").form("phone").names
    come(Reader(app.test_client()), provider, "vn-hoa")
    assert len(people(app, "042190000009")) == 1


def test_a_proved_number_opens_its_account(
    app: Flask, reader: Reader, provider: EidProvider
) -> None:
    come(reader, provider, "vn-hoa")
    with app.app_context(), transaction() as session:
        session.execute(db.text("DELETE FROM eid_links"))
    come(Reader(app.test_client()), provider, "vn-hoa")
    assert len(people(app, "042190000009")) == 1


def test_a_number_somebody_typed_is_linked_by_the_password_only(
    app: Flask, reader: Reader, provider: EidProvider
) -> None:
    page = come(reader, provider, "vn-mai")
    assert page.heading == "Tài khoản này có phải của Ông/Bà?"
    assert reader.open("/tai-khoan").path == "/dang-nhap"
    wrong = page.form("identity").send(username="congdan1", password="wrong", status=422)
    other = wrong.form("identity").send(username="congdan2", password=PASSWORD, status=422)
    assert "số định danh khác" in other.text
    assert other.form("identity").send(username="congdan1", password=PASSWORD).path == "/"
    assert "congdan1" in reader.open("/tai-khoan").text
    assert come(Reader(app.test_client()), provider, "vn-mai").path == "/"
    assert people(app, "042000000001") == ["congdan1"]


def test_whoever_typed_a_strangers_number_loses_it(
    app: Flask, reader: Reader, provider: EidProvider
) -> None:
    page = come(reader, provider, "vn-mai")
    page.form("identity").send(button=("action", "other"))
    assert "congdan1" not in reader.open("/tai-khoan").text
    (username,) = people(app, "042000000001")
    assert username.startswith("vneid-")


def test_a_forged_identity_settles_nothing(reader: Reader, provider: EidProvider) -> None:
    page = come(reader, provider, "vn-mai")
    held = page.form("identity").held()
    told = {"csrf_token": held["csrf_token"], "identity": "forged", "action": "other"}
    assert reader.post("/dang-nhap/vneid/tai-khoan", told).path == "/dang-nhap"


@pytest.mark.parametrize("subject", ["vn-nobody", "vn-short"])
def test_without_a_number_nobody_comes_in(
    reader: Reader, provider: EidProvider, subject: str
) -> None:
    page = come(reader, provider, subject)
    assert page.path == "/dang-nhap"
    assert "chưa cung cấp họ tên và số định danh" in page.text


def test_a_refusal_at_the_provider_is_told(reader: Reader, provider: EidProvider) -> None:
    page = reader.open(provider.deny(gone(reader)))
    assert page.path == "/dang-nhap"
    assert FAILED in page.text


@pytest.mark.parametrize("what", ["nonce", "state"])
def test_a_way_back_that_was_not_begun_here_is_refused(
    reader: Reader, provider: EidProvider, what: str
) -> None:
    back = provider.allow(gone(reader), "vn-hoa")
    with reader.client.session_transaction() as cookie:
        (key,) = (one for one in cookie if one.startswith("_state_eid_"))
        if what == "state":
            del cookie[key]
        else:
            cookie[key]["data"][what] = "another" * 8
            cookie.modified = True
    page = reader.open(back)
    assert page.path == "/dang-nhap"
    assert FAILED in page.text
    assert reader.open("/tai-khoan").path == "/dang-nhap"


def test_a_code_works_once(app: Flask, reader: Reader, provider: EidProvider) -> None:
    back = provider.allow(gone(reader), "vn-hoa")
    assert reader.open(back).path == "/"
    assert FAILED in Reader(app.test_client()).open(back).text


def test_a_provider_that_is_away_is_told(app: Flask, reader: Reader) -> None:
    app.config["EID_ISSUER"] = "http://127.0.0.1:9"
    page = reader.open("/dang-nhap/vneid")
    assert page.path == "/dang-nhap"
    assert FAILED in page.text


def test_logging_out_offers_to_log_out_there_too(reader: Reader, provider: EidProvider) -> None:
    come(reader, provider, "vn-hoa")
    page = reader.open("/").form(action="/dang-xuat").send()
    assert page.heading == "Đã đăng xuất"
    assert f"{provider.issuer}/oauth2/end_session?id_token_hint=" in page.html
    assert reader.open("/tai-khoan").path == "/dang-nhap"


@pytest.mark.parametrize(
    ("day", "who", "sent_away"),
    [
        (1, "", False),
        (1, "congdan1", False),
        (0, "", True),
        (0, "congdan1", True),
        (0, "vn-hoa", False),
        (0, "quyen.cambinh", False),
        (-1, "congdan1", True),
    ],
)
def test_from_a_day_on_applying_needs_vneid(
    app: Flask, reader: Reader, provider: EidProvider, *, day: int, who: str, sent_away: bool
) -> None:
    today = now()
    app.config["EID_ONLY_FROM"] = (local_date(today) + timedelta(days=day)).isoformat()
    with clock.at(today):
        if who in PEOPLE:
            come(reader, provider, who)
        elif who:
            reader.log_in(who, PASSWORD)
            assert reader.open("/ho-so-cua-toi").path != "/dang-nhap"
        form = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh").form("case")
        page = form.send()
    assert ("vui lòng đăng nhập bằng VNeID" in page.text) == sent_away


def test_registration_ends_on_that_day(app: Flask, reader: Reader) -> None:
    today = now()
    app.config["EID_ONLY_FROM"] = local_date(today).isoformat()
    assert reader.open("/dang-ky").path == "/dang-nhap"
    with clock.at(today - timedelta(days=1)):
        assert reader.open("/dang-ky").path == "/dang-ky"
