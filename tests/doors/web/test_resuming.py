"""Going on with what was begun instead of beginning a second time, and deleting it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.dossiers.model import Draft
from app.foundation import clock
from app.foundation.db import db
from tests.doors.web.applying import BUSINESS, applied, begin, fill_in
from tests.doors.web.page_client import PDF, Page, Reader
from tests.doors.web.test_statements import MOST, counted

START = f"/thu-tuc/{BUSINESS}/nop"
LoggedIn = Callable[[str], Reader]


def begun(reader: Reader, **told: str) -> Page:
    """A draft with something written in it."""
    page = begin(reader)
    page.form("owner_name").send({"owner_name": "Chưa xong"} | told, button=("action", "save"))
    return reader.open(page.path)


def drafts(app: Flask) -> int:
    with app.app_context():
        return db.session().scalar(select(func.count()).select_from(Draft)) or 0


@pytest.mark.parametrize("who", ["", "congdan1"])
def test_whoever_has_begun_is_asked_before_a_second_one_is_made(
    app: Flask, reader: Reader, logged_in: LoggedIn, who: str
) -> None:
    me = logged_in(who) if who else reader
    first = begun(me)
    choice = me.open(f"/thu-tuc/{BUSINESS}?lang=en").form(action=START).send()
    assert choice.path == START
    assert drafts(app) == 1
    assert ("4 questions" if who else "1 question") in choice.text
    assert "kept until the end of" in choice.text
    assert choice.link("Go on with it").path == first.path
    again = choice.form(action=START).send()
    assert again.path != first.path
    assert drafts(app) == 2


def test_a_second_click_on_beginning_anew_gives_the_same_draft(app: Flask, reader: Reader) -> None:
    begun(reader)
    choice = reader.open(START)
    assert choice.form(action=START).send().path == choice.form(action=START).send().path
    assert drafts(app) == 2


def test_who_has_begun_nothing_is_shown_what_to_know_first(reader: Reader) -> None:
    assert reader.open(START).path == f"/thu-tuc/{BUSINESS}"
    begin(reader)
    assert reader.open(START).path == f"/thu-tuc/{BUSINESS}", "an empty draft is no beginning"


def test_what_somebody_else_began_is_not_offered(reader: Reader, logged_in: LoggedIn) -> None:
    begun(logged_in("congdan1"))
    assert begin(logged_in("congdan2")).path.startswith("/ho-so-nhap/")
    assert begin(reader).path.startswith("/ho-so-nhap/")


def test_the_page_of_a_choice_asks_the_database_little(app: Flask, logged_in: LoggedIn) -> None:
    me = logged_in("congdan1")
    begun(me)
    for _ in range(4):
        page = me.open(START).form(action=START).send()
        page.form("owner_name").send(owner_name="Nữa", button=("action", "save"))
    for address in (START, "/ho-so-cua-toi?folder=drafts", f"/thu-tuc/{BUSINESS}"):
        with counted(app) as told:
            me.open(address)
        assert len(told) <= MOST, (address, told)


def test_the_list_of_drafts_says_how_far_each_has_come(app: Flask, logged_in: LoggedIn) -> None:
    me = logged_in("congdan1")
    page = begun(me)
    listed = me.open("/ho-so-cua-toi?folder=drafts&lang=en")
    assert "still missing" in listed.text
    assert listed.link("Go on with it").path == page.path
    fill_in(app, me.open(page.path))
    listed = me.open("/ho-so-cua-toi?folder=drafts")
    assert "complete, ready to be checked and sent" in listed.text


@pytest.mark.parametrize("who", ["", "congdan1"])
def test_a_draft_is_deleted_after_a_question(
    app: Flask, reader: Reader, logged_in: LoggedIn, who: str
) -> None:
    me = logged_in(who) if who else reader
    page = begin(me)
    page.form("owner_name").send(paper_identity=("a.pdf", PDF), button=("action", "save"))
    question = me.open(f"{page.path}?lang=en").link("Delete the draft")
    assert "1 file attached" in question.text
    assert drafts(app) == 1, "asking deletes nothing"
    after = question.form(action=question.path).send()
    assert after.path == ("/ho-so-cua-toi" if who else f"/thu-tuc/{BUSINESS}")
    assert "The draft is deleted." in after.text
    assert drafts(app) == 0
    me.open(page.path, status=404)


def test_a_draft_is_not_deleted_by_others_and_not_after_it_was_sent(
    app: Flask, logged_in: LoggedIn
) -> None:
    me = logged_in("congdan1")
    page = begun(me)
    logged_in("congdan2").open(f"{page.path}/xoa", status=404)
    question = me.open(f"{page.path}/xoa")
    sent = fill_in(app, me.open(page.path))
    sent = sent.form("declaration").send(declaration="yes")
    assert sent.path.endswith("/da-gui")
    assert question.form(action=question.path).send().path == sent.path
    assert drafts(app) == 1
    assert applied(app, logged_in("congdan2"))


def test_the_form_says_until_when_it_is_kept(reader: Reader) -> None:
    today = clock.now()
    with clock.at(today):
        page = begun(reader)
    last = clock.local_date(today) + timedelta(days=60)
    assert f"{last:%d/%m/%Y}" in page.text
