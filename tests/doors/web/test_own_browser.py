"""What a visitor wrote opens in his own browser only, and not for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.foundation import clock
from app.foundation.clock import now
from app.web.session import OPEN_FOR
from tests.doors.web.applying import APPLICANT, applied, begin, fill_in, send
from tests.doors.web.page_client import Reader
from tests.doors.web.test_following import look_up

MINUTE = timedelta(minutes=1)


@pytest.fixture
def other(app: Flask) -> Reader:
    """Another visitor, in a browser of his own."""
    return Reader(app.test_client())


def address_of(check: str) -> str:
    """The address of the form, given that of its check page."""
    return check.removesuffix("/kiem-tra")


def declaration(reader: Reader) -> dict[str, str]:
    """What the check page would send, with a token of that reader's own."""
    token = reader.open("/tra-cuu").form("identity").held()["csrf_token"]
    return {"csrf_token": token, "declaration": "yes"}


def test_a_visitors_draft_does_not_open_elsewhere(
    app: Flask, reader: Reader, other: Reader, logged_in: Callable[[str], Reader]
) -> None:
    draft = address_of(fill_in(app, begin(reader)).path)
    for stranger in (logged_in("congdan1"), logged_in("linh.camxuyen")):
        page = stranger.open(draft, status=404)
        assert "Lê Thị Thanh" not in page.html
        stranger.open(f"{draft}/kiem-tra", status=404)
        for address in (draft, f"{draft}/kiem-tra"):
            stranger.post(address, declaration(stranger), status=404)
        stranger.open(draft, status=404)
    for address in (draft, f"{draft}/kiem-tra"):
        # Whether there is such a draft, nobody learns who may only have been logged out.
        page = other.open(address)
        assert page.path == "/dang-nhap"
        assert "Lê Thị Thanh" not in page.html
        other.post(address, declaration(other), status=401)


def test_the_address_of_a_sent_draft_is_no_proof(app: Flask, reader: Reader, other: Reader) -> None:
    check = fill_in(app, begin(reader))
    code = send(check)
    other.post(check.path, declaration(other), status=401)
    assert other.open(check.path).path == "/dang-nhap"
    assert other.open(f"/ho-so/{code}").path == "/tra-cuu"


def test_a_draft_begun_before_log_in_comes_along(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    check = fill_in(app, begin(reader))
    draft = address_of(check.path)
    reader.log_in("congdan1", PASSWORD)
    assert draft in reader.open("/ho-so-cua-toi").html
    elsewhere = logged_in("congdan1").open(f"{draft}/kiem-tra")
    paper = next(
        a.get("href", "") for a in elsewhere.root.iter("a") if "/tep/" in a.get("href", "")
    )
    assert elsewhere.reader.client.get(paper).status_code == 200
    code = send(elsewhere)
    assert code in reader.open("/ho-so-cua-toi").text


def test_an_officer_takes_no_citizens_draft(reader: Reader) -> None:
    draft = begin(reader).path
    reader.log_in("linh.camxuyen", PASSWORD)
    assert draft not in reader.open("/ho-so-cua-toi").html


def test_a_visitor_is_told_where_the_draft_stays(
    reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    words = "chỉ mở được trên trình duyệt này"
    assert words in begin(reader).text
    assert words not in begin(logged_in("congdan1")).text


def test_a_proof_ends_after_an_hour(app: Flask, reader: Reader) -> None:
    check = fill_in(app, begin(reader))
    code = send(check)
    with clock.at(now() + OPEN_FOR - MINUTE):
        assert reader.open(f"/ho-so/{code}").path == f"/ho-so/{code}"
    with clock.at(now() + OPEN_FOR + MINUTE):
        assert reader.open(f"/ho-so/{code}").path == "/tra-cuu"
        assert reader.post(check.path, declaration(reader)).path == "/tra-cuu"
        assert look_up(reader, code, APPLICANT["owner_identity"]) == f"/ho-so/{code}"


def test_a_visitor_closes_the_dossier(app: Flask, reader: Reader) -> None:
    check = fill_in(app, begin(reader))
    code = send(check)
    left = reader.open(f"/ho-so/{code}").form(action=f"/ho-so/{code}/dong").send()
    assert left.path == "/tra-cuu"
    assert reader.open(f"/ho-so/{code}").path == "/tra-cuu"
    reader.post(check.path, declaration(reader), status=401)


def test_logging_out_closes_everything(app: Flask, reader: Reader, other: Reader) -> None:
    code = applied(app, other)
    reader.log_in("congdan2", PASSWORD)
    assert look_up(reader, code, APPLICANT["owner_identity"]) == f"/ho-so/{code}"
    reader.log_out()
    assert reader.open(f"/ho-so/{code}").path == "/tra-cuu"


def test_the_applicant_reads_what_was_sent(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    page = reader.open(f"/ho-so/{code}")
    assert "Toàn bộ nội dung tờ khai" in page.text


def test_nothing_promises_letters_that_are_not_sent(app: Flask, reader: Reader) -> None:
    form = begin(reader)
    check = fill_in(app, form)
    assert "Thông báo" not in form.text + check.text
