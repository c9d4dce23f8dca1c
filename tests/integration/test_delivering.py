"""Messages leave after the commit, are tried again, and show when they cannot leave."""

from datetime import timedelta

import pytest
from flask import Flask

from app.actions.deliver_notice import LEASE, WAITS, postpone_delivery, take_delivery
from app.actions.post_office import Attempt, Fate, post_office
from app.actions.submit_dossier import Application, submit_dossier
from app.domain.dossiers.applicant import read_applicant
from app.domain.notices.model import Channel, DeliveryState, NoticeState, Party, Suppressed
from app.foundation import clock
from app.foundation.actor import VISITOR, Actor
from app.foundation.db import transaction
from tests.support.apps import MONDAY
from tests.support.post import Pigeons, deliver, deliveries, notices
from tests.support.story import APPLICANT, Story

P6 = "thanh-lap-ho-kinh-doanh"
AGAIN = Attempt(fate=Fate.AGAIN, reason="no answer")


@pytest.fixture
def story(any_app: Flask) -> Story:
    """One dossier, sent by a citizen with an account on Monday 09:00."""
    made = Story(any_app)
    made.submit(P6)
    return made


def test_a_notice_is_promised_with_the_act_and_sent_after_it(story: Story) -> None:
    (notice,) = notices(story.app)
    assert (notice.state, notice.party, notice.kind) == (
        NoticeState.WAITING,
        Party.OWNER,
        "dossier-submitted",
    )
    assert deliveries(story.app) == []
    pigeons = Pigeons()
    deliver(story.app, pigeons.office, story.at)
    (sent,) = deliveries(story.app)
    assert (sent.state, sent.sent_at, sent.attempts) == (DeliveryState.SENT, story.at, 1)
    assert sent.provider_id == sent.key == pigeons.parcels[0].key
    assert sent.body == pigeons.parcels[0].text
    assert deliver(story.app, pigeons.office, story.at) == 0, "once"


def test_an_act_that_is_undone_is_not_told(any_app: Flask) -> None:
    with any_app.app_context():
        actor = Story(any_app).actor("congdan1")
    with pytest.raises(RuntimeError):
        _submit(any_app, actor, {}, fail=True)
    assert notices(any_app) == []


def test_failures_are_tried_again_later_and_later_and_end_in_the_log(story: Story) -> None:
    pigeons, at = Pigeons(), story.at
    pigeons.fates = [AGAIN] * (len(WAITS) + 1)
    deliver(story.app, pigeons.office, at)
    for wait in WAITS:
        (message,) = deliveries(story.app)
        assert message.state is DeliveryState.QUEUED
        assert message.next_try_at == at + wait
        assert deliver(story.app, pigeons.office, at + wait - timedelta(seconds=1)) == 0
        at += wait
        assert deliver(story.app, pigeons.office, at) == 1
    (message,) = deliveries(story.app)
    assert (message.state, message.next_try_at) == (DeliveryState.FAILED, None)
    assert message.last_error == "no answer"
    assert pigeons.parcels == []


def test_the_key_stays_the_same_however_often_it_is_tried(story: Story) -> None:
    pigeons = Pigeons()
    pigeons.fates = [AGAIN, AGAIN]
    at = story.at
    for wait in (timedelta(), *WAITS[:2]):
        at += wait
        deliver(story.app, pigeons.office, at)
    (message,) = deliveries(story.app)
    assert message.attempts == 3
    assert [parcel.key for parcel in pigeons.parcels] == [message.key]


def test_what_is_refused_for_good_is_not_tried_again(story: Story) -> None:
    pigeons = Pigeons()
    pigeons.fates = [Attempt(fate=Fate.NEVER, reason="the server answered 550")]
    deliver(story.app, pigeons.office, story.at)
    (message,) = deliveries(story.app)
    assert (message.state, message.last_error) == (DeliveryState.FAILED, "the server answered 550")


def test_a_channel_that_rests_costs_no_attempt(story: Story) -> None:
    pigeons = Pigeons()
    pigeons.fates = [Attempt(fate=Fate.RESTED, reason="resting")]
    deliver(story.app, pigeons.office, story.at)
    (message,) = deliveries(story.app)
    assert (message.attempts, message.state) == (0, DeliveryState.QUEUED)


def test_whoever_is_killed_on_the_way_leaves_a_message_that_is_sent_again(story: Story) -> None:
    pigeons = Pigeons()
    _plan_only(story, pigeons)
    with story.app.app_context(), transaction() as session:
        (message,) = deliveries(story.app)
        parcel = take_delivery(session, message.id, at=story.at, office=pigeons.office)
        assert parcel is not None
    assert deliver(story.app, pigeons.office, story.at + LEASE - timedelta(seconds=1)) == 0
    assert deliver(story.app, pigeons.office, story.at + LEASE) == 1
    assert [one.key for one in pigeons.parcels] == [parcel.key]


def _plan_only(story: Story, pigeons: Pigeons) -> None:
    """The message is written, and the first attempt rests."""
    pigeons.fates = [Attempt(fate=Fate.RESTED)]
    deliver(story.app, pigeons.office, story.at)
    story.wait(minutes=5)
    pigeons.fates = []


def test_a_legal_message_that_cannot_even_be_written_is_recorded_as_failed(story: Story) -> None:
    story.complete("reception", "linh.camxuyen")
    story.wait(hours=2)
    pigeons = Pigeons()
    pigeons.fates = [Attempt(fate=Fate.RESTED)]
    deliver(story.app, pigeons.office, story.at)
    (message,) = deliveries(story.app)
    for tried in range(1, len(WAITS) + 2):
        with story.app.app_context(), transaction() as session:
            failures = postpone_delivery(
                session, message.id, "KeyError: mai@example.vn", at=story.at
            )
        assert failures == tried
    with story.app.app_context(), transaction() as session:
        assert postpone_delivery(session, message.id, "KeyError", at=story.at) == 0
    assert deliveries(story.app)[0].state is DeliveryState.FAILED
    assert story.events().count("notice_failed") == 1
    told = story.entries()[-1].payload
    assert told is not None
    assert (told["kind"], told["reason"]) == ("dossier-received", "KeyError")
    assert story.replayed().identical


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": "mai@example.vn", "phone": "0900000001"}, [Channel.EMAIL]),
        ({"email": "mai@example.vn"}, [Channel.EMAIL]),
    ],
)
def test_whoever_has_no_account_is_told_by_e_mail_only(
    any_app: Flask, changed: dict[str, str], told: list[Channel]
) -> None:
    _submit(any_app, VISITOR, changed)
    with any_app.app_context():
        pigeons = Pigeons(*Channel)
    deliver(any_app, pigeons.office, MONDAY)
    assert [parcel.channel for parcel in pigeons.parcels] == told


def test_at_the_counter_a_telephone_is_enough(any_app: Flask) -> None:
    with any_app.app_context():
        officer = Story(any_app).actor("linh.camxuyen")
    _submit(any_app, officer, {"phone": "0911111111"})
    pigeons = Pigeons(*Channel)
    deliver(any_app, pigeons.office, MONDAY)
    assert [parcel.channel for parcel in pigeons.parcels] == [Channel.SMS]


def test_nobody_can_be_told_without_an_address_and_the_log_says_so(any_app: Flask) -> None:
    with any_app.app_context():
        officer = Story(any_app).actor("linh.camxuyen")
    _submit(any_app, officer, {})
    deliver(any_app, Pigeons(*Channel).office, MONDAY)
    (notice,) = notices(any_app)
    assert (notice.state, notice.suppressed) == (NoticeState.SUPPRESSED, Suppressed.NO_ADDRESS)


def test_a_house_without_channels_says_so(story: Story) -> None:
    deliver(story.app, post_office(story.app.config), story.at)
    assert [notice.suppressed for notice in notices(story.app)] == [Suppressed.NO_CHANNEL]
    assert deliveries(story.app) == []


def test_owner_and_submitter_are_both_told_where_they_differ(any_app: Flask) -> None:
    with any_app.app_context():
        submitter = Story(any_app).actor("congdan2")
    _submit(any_app, submitter, {"email": "mai@example.vn"})
    pigeons = Pigeons()
    deliver(any_app, pigeons.office, MONDAY)
    assert [one.address for one in pigeons.parcels] == ["mai@example.vn", "dung@example.vn"]
    assert "Nguyễn Thị Mai mà Ông/Bà là người nộp" in pigeons.parcels[1].text


def test_two_parties_at_one_address_are_told_once(any_app: Flask) -> None:
    with any_app.app_context():
        submitter = Story(any_app).actor("congdan2")
    _submit(any_app, submitter, {"email": "dung@example.vn"})
    pigeons = Pigeons()
    deliver(any_app, pigeons.office, MONDAY)
    assert [one.address for one in pigeons.parcels] == ["dung@example.vn"]
    assert notices(any_app)[1].suppressed is Suppressed.SAME_READER


def _submit(app: Flask, actor: Actor, changed: dict[str, str], *, fail: bool = False) -> None:
    at = MONDAY
    with app.app_context(), clock.at(at):
        data = Story(app).filled(P6)
        application = Application(
            procedure=P6, applicant=read_applicant(APPLICANT | changed), data=data
        )
        with transaction() as session:
            submit_dossier(session, application, actor=actor, at=at)
            if fail:
                raise RuntimeError
