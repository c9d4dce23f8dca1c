"""How the result comes back: chosen when sending or later, journalled, and borne out by replays."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.actions.submit_dossier import Application, submit_dossier
from app.domain.dossiers.applicant import read_applicant
from app.domain.postal.choice import ReturnMethod
from app.domain.postal.queries import choice_of
from app.domain.postal.rules import PostNotOffered, TooLateToChoose
from app.foundation.db import db, transaction
from app.queries.dossier_pages import UnknownDossier
from tests.support.postal import (
    CLERK,
    COUNTER,
    DESK,
    LEADER,
    POST,
    SPECIALIST,
    by_post,
    choose,
)
from tests.support.procedures import KEY, publish_changed
from tests.support.story import APPLICANT, Story


def sent_by_post(story: Story, *, by: str = "congdan1") -> None:
    """Handed in with an address."""
    with story.app.app_context():
        wanted = by_post(story.app)
        application = Application(
            procedure=KEY,
            applicant=read_applicant(APPLICANT),
            data=story.filled(KEY),
            result_return=wanted,
        )
        with transaction() as session:
            actor = story.actor(by)
            story.code = submit_dossier(session, application, actor=actor, at=story.at).code


def method(story: Story) -> ReturnMethod:
    with story.app.app_context():
        return choice_of(db.session(), story.dossier().id).method


def test_without_a_word_it_is_fetched_at_the_counter(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    assert method(story) is ReturnMethod.COUNTER
    assert "result_return_chosen" not in story.events()
    assert story.replayed().identical


def test_the_address_given_when_sending_stands_in_the_record(any_app: Flask) -> None:
    story = Story(any_app)
    sent_by_post(story)
    assert story.events()[-1] == "result_return_chosen"
    told = story.entries()[-1].payload or {}
    lines = {name: line for name, line in POST.items() if name != "method"}
    assert told == {"method": "post", "data": {"result_return": lines}}
    story.complete("reception", DESK)
    assert story.replayed().identical


def test_the_counter_says_for_whom_it_stands_in(any_app: Flask) -> None:
    story = Story(any_app)
    sent_by_post(story, by=DESK)
    assert story.entries()[-1].unit_code == "H27.30"
    assert choose(story, COUNTER, by=DESK)
    assert story.entries()[-1].unit_code == "H27.30"
    assert story.replayed().identical


def test_the_applicant_changes_his_mind_until_the_result_is_ready(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    assert choose(story) is True
    assert choose(story) is False, "nothing new is no entry"
    story.complete("reception", DESK)
    assert choose(story, POST | {"street": "Số 8, đường 26/3"}) is True
    assert choose(story, COUNTER) is True
    assert choose(story) is True
    assert story.events().count("result_return_chosen") == 4
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", CLERK)
    with pytest.raises(TooLateToChoose):
        choose(story, COUNTER)
    assert method(story) is ReturnMethod.POST
    assert story.replayed().identical


@pytest.mark.parametrize("stranger", ["congdan2", DESK, SPECIALIST, "kiemtra"])
def test_nobody_else_chooses(app: Flask, stranger: str) -> None:
    story = Story(app)
    story.submit(KEY)
    with pytest.raises(UnknownDossier):
        choose(story, by=stranger)


def test_a_dossier_that_has_ended_has_no_result_to_send(app: Flask) -> None:
    story = Story(app)
    story.submit(KEY)
    story.complete("reception", DESK, reception_decision="refuse")
    with pytest.raises(TooLateToChoose):
        choose(story)


def test_post_needs_the_province_and_the_procedure(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    with pytest.raises(PostNotOffered):
        choose(story, allowed=False)
    assert choose(story, COUNTER, allowed=False) is False
    publish_changed(any_app, {"procedure.toml": {"postal_return = true\n": ""}})
    other = Story(any_app)
    other.submit(KEY, key="other")
    with pytest.raises(PostNotOffered):
        choose(other)
    with pytest.raises(PostNotOffered):
        sent_by_post(other)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE result_returns SET street = 'Elsewhere'", "choice"),
        ("UPDATE result_returns SET method = 'counter'", "choice"),
        ("UPDATE result_returns SET chosen_by_id = 1", "chosen_by_id"),
        ("DELETE FROM result_returns", "choice"),
    ],
)
def test_an_address_changed_behind_our_back_is_found(
    any_app: Flask, change: str, found: str
) -> None:
    story = Story(any_app)
    sent_by_post(story)
    with any_app.app_context(), transaction() as session:
        session.execute(text(change))
    assert [(one.what, one.detail) for one in story.replayed().disagreements] == [
        ("result return", found)
    ]
