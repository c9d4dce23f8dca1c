"""A visitor takes the dossier he has sent into his account."""

import pytest
from flask import Flask

from app.actions.claim_dossier import CitizensOnly, claim_dossier
from app.domain.dossiers.folders import Folder
from app.domain.dossiers.status import Status
from app.foundation.actor import VISITOR, Actor
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.citizen_pages import proves_to_own
from app.queries.my_dossiers import in_folder
from tests.stories.test_sent_again import ASKED, RECEPTION, drafted, given_back, send_draft
from tests.support.post import Pigeons, deliver
from tests.support.story import APPLICANT, Story

NUMBER = APPLICANT["identity_number"]


def sent(app: Flask) -> Story:
    story = Story(app)
    send_draft(story, drafted(story))
    return story


def account(story: Story, username: str = "congdan1") -> Actor:
    with story.app.app_context():
        return story.actor(username)


def claim(story: Story, actor: Actor, identity: str = NUMBER, code: str = "") -> None:
    with story.app.app_context(), transaction() as session:
        wanted = code or story.code
        proved = proves_to_own(session, wanted, identity)
        claim_dossier(session, wanted, proved=proved, actor=actor, at=story.at)


def mine(story: Story, actor: Actor, folder: Folder) -> list[str]:
    with story.app.app_context():
        rows = in_folder(db.session(), actor.person_id or 0, folder, None).rows
        return [dossier.code for dossier, _name in rows]


def test_it_stands_among_the_dossiers_of_the_account_from_then_on(any_app: Flask) -> None:
    story = sent(any_app)
    owner = account(story)
    assert mine(story, owner, Folder.SENT) == []
    claim(story, owner)
    assert mine(story, owner, Folder.SENT) == [story.code]
    assert story.events()[-1] == "dossier_claimed"
    assert story.entries()[-1].actor_id == owner.person_id
    assert story.replayed().identical
    claim(story, owner)
    assert story.events().count("dossier_claimed") == 1, "a repeat changes nothing"
    story.complete("reception", RECEPTION, **ASKED)
    with any_app.app_context():
        assert story.dossier().status is Status.SUPPLEMENT_REQUESTED, "it has an account now"
    story.complete("supplement", "congdan1")
    story.complete("reception", RECEPTION)
    assert story.replayed().identical


def test_both_mailboxes_are_told(any_app: Flask) -> None:
    story, pigeons = sent(any_app), Pigeons()
    deliver(any_app, pigeons.office, story.at)
    pigeons.parcels.clear()
    story.wait(hours=2)
    other = account(story, "congdan2")
    claim(story, other)
    deliver(any_app, pigeons.office, story.at)
    assert pigeons.kinds() == ["dossier-claimed", "dossier-claimed"]
    first, second = sorted(one.address for one in pigeons.parcels)
    assert "mai@example.vn" in {first, second}
    assert first != second
    with any_app.app_context():
        assert story.dossier().submitter_id == other.person_id
        assert story.dossier().owner_id is None, "the account is somebody else's"
    assert story.replayed().identical


def test_every_wrong_try_gets_the_same_answer(any_app: Flask) -> None:
    story = sent(any_app)
    owner = account(story)
    words = set()
    for identity, code in ((NUMBER, "H27.30-241104-9999"), ("042000000099", ""), ("", "")):
        with pytest.raises(Invalid) as refused:
            claim(story, owner, identity, code)
        words.add(str(refused.value.errors))
    with pytest.raises(Invalid) as refused:
        claim(story, owner, "mai@example.vn")
    words.add(str(refused.value.errors))
    claim(story, owner)
    with pytest.raises(Invalid) as refused:
        claim(story, account(story, "congdan2"))
    words.add(str(refused.value.errors))
    assert len(words) == 1
    assert story.events().count("dossier_claimed") == 1


def test_neither_visitors_nor_officers_claim(any_app: Flask) -> None:
    story = sent(any_app)
    for actor in (VISITOR, account(story, RECEPTION)):
        with pytest.raises(CitizensOnly):
            claim(story, actor)


def test_what_was_given_back_can_be_claimed_and_sent_again(any_app: Flask) -> None:
    story = given_back(any_app)
    owner = account(story)
    claim(story, owner)
    assert mine(story, owner, Folder.RETURNED) == [story.code]
    assert story.replayed().identical
