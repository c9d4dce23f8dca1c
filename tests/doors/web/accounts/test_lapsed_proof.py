"""The hour of a visitor's proof ends while he writes: what he typed is offered again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.accounts.model import AccountSession
from app.foundation import clock
from app.foundation.clock import now
from app.foundation.db import transaction
from app.web.session import OPEN_FOR
from tests.doors.web.accounts.test_code_by_mail import ASK, digits_in
from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Page, Reader
from tests.doors.web.test_following import look_up
from tests.support.mailbox import Mailbox
from tests.support.procedures import KEY
from tests.support.story import APPLICANT as OWNER
from tests.support.story import Story

LATER = OPEN_FOR + timedelta(minutes=1)
NOTE, WORDS = "supplement_note", "Tôi gửi bản sao\ncó chứng thực"


@pytest.fixture
def story(app: Flask) -> Iterator[Story]:
    """A dossier whose applicant was asked for more."""
    asked = Story(app)
    asked.submit(KEY)
    asked.complete("reception", "linh.camxuyen", reception_decision="supplement")
    with clock.at(asked.at):
        yield asked


def supplement_of(story: Story) -> str:
    with story.app.app_context():
        return f"/ho-so/{story.code}/bo-sung/{story.item('supplement').id}"


def opened(story: Story, reader: Reader) -> Page:
    """The page of the supplement, for a visitor with code and number."""
    look_up(reader, story.code, OWNER["identity_number"])
    return reader.open(supplement_of(story))


def test_a_supplement_sent_too_late_is_offered_again(story: Story, reader: Reader) -> None:
    page = opened(story, reader)
    with clock.at(story.at + LATER):
        asked = page.form("task_key").send({NOTE: WORDS}, status=401)
        form = asked.form("identity")
        assert form.held()["code"] == story.code
        wrong = form.send(identity="000000000000", status=422)
        again = wrong.form("identity").send(identity=OWNER["identity_number"])
        assert again.form(NOTE).held()[NOTE].replace("\r", "") == WORDS
        assert again.form(NOTE).send().path == f"/ho-so/{story.code}"
    assert story.open_steps() == ["reception"]


def test_a_code_from_the_mailbox_brings_it_back_as_well(
    app: Flask, reader: Reader, mailbox: Mailbox
) -> None:
    code = applied(app, reader)
    page = reader.open(f"/ho-so/{code}/rut")
    with clock.at(now() + LATER):
        asked = page.form("seen").send(reason="Tôi đổi ý", status=401)
        held = asked.form("identity").held()
        typing = reader.post(ASK, held)
        wrong = typing.form("digits").send(digits="1", status=422)
        again = wrong.form("digits").send(digits=digits_in(mailbox))
        assert again.form("reason").held()["reason"] == "Tôi đổi ý"
        assert again.form("reason").send().path == f"/ho-so/{code}"
        assert "đã rút" in reader.open(f"/ho-so/{code}").text


def test_whoever_was_logged_in_is_asked_to_log_in_and_not_for_a_code(
    story: Story, logged_in: Callable[[str], Reader], app: Flask
) -> None:
    mine = logged_in("congdan1")
    page = mine.open(supplement_of(story))
    with app.app_context(), transaction() as session:
        session.execute(update(AccountSession).values(expires_at=now() - timedelta(minutes=1)))
    assert mine.open(f"/ho-so/{story.code}").form("password").held()["next"].endswith(story.code)
    asked = page.form("task_key").send({NOTE: WORDS}, status=401)
    assert asked.form("password").held()["kept"]
    # He may go on without his account; then the proof is what he is asked for from now on.
    opened(story, mine)
    with clock.at(story.at + LATER):
        assert mine.open(f"/ho-so/{story.code}").path == "/tra-cuu"


def test_a_button_without_anything_typed_is_not_kept(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    page = reader.open(f"/ho-so/{code}")
    with clock.at(now() + LATER):
        lookup = page.form(action=f"/ho-so/{code}/dong").send()
    assert lookup.path == "/tra-cuu"
    assert "kept" not in lookup.form("identity").names
    assert lookup.form("identity").held()["code"] == code
    assert APPLICANT["owner_name"] not in lookup.html
