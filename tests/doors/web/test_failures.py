"""What readers are told when something does not work."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.cli.demo import PASSWORD
from app.web.portal import catalogue
from tests.doors.web.menu import marked
from tests.doors.web.page_client import Reader


def test_an_unknown_address_is_a_page_and_not_a_shock(reader: Reader) -> None:
    for address in ("/there-is-no-such-page", "/thu-tuc/no-such", "/tep/abc"):
        page = reader.open(address, status=404)
        assert page.heading


def test_a_draft_of_nobody_is_not_found_by_whoever_has_logged_in(
    reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    logged_in("congdan1").open("/ho-so-nhap/abc", status=404)
    assert reader.open("/ho-so-nhap/abc").path == "/dang-nhap"


def test_a_post_to_a_page_that_is_only_read_is_not_found(reader: Reader) -> None:
    assert reader.client.post("/thu-tuc").status_code == 404


def test_a_busy_database_asks_to_try_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_asked: object, **_more: object) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(catalogue, "find", busy)
    page = reader.open("/thu-tuc?lang=en", status=503)
    assert "send it again" in page.text


def test_the_unexpected_leaves_a_number_to_quote(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(catalogue, "find", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = reader.open("/thu-tuc?lang=en", status=500)
    assert "Reference for support" in page.text
    assert "ZeroDivisionError" not in page.html


def test_a_body_that_is_too_large_is_told_so(app: Flask, reader: Reader) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    form = reader.open("/dang-nhap").form("password")
    form.send(username="a" * 4000, password="b", status=413)


def test_characters_no_database_keeps_are_refused(reader: Reader) -> None:
    assert reader.client.get("/thu-tuc?q=a%00b").status_code == 400


def test_every_page_carries_the_headers_that_protect_it(reader: Reader) -> None:
    for address in ("/", "/dang-nhap", "/nowhere"):
        headers = reader.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        for rule in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
            assert rule in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    logged_in: Callable[[str], Reader], app: Flask
) -> None:
    client = app.test_client()
    cookie = client.get("/dang-nhap").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_numbers_that_no_row_has_are_no_shock(logged_in: Callable[[str], Reader]) -> None:
    huge = "9" * 40
    officer, auditor = logged_in("linh.camxuyen"), logged_in("kiemtra")
    for number in ("0", str(2**63 - 1), huge, "-1"):
        assert officer.client.get(f"/viec/{number}").status_code == 404
        assert officer.client.post(f"/viec/{number}/nhan").status_code in (400, 404)
        assert auditor.client.get(f"/kiem-tra?before={number}").status_code == 200
        assert auditor.client.get(f"/ho-so-cua-toi?before={number}").status_code == 200
        assert officer.client.get(f"/thu-tuc?from={number}").status_code == 200
    assert officer.client.get("/viec?cursor=nonsense").status_code == 422


@pytest.mark.parametrize("room", ["thu-tuc", "ho-so", "ho-so-nhap", "tep", "kiem-tra"])
def test_an_address_no_database_keeps_is_not_found(any_app: Flask, room: str) -> None:
    auditor = Reader(any_app.test_client())
    auditor.log_in("kiemtra", PASSWORD)
    auditor.open(f"/{room}/%00", status=404)


def test_days_at_the_ends_of_time_are_no_shock(any_app: Flask) -> None:
    auditor = Reader(any_app.test_client())
    auditor.log_in("kiemtra", PASSWORD)
    for asked in ("to=9999-12-31", "from=0001-01-01", "from=9999-12-31&to=0001-01-01"):
        assert auditor.open(f"/kiem-tra?{asked}").path == "/kiem-tra"


def test_the_second_of_two_values_is_looked_at_too(reader: Reader) -> None:
    assert reader.client.get("/thu-tuc?q=a&q=b%00").status_code == 400


def test_those_who_work_here_stay_in_their_own_rooms(
    reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    officer, citizen = logged_in("linh.camxuyen"), logged_in("congdan1")
    assert marked(officer.open("/viec/1000000?lang=en", status=404)) == "Work inbox"
    for who, status in ((citizen, 403), (officer, 404)):
        page = who.open("/viec/1000000" if status == 403 else "/khong-co", status=status)
        assert ('href="/ho-so-cua-toi"' in page.html, 'href="/viec"' in page.html) == (True, False)
    assert 'href="/dang-nhap' in reader.open("/khong-co", status=404).html
