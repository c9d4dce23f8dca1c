"""Coming in and going out."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.cli.demo import PASSWORD
from app.foundation import clock
from app.foundation.clock import now
from app.web.session import LIFE
from tests.doors.web.page_client import Reader
from tests.support import apps


def test_officers_come_to_their_inbox_and_auditors_to_the_search(reader: Reader) -> None:
    assert reader.log_in("linh.camxuyen", PASSWORD).path == "/viec"
    reader.log_out()
    assert reader.log_in("kiemtra", PASSWORD).path == "/kiem-tra"
    reader.log_out()
    assert reader.log_in("congdan1", PASSWORD).path == "/"


@pytest.mark.parametrize("username", ["kiemtra", "phantich"])
def test_whom_no_case_work_waits_for_is_shown_no_inbox(reader: Reader, username: str) -> None:
    page = reader.log_in(username, PASSWORD)
    assert page.path in ("/kiem-tra", "/thu-tuc")
    assert 'href="/viec"' not in page.html
    assert 'href="/viec"' not in reader.open("/viec").html


@pytest.mark.parametrize("username", ["congdan1", "nobody.at.all"])
def test_a_wrong_pair_never_tells_which_half_was_wrong(reader: Reader, username: str) -> None:
    form = reader.open("/dang-nhap?lang=en").form("password")
    page = form.send(username=username, password="wrong", status=422)
    assert "The user name or the password is not right." in page.text
    assert page.form("password").held()["password"] == ""


def test_a_reader_returns_to_the_page_that_asked_who_he_is(reader: Reader) -> None:
    page = reader.open("/ho-so-cua-toi")
    assert page.path == "/dang-nhap"
    inside = page.form("password").send(username="congdan1", password=PASSWORD)
    assert inside.path == "/ho-so-cua-toi"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//e.e",
    ],
)
def test_nobody_is_sent_to_another_site(reader: Reader, address: str) -> None:
    form = reader.open("/dang-nhap").form("password")
    page = form.send(username="congdan1", password=PASSWORD, next=address)
    assert page.path == "/"


def test_a_planted_session_is_worth_nothing_after_logging_in(app: Flask, reader: Reader) -> None:
    with reader.client.session_transaction() as planted:
        planted["opened_at"] = {"H27.30-241104-0001": now().timestamp()}
    reader.log_in("congdan1", PASSWORD)
    with reader.client.session_transaction() as fresh:
        assert "opened_at" not in fresh


def test_whoever_forgets_to_log_out_is_logged_out(reader: Reader) -> None:
    reader.log_in("congdan1", PASSWORD)
    assert reader.open("/ho-so-cua-toi").path == "/ho-so-cua-toi"
    with clock.at(now() + LIFE + timedelta(minutes=1)):
        assert reader.open("/ho-so-cua-toi").path == "/dang-nhap"


def test_a_post_without_token_changes_nothing(
    reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    citizen = logged_in("congdan1")
    answer = citizen.client.post("/dang-xuat")
    assert answer.status_code == 400
    assert citizen.open("/ho-so-cua-toi").path == "/ho-so-cua-toi"


def test_guessing_is_slowed_down(sqlite_file: Path, tmp_path: Path) -> None:
    file = shutil.copyfile(sqlite_file, tmp_path / "guessing.sqlite3")
    config = replace(
        apps.test_config(f"sqlite:///{file}", tmp_path), LOGIN_RATE_LIMIT="2 per minute"
    )
    with apps.closing(create_app(config)) as app:
        reader = Reader(app.test_client())
        form = reader.open("/dang-nhap").form("password")
        for status in (422, 422, 429):
            form.send(username="congdan1", password="wrong", status=status)
