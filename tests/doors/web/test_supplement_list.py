"""The supplement page: each item the office asks for, with its remark and a place to answer."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.page_client import PDF, Reader
from tests.doors.web.test_statements import MOST, counted
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
REMARK = "Ảnh chụp bị mờ, không đọc được số."


@pytest.fixture
def asked(app: Flask) -> Story:
    story = Story(app)
    story.submit(P6)
    story.complete(
        "reception",
        "linh.camxuyen",
        reception_decision="supplement",
        supplement_items=["paper_identity", "business_name"],
        supplement_remarks=[{"item": "paper_identity", "remark": REMARK}],
    )
    return story


def _address(app: Flask, story: Story) -> str:
    with app.app_context():
        return f"/ho-so/{story.code}/bo-sung/{story.item('supplement').id}"


def test_each_item_has_its_remark_and_its_own_place_to_answer(
    app: Flask, asked: Story, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    with counted(app) as told:
        page = mine.open(_address(app, asked))
    assert len(told) <= MOST, told
    assert REMARK in page.text
    assert "Tên hộ kinh doanh" in page.text
    assert 'name="paper_identity"' in page.html
    assert 'name="paper_household_minutes"' not in page.html
    assert "Đây là lần yêu cầu bổ sung duy nhất" in page.text


def test_all_answers_go_in_one_send(
    app: Flask, asked: Story, logged_in: Callable[[str], Reader]
) -> None:
    page = logged_in("congdan1").open(_address(app, asked))
    form = page.form("supplement_note")
    sent = form.send(paper_identity=("the-moi.pdf", PDF), supplement_note="Đã nộp ảnh mới.")
    assert sent.path == f"/ho-so/{asked.code}"
    assert "the-moi.pdf" in sent.text
    assert asked.open_steps() == ["reception"]


def test_a_refused_answer_keeps_the_list_and_the_file(
    app: Flask, asked: Story, logged_in: Callable[[str], Reader]
) -> None:
    page = logged_in("congdan1").open(_address(app, asked))
    form = page.form("supplement_note")
    again = form.send(paper_identity=("the-moi.pdf", PDF), supplement_note="", status=422)
    assert "the-moi.pdf" in again.text
    assert REMARK in again.text
