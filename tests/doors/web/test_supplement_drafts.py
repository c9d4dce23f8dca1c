"""A half-written answer to a request stays until it is sent, with its papers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.inbox.answers import AnswerDraft
from app.foundation import clock
from app.foundation.db import db
from tests.doors.web.page_client import PDF, Page, Reader
from tests.support.procedures import KEY
from tests.support.story import Story

COUNTER = "linh.camxuyen"
LogIn = Callable[[str], Reader]
WORDS = "supplement_note"


@pytest.fixture
def story(app: Flask) -> Iterator[Story]:
    """A dossier whose applicant was asked for more."""
    asked = Story(app)
    asked.submit(KEY)
    asked.complete("reception", COUNTER, reception_decision="supplement")
    with clock.at(asked.at):
        yield asked


@pytest.fixture
def path(story: Story) -> str:
    with story.app.app_context():
        return f"/ho-so/{story.code}/bo-sung/{story.item('supplement').id}"


def kept(story: Story) -> int:
    """How many half-written answers there are."""
    with story.app.app_context():
        return db.session().scalar(select(func.count()).select_from(AnswerDraft)) or 0


def script(reader: Reader, page: Page, **typed: str) -> TestResponse:
    """What the page's script posts."""
    told = page.form("task_key").held()
    for name, value in typed.items():
        told.setlist(name, [value])
    return reader.client.post(f"{page.path}/tu-luu", data=told)


def held(page: Page) -> dict[str, Any]:
    return dict(page.form("task_key").held())


def save(page: Page, status: int = 200, **typed: Any) -> Page:
    return page.form("task_key").send(typed, button=("action", "save"), status=status)


def test_what_is_typed_and_chosen_is_there_again(story: Story, path: str, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    page = mine.open(path)
    again = save(page, supplement_note="Tôi đang xin bản sao", paper_request=("ban-sao.pdf", PDF))
    assert again.path == path
    assert "đã được lưu" in again.text
    elsewhere = logged_in("congdan1").open(path)
    assert held(elsewhere)[WORDS] == "Tôi đang xin bản sao"
    assert "ban-sao.pdf" in elsewhere.text
    assert story.open_steps() == ["supplement"], "nothing is sent"
    sent = elsewhere.form("task_key").send({WORDS: "Đây là bản sao"})
    assert sent.path == f"/ho-so/{story.code}"
    assert "ban-sao.pdf" in sent.text
    assert kept(story) == 0
    assert story.replayed().identical


def test_the_script_keeps_it_and_two_windows_do_not_overwrite_each_other(
    story: Story, path: str, logged_in: LogIn
) -> None:
    mine = logged_in("congdan1")
    first, second = mine.open(path), mine.open(path)
    answer = script(mine, first, supplement_note="Cửa sổ một")
    assert answer.status_code == 200
    refused = script(mine, second, supplement_note="Cửa sổ hai")
    assert (refused.status_code, refused.json["seen"]) == (409, answer.json["seen"])
    told = save(second, 409, supplement_note="Cửa sổ hai")
    assert "một cửa sổ khác" in told.text
    assert held(told)[WORDS] == "Cửa sổ hai"
    assert held(mine.open(path))[WORDS] == "Cửa sổ một"
    assert held(save(told, supplement_note="Cửa sổ hai"))[WORDS] == "Cửa sổ hai"


def test_nobody_else_reads_or_writes_it(story: Story, path: str, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    page = mine.open(path)
    script(mine, page, supplement_note="Của tôi")
    stranger = logged_in("congdan2")
    stranger.open(path, status=404)
    assert stranger.client.get(f"{path}/tu-luu").status_code == 404
    visitor = Reader(story.app.test_client())
    assert visitor.client.get(f"{path}/tu-luu").status_code == 403
    officer = logged_in(COUNTER)
    assert officer.client.get(f"{path}/tu-luu").status_code == 404


def test_a_window_left_open_is_told_that_it_was_sent(
    story: Story, path: str, logged_in: LogIn
) -> None:
    mine = logged_in("congdan1")
    late = mine.open(path)
    story.complete("supplement", "congdan1")
    answer = script(mine, late, supplement_note="Muộn rồi")
    assert (answer.status_code, answer.json["address"]) == (410, f"/ho-so/{story.code}")
    assert kept(story) == 0


def test_it_goes_when_the_request_ends(story: Story, path: str, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    script(mine, mine.open(path), supplement_note="Chưa xong")
    assert kept(story) == 1
    story.wait(days=31)
    story.tick()
    assert story.open_steps() == []
    assert kept(story) == 0


def test_a_page_that_lay_open_for_long_gets_a_fresh_token(path: str, logged_in: LogIn) -> None:
    mine = logged_in("congdan1")
    mine.open(path)
    assert mine.client.get(f"{path}/tu-luu").json["csrf_token"]


def test_a_request_that_is_over_leads_to_the_dossier(
    story: Story, path: str, logged_in: LogIn
) -> None:
    mine = logged_in("congdan1")
    late = mine.open(path)
    story.complete("supplement", "congdan1")
    for page in (mine.open(path), save(late), late.form("task_key").send()):
        assert page.path == f"/ho-so/{story.code}"
        assert "đã được trả lời" in page.html
