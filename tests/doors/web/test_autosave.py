"""Drafts are kept while they are written, and two windows never overwrite each other."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.doors.web.applying import begin, fill_in, send
from tests.doors.web.page_client import Page, Reader


def keep(reader: Reader, page: Page, **typed: str) -> TestResponse:
    """What the page's script posts."""
    told = page.form("owner_name").held()
    for name, value in typed.items():
        told.setlist(name, [value])
    return reader.client.post(f"{page.path}/tu-luu", data=told)


def held(reader: Reader, page: Page) -> dict[str, Any]:
    """What the form shows when it is opened again."""
    return reader.open(page.path).form("owner_name").held()


def test_what_is_typed_is_kept_without_being_judged(reader: Reader) -> None:
    page = begin(reader)
    answer = keep(reader, page, owner_name="Lê Thị", owner_identity="?")
    assert answer.status_code == 200
    assert answer.json["at"]
    now_held = held(reader, page)
    assert now_held["owner_name"] == "Lê Thị"
    assert now_held["owner_identity"] == "?"
    assert now_held["seen"] == answer.json["seen"]


def test_the_second_window_is_told_and_nothing_is_lost(reader: Reader) -> None:
    first = begin(reader)
    second = reader.open(first.path)
    answer = keep(reader, first, owner_name="Cửa sổ một")
    refused = keep(reader, second, owner_name="Cửa sổ hai")
    assert refused.status_code == 409
    assert refused.json["seen"] == answer.json["seen"]
    assert held(reader, first)["owner_name"] == "Cửa sổ một"
    assert (
        keep(reader, second, owner_name="Cửa sổ hai", seen=refused.json["seen"]).status_code == 200
    )
    assert held(reader, first)["owner_name"] == "Cửa sổ hai"


def test_a_page_of_errors_loaded_anew_is_no_second_window(reader: Reader) -> None:
    page = begin(reader)
    told = page.form("owner_name").held() | {"owner_name": "Lê Thị"}
    for _ in range(2):
        assert reader.client.post(page.path, data=told).status_code == 422


def test_without_scripts_the_second_window_is_told_too(reader: Reader) -> None:
    first = begin(reader)
    second = reader.open(f"{first.path}?lang=en")
    keep(reader, first, owner_name="Cửa sổ một")
    told = second.form("owner_name").send(
        owner_name="Cửa sổ hai", button=("action", "save"), status=409
    )
    assert "changed in another window" in told.text
    assert told.form("owner_name").held()["owner_name"] == "Cửa sổ hai"
    assert held(reader, first)["owner_name"] == "Cửa sổ một"
    told.form("owner_name").send(button=("action", "save"))
    assert held(reader, first)["owner_name"] == "Cửa sổ hai"


def test_files_stay_where_they_are(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    check = fill_in(app, page)
    again = reader.open(page.path)
    assert keep(reader, again, owner_name="Tên khác").status_code == 200
    assert "paper_identity.pdf" in reader.open(check.path).text


def test_a_sent_draft_leads_to_its_dossier(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    code = send(fill_in(app, page))
    answer = keep(reader, page)
    assert answer.status_code == 410
    assert code in answer.json["address"]


def test_strangers_and_those_logged_out_keep_nothing(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    page = begin(mine)
    for other in (logged_in("congdan2"), Reader(app.test_client())):
        own = begin(other)
        assert keep(other, own, owner_name="Kẻ lạ").status_code == 200
        token = own.form("owner_name").held()["csrf_token"]
        assert keep(other, page, owner_name="Kẻ lạ").status_code == 400
        assert keep(other, page, owner_name="Kẻ lạ", csrf_token=token).status_code == 403
        assert other.client.get(f"{page.path}/tu-luu").status_code == 403
    assert held(mine, page)["owner_name"] == "Nguyễn Thị Mai"
    assert mine.client.get(f"{page.path}/tu-luu").json["csrf_token"]
