"""Parcels whose carrier is gone for a while, refuses, forgets, or answers too late."""

from app.actions.postal.hand_over import give_up_hand_over
from app.actions.postal.order_parcel import carry, settle_parcel, take_parcel
from app.domain.inbox.due import SET_ASIDE
from app.domain.payments.rules import FeeUnpaid
from app.domain.postal.item_codes import codes_left
from app.domain.postal.messages import OK
from app.domain.postal.states import ParcelState, Trouble
from app.domain.postal.vnpost import carrier_of
from app.foundation.db import db, transaction
from tests.support.carrier import LONG, SHORT, Carrier
from tests.support.parcels import (
    ACCEPTED,
    DELIVERED,
    disconnected,
    press,
    rested,
    state,
    tell,
    wait_for,
    waiting,
)
from tests.support.postal import CODES, DESK, parcel, posts, prepare
from tests.support.story import Story


def test_a_refused_parcel_gets_another_code_when_somebody_presses(
    story: Story, carrier: Carrier
) -> None:
    carrier.behave(order="refused")
    posts(story)
    assert state(story)[1] is Trouble.REFUSED
    carrier.behave(order="ok")
    press(story)
    posts(story)
    assert [one["ItemCode"] for one in carrier.messages("order")] == [CODES[0], CODES[1]]
    assert state(story) == (ParcelState.ORDERED, None)
    with story.app.app_context():
        assert codes_left(db.session()) == len(CODES) - 2, "nobody else gets the refused one"
    assert story.replayed().identical


def test_a_press_calls_nothing_back_that_the_carrier_has(story: Story, carrier: Carrier) -> None:
    posts(story)
    assert press(story) == 0
    assert state(story) == (ParcelState.ORDERED, None)
    assert story.replayed().identical


def test_a_carrier_that_is_connected_again_is_believed(story: Story, carrier: Carrier) -> None:
    """His reply was lost; then there was no carrier, and an officer took parcels to the post."""
    carrier.behave(order="lose_reply")
    waiting(story.app, SHORT)
    posts(story)
    waiting(story.app, LONG)
    wait_for(story)
    disconnected(story, posts)
    assert state(story)[0] is ParcelState.BY_HAND
    assert tell(story, DELIVERED) == OK
    assert state(story)[0] is ParcelState.DELIVERED
    assert story.events()[-2:] == ["parcel_ordered", "parcel_moved"]
    assert story.replayed().identical


def test_without_a_carrier_for_a_while_nobody_forgets_to_ask(
    story: Story, carrier: Carrier
) -> None:
    posts(story)
    wait_for(story)
    disconnected(story, posts)
    assert state(story)[0] is ParcelState.ORDERED
    carrier.behave(move="silent")
    carrier.move(f"{story.code}-KQ", ACCEPTED, StatusTime="20241106090000")
    wait_for(story)
    posts(story)
    assert state(story)[0] is ParcelState.ACCEPTED


def test_what_went_wrong_after_a_delivery_outlives_an_answer_on_its_way(
    story: Story, carrier: Carrier
) -> None:
    posts(story)
    wait_for(story)
    with story.app.app_context(), transaction() as session:
        number, found = parcel(story).id, carrier_of(story.app.config)
        assert found is not None
        asked = take_parcel(session, number, at=story.at, province="", connected=True)
        assert asked is not None
    answer = carry(found, asked)
    tell(story, DELIVERED)
    posts(story)
    with story.app.app_context(), transaction() as session:
        settle_parcel(session, number, answer, at=story.at)
    assert state(story) == (ParcelState.DELIVERED, Trouble.NOT_PREPARED)


def test_a_parcel_that_the_carrier_forgets_is_told(story: Story, carrier: Carrier) -> None:
    posts(story)
    carrier.post("/control/reset", {})
    for _ in range(6):
        wait_for(story)
        posts(story)
    assert state(story) == (ParcelState.ORDERED, Trouble.LOST)
    assert carrier.messages("order") == [], "it is not sent twice"
    story.wait(days=61)
    rested(story.app)
    posts(story)
    assert posts(story) == 0
    assert state(story) == (ParcelState.ORDERED, Trouble.LOST)
    assert story.events().count("parcel_blocked") == 1
    assert story.replayed().identical


def test_a_delivery_whose_step_cannot_be_completed_is_left_to_an_officer(
    story: Story, carrier: Carrier
) -> None:
    prepare(story)
    posts(story)
    tell(story, DELIVERED)
    story.wait(days=7)
    with story.app.app_context(), transaction() as session:
        give_up_hand_over(session, parcel(story).id, FeeUnpaid(), at=story.at)
    assert state(story) == (ParcelState.DELIVERED, Trouble.NOT_PREPARED)
    assert posts(story) == 0
    with story.app.app_context():
        step = story.item("return_result")
        assert step.rank < SET_ASIDE
        assert step.due_at > story.at
    assert story.replayed().identical
    story.complete("return_result", DESK)
    assert story.replayed().identical
