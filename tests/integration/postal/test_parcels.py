"""A result goes by post: ordered once whatever is lost, followed, and handed over in the end."""

import pytest
from flask import Flask

from app.actions.postal.hand_over import NothingToPrepare
from app.domain.dossiers.status import Status
from app.domain.inbox.due import SET_ASIDE
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import TaskOfAnotherUnit
from app.domain.journal.queries import entries_of
from app.domain.postal.item_codes import codes_left
from app.domain.postal.messages import BAD_SIGNATURE, OK, UNKNOWN_PARCEL, UNREADABLE, WRONG_ITEM
from app.domain.postal.model import CarrierMessage
from app.domain.postal.queries import messages_of
from app.domain.postal.states import ParcelState, Trouble
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.rating_facts import computed_criteria
from tests.support.carrier import LONG, SHORT, Carrier
from tests.support.parcels import (
    ACCEPTED,
    DELIVERED,
    FAILED,
    RETURNED,
    TRANSIT,
    state,
    tell,
    wait_for,
    waiting,
)
from tests.support.postal import (
    CODES,
    COUNTER,
    DESK,
    POST,
    fill_pool,
    parcel,
    posts,
    prepare,
    ready,
)
from tests.support.story import Story


def test_the_order_says_what_is_sent_from_whom_to_whom(story: Story, carrier: Carrier) -> None:
    assert story.events()[-1] != "parcel_ordered", "nothing leaves before the commit"
    assert posts(story) == 1
    (order,) = carrier.messages("order")
    assert order["OrderNumber"] == f"{story.code}-KQ"
    assert order["ItemCode"] == CODES[0]
    assert order["CustomerCode"] == "MOTCUA-BCCI"
    assert order["CODAmount"] == 0
    assert order["Receiver"]["Name"] == POST["recipient"]
    assert order["Receiver"]["Address"] == f"{POST['street']}, {POST['commune']}"
    assert order["Receiver"]["District"] == order["Sender"]["District"] == ""
    assert order["Sender"]["Name"] == "UBND huyện Cẩm Xuyên"
    assert state(story) == (ParcelState.ORDERED, None)
    assert story.events()[-1] == "parcel_ordered"
    assert posts(story) == 0
    with story.app.app_context():
        kept = str([one.body for one in messages_of(db.session(), parcel(story).id)])
    for secret in (POST["recipient"], POST["phone"], POST["street"], "Token", "Signature"):
        assert secret not in kept
    assert story.replayed().identical


def test_at_the_counter_nothing_is_ordered(any_app: Flask, carrier: Carrier) -> None:
    fill_pool(any_app)
    story = ready(Story(any_app), COUNTER)
    assert posts(story) == 0
    assert carrier.messages() == []


def test_a_lost_reply_never_sends_twice(story: Story, carrier: Carrier) -> None:
    carrier.behave(order="lose_reply")
    waiting(story.app, SHORT)
    assert posts(story) == 1
    assert state(story)[0] is ParcelState.WAITING
    carrier.behave(order="ok")
    waiting(story.app, LONG)
    wait_for(story)
    assert posts(story) == 1
    assert state(story) == (ParcelState.ORDERED, None)
    assert len(carrier.messages("order")) == 1, "the carrier was asked, and knew it"
    assert story.events().count("parcel_ordered") == 1
    with story.app.app_context():
        assert codes_left(db.session()) == len(CODES) - 1
    assert story.replayed().identical


@pytest.mark.parametrize("way", ["time_out", "error", "garbage", "no_token", "token_once"])
def test_what_went_wrong_is_tried_again_under_the_same_number(
    story: Story, carrier: Carrier, way: str
) -> None:
    carrier.behave(order=way)
    waiting(story.app, SHORT if way == "time_out" else LONG)
    posts(story)
    if way != "token_once":
        assert state(story)[0] is ParcelState.WAITING
        carrier.behave(order="ok")
        waiting(story.app, LONG)
        wait_for(story)
        posts(story)
    assert state(story) == (ParcelState.ORDERED, None)
    orders = carrier.messages("order")
    assert {(one["OrderNumber"], one["ItemCode"]) for one in orders} == {
        (f"{story.code}-KQ", CODES[0])
    }
    assert story.replayed().identical


def test_a_carrier_that_never_answers_is_told_to_administrators(
    story: Story, carrier: Carrier
) -> None:
    carrier.behave(order="error", track="error", token="error")
    for _ in range(6):
        posts(story)
        wait_for(story)
    assert state(story) == (ParcelState.WAITING, Trouble.NO_ANSWER)
    assert story.events().count("parcel_blocked") == 1
    carrier.behave(order="ok", track="ok", token="ok")
    posts(story)
    assert state(story) == (ParcelState.ORDERED, None)
    assert story.replayed().identical


@pytest.mark.parametrize("way", ["refused", "other_item"])
def test_a_refusal_is_told_once_and_tried_again(story: Story, carrier: Carrier, way: str) -> None:
    carrier.behave(order=way)
    posts(story)
    wait_for(story)
    posts(story)
    if way == "refused":
        assert state(story) == (ParcelState.WAITING, Trouble.REFUSED)
        assert story.events().count("parcel_blocked") == 1
    carrier.behave(order="ok")
    wait_for(story)
    posts(story)
    assert state(story)[0] is ParcelState.ORDERED
    assert story.replayed().identical


def test_an_empty_pool_is_seen_told_once_and_filled(any_app: Flask, carrier: Carrier) -> None:
    story = ready(Story(any_app))
    for _ in range(3):
        posts(story)
        wait_for(story)
    assert state(story) == (ParcelState.WAITING, Trouble.NO_ITEM_CODE)
    assert story.events().count("parcel_blocked") == 1
    assert carrier.messages() == []
    fill_pool(any_app, at=story.at)
    assert posts(story) == 1
    assert state(story) == (ParcelState.ORDERED, None)
    assert story.replayed().identical


def test_without_a_carrier_an_officer_takes_it_to_the_post(any_app: Flask) -> None:
    fill_pool(any_app)
    story = ready(Story(any_app))
    posts(story)
    assert state(story) == (ParcelState.BY_HAND, None)
    with any_app.app_context():
        assert codes_left(db.session()) == len(CODES)
    story.complete("return_result", DESK, result_method="postal")
    assert story.replayed().identical


def test_a_result_handed_over_before_the_order_is_not_sent(story: Story, carrier: Carrier) -> None:
    story.complete("return_result", DESK)
    posts(story)
    assert state(story)[0] is ParcelState.CANCELLED
    assert carrier.messages() == []
    assert story.replayed().identical


def test_the_whole_way_ends_with_the_step_an_officer_prepared(
    story: Story, carrier: Carrier
) -> None:
    prepare(story)
    posts(story)
    for status, hour in ((ACCEPTED, "06"), (TRANSIT, "09"), (TRANSIT, "11"), (DELIVERED, "15")):
        at = f"202411{hour}100000"
        assert tell(story, status, StatusTime=at, ReceiverName="Nguyễn Văn Nam") == OK
    assert story.events().count("parcel_moved") == 4
    with story.app.app_context():
        assert story.dossier().status is Status.RESULT_READY, "the delivery is recorded first"
    assert posts(story) == 1
    with story.app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    last = next(one for one in reversed(story.entries()) if one.event.value == "task_completed")
    told = (last.payload or {})["data"]
    assert (last.actor_id, last.actor_name) == (None, "Hệ thống")
    assert told["result_method"] == "postal"
    assert told["receiver_name"] == "Nguyễn Văn Nam"
    assert told["postal_code"] == CODES[0]
    assert told["result_number"] == "12/GCN"
    assert posts(story) == 0
    assert story.replayed().identical


def test_the_way_of_the_post_counts_against_no_office(story: Story, carrier: Carrier) -> None:
    prepare(story)
    posts(story)
    story.wait(days=7)
    tell(story, DELIVERED)
    posts(story)
    with story.app.app_context():
        dossier = story.dossier()
        told = computed_criteria(db.session(), dossier, entries_of(db.session(), dossier.id))
    assert sum(one["late"] for one in told[1].facts["units"]) == 0
    assert told[1].points == 2


def test_a_prepared_step_is_nobodys_to_be_late_with(story: Story, carrier: Carrier) -> None:
    prepare(story)
    posts(story)
    story.wait(days=3)
    story.tick()
    assert "step_overdue" not in story.events()
    assert story.replayed().identical


def test_callbacks_come_twice_late_and_in_any_order(story: Story, carrier: Carrier) -> None:
    prepare(story)
    posts(story)
    assert tell(story, TRANSIT, StatusTime="20241106100000") == OK
    for _ in range(2):
        assert tell(story, TRANSIT, StatusTime="20241106100000") == OK
        assert tell(story, ACCEPTED, StatusTime="20241106080000") == OK
    assert tell(story, DELIVERED, StatusTime="20241107080000") == OK
    posts(story)
    for status in (DELIVERED, TRANSIT, RETURNED, FAILED):
        assert tell(story, status, StatusTime="20241108080000") == OK
    posts(story)
    assert state(story)[0] is ParcelState.DELIVERED
    assert story.events().count("parcel_moved") == 2
    assert story.events().count("task_completed") == 5
    assert story.replayed().identical


def test_a_callback_before_the_reply_proves_the_order(story: Story, carrier: Carrier) -> None:
    carrier.behave(order="lose_reply")
    waiting(story.app, SHORT)
    posts(story)
    assert tell(story, ACCEPTED) == OK
    assert story.events()[-2:] == ["parcel_ordered", "parcel_moved"]
    carrier.behave(order="ok")
    waiting(story.app, LONG)
    wait_for(story)
    posts(story)
    assert len(carrier.messages("order")) == 1
    assert story.replayed().identical


def test_what_does_not_fit_changes_nothing(story: Story, carrier: Carrier) -> None:
    posts(story)
    before = story.events()
    assert tell(story, ACCEPTED, Signature="0" * 64) == BAD_SIGNATURE
    assert tell(story, ACCEPTED, Signature="ký") == BAD_SIGNATURE
    with story.app.app_context():
        assert db.session().query(CarrierMessage).filter_by(kind="callback").count() == 0
    assert tell(story, "77") == UNREADABLE
    for odd in ("hôm qua", "00010101000000", "20241340000000"):
        assert tell(story, ACCEPTED, StatusTime=odd) == UNREADABLE
    assert tell(story, ACCEPTED, number="H27.30-241104-0099-KQ") == UNKNOWN_PARCEL
    assert tell(story, ACCEPTED, item="EA999999999VN") == WRONG_ITEM
    assert story.events() == before


def test_a_parcel_that_comes_back_can_still_be_fetched(story: Story, carrier: Carrier) -> None:
    prepare(story)
    posts(story)
    tell(story, ACCEPTED, StatusTime="20241106100000")
    before = step(story)
    assert (before.alarm_at, before.rank) == (None, SET_ASIDE)
    story.wait(days=7)
    tell(story, RETURNED, StatusTime="20241109100000")
    assert state(story)[0] is ParcelState.RETURNED
    after = step(story)
    assert after.rank < SET_ASIDE, "an officer has to do something again"
    assert after.alarm_at is not None
    assert after.due_at > story.at, "nobody was late while the post had it"
    assert posts(story) == 0
    assert story.replayed().identical
    story.wait(days=3)
    story.tick()
    assert "step_overdue" in story.events()
    story.complete("return_result", DESK)
    assert story.replayed().identical


def step(story: Story) -> InboxItem:
    """The step that hands the result over, as it stands."""
    with story.app.app_context():
        found = story.item("return_result")
        db.session.refresh(found)
        db.session.expunge(found)
    return found


def test_a_delivery_that_nobody_prepared_waits_for_an_officer(
    story: Story, carrier: Carrier
) -> None:
    posts(story)
    tell(story, DELIVERED)
    posts(story)
    assert state(story) == (ParcelState.DELIVERED, Trouble.NOT_PREPARED)
    with story.app.app_context():
        assert story.dossier().status is Status.RESULT_READY
    prepare(story)
    assert posts(story) == 1
    with story.app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    assert story.replayed().identical


def test_only_who_hands_over_prepares_and_only_what_goes_by_post(
    story: Story, carrier: Carrier
) -> None:
    with pytest.raises(TaskOfAnotherUnit):
        prepare(story, by="nam.camxuyen")
    with pytest.raises(Invalid) as refusal:
        prepare(story, result_number="")
    assert "result_number" in refusal.value.errors
    other = ready(Story(story.app), COUNTER)
    with pytest.raises(NothingToPrepare):
        prepare(other)


def test_a_silent_carrier_is_asked(story: Story, carrier: Carrier) -> None:
    prepare(story)
    posts(story)
    carrier.behave(move="silent")
    for status in (ACCEPTED, TRANSIT, DELIVERED):
        carrier.move(f"{story.code}-KQ", status, StatusTime=f"202411{status}090000")
    carrier.behave(track="error")
    wait_for(story)
    posts(story)
    assert state(story)[0] is ParcelState.ORDERED
    carrier.behave(track="ok")
    wait_for(story)
    posts(story)
    assert state(story)[0] is ParcelState.DELIVERED
    assert story.events().count("parcel_moved") == 3
    posts(story)
    with story.app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    assert story.replayed().identical


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE parcels SET state = 'delivered'", "parcel state"),
        ("UPDATE parcels SET item_code = 'EA000000003VN'", "parcel item_code"),
        ("UPDATE parcels SET state = 'waiting'", "parcel"),
    ],
)
def test_a_parcel_changed_behind_our_back_is_found(
    story: Story, carrier: Carrier, change: str, found: str
) -> None:
    posts(story)
    with story.app.app_context(), transaction() as session:
        session.connection().exec_driver_sql(change)
    assert [one.detail for one in story.replayed().disagreements] == [found]
