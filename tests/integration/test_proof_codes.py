"""A code sent to the address of a dossier opens it: once, not for long, and not by guessing."""

from datetime import timedelta

import pytest
from flask import Flask

from app.actions.prove_by_mail import ask_proof_code, proves_by_code
from app.actions.send_account_mail import DUE_MAILS, Envelope, prepare_mail, settle_mail
from app.domain.dossiers.proofs import LIFE, MOST_AN_HOUR, MOST_TRIES
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from tests.stories.test_sent_again import drafted, send_draft
from tests.support.story import Story

SECRET = "for tests"


@pytest.fixture
def story(any_app: Flask) -> Story:
    story = Story(any_app)
    send_draft(story, drafted(story))
    return story


def asked(story: Story, code: str = "") -> list[Envelope]:
    """Ask for a code; gives the letters that leave, each once."""
    with story.app.app_context():
        with transaction() as session:
            ask_proof_code(session, code or story.code, language="vi", at=story.at)
        due = [one.row for one in DUE_MAILS.due(db.session(), story.at, 100)]
        found = []
        for number in due:
            with transaction() as session:
                letter = prepare_mail(session, number, secret=SECRET, at=story.at)
            with transaction() as session:
                settle_mail(session, number, "sent", at=story.at)
            found.append(letter)
        return [letter for letter in found if letter is not None]


def opens(story: Story, digits: str, code: str = "") -> bool:
    with story.app.app_context(), transaction() as session:
        wanted = code or story.code
        return proves_by_code(session, wanted, digits, secret=SECRET, at=story.at)


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def test_the_code_from_the_mailbox_opens_once(story: Story) -> None:
    (letter,) = asked(story)
    assert letter.to == "mai@example.vn"
    digits = letter.facts["digits"]
    assert not opens(story, other_than(digits))
    assert opens(story, f" {digits[:3]} {digits[3:]} ")
    assert not opens(story, digits), "it works once"


def test_it_is_worth_nothing_later_or_once_there_is_a_newer_one(story: Story) -> None:
    (first,) = asked(story)
    story.wait(minutes=1)
    (second,) = asked(story)
    assert not opens(story, first.facts["digits"])
    story.at += LIFE
    assert not opens(story, second.facts["digits"])


def test_guessing_spends_it(story: Story) -> None:
    (letter,) = asked(story)
    for _ in range(MOST_TRIES):
        assert not opens(story, other_than(letter.facts["digits"]))
    assert not opens(story, letter.facts["digits"])


def test_a_mailbox_is_not_flooded(story: Story) -> None:
    letters = [letter for _ in range(MOST_AN_HOUR + 2) for letter in asked(story)]
    assert len(letters) == MOST_AN_HOUR
    story.at += timedelta(hours=1)
    assert len(asked(story)) == 1


def test_nobody_is_told_whether_a_dossier_exists(story: Story) -> None:
    assert asked(story, "H27.30-241104-9999") == []
    assert not opens(story, "000000", "H27.30-241104-9999")
    assert not opens(story, "")
    with pytest.raises(Invalid):
        asked(story, "no code at all")


def test_a_letter_that_has_to_be_sent_again_brings_the_same_code(story: Story) -> None:
    with story.app.app_context():
        with transaction() as session:
            ask_proof_code(session, story.code, language="vi", at=story.at)
        (due,) = DUE_MAILS.due(db.session(), story.at, 100)
        told = []
        for later in (timedelta(), timedelta(minutes=3)):
            with transaction() as session:
                letter = prepare_mail(session, due.row, secret=SECRET, at=story.at + later)
                assert letter is not None
                told.append(letter.facts["digits"])
    assert told[0] == told[1]
    assert opens(story, told[0])
