"""Fees: asked for before, on request or against the result; the office waits, the clock too."""

from datetime import datetime

import pytest
from flask import Flask

from app.actions.payments.at_the_counter import (
    cancel_payment,
    record_money,
    refund_payment,
    waive_payment,
)
from app.actions.payments.demand_payment import demand_payment
from app.domain.dossiers.status import Status
from app.domain.payments.rules import (
    AlreadyDemanded,
    AwaitsPayment,
    FeeUnpaid,
    MustBeWaived,
    NotALeaderHere,
    NotAnOfficerHere,
)
from app.domain.payments.states import Method, PaymentImpossible, PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation.db import transaction
from app.foundation.errors import Invalid
from app.queries.clocks import clocks_of
from tests.support.bpmn import Bpmn, event, properties
from tests.support.payments import payment_of, publish_fee
from tests.support.procedures import KEY, publish, work
from tests.support.story import Story

COUNTER, SPECIALIST, LEADER = "linh.camxuyen", "nam.camxuyen", "oanh.camxuyen"


def cash(story: Story, by: str = COUNTER, document: str = "PT-0012") -> None:
    with story.app.app_context():
        actor = story.actor(by)
        with transaction() as session:
            record_money(session, story.code, Method.CASH, document, actor=actor, at=story.at)


def demand(story: Story, by: str = SPECIALIST, reason: str = "Lệ phí cấp giấy") -> None:
    with story.app.app_context():
        actor = story.actor(by)
        with transaction() as session:
            demand_payment(session, story.code, reason, actor=actor, at=story.at)


def status(story: Story) -> Status:
    with story.app.app_context():
        return story.dossier().status


def state(story: Story) -> PaymentState:
    with story.app.app_context():
        return payment_of(story).state


def due(story: Story, step: str) -> datetime:
    with story.app.app_context():
        return story.item(step).due_at


def test_a_prepaid_dossier_waits_and_its_reception_begins_with_the_money(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))
    assert status(story) is Status.AWAITING_PAYMENT
    assert story.events() == ["dossier_submitted", "payment_demanded"]
    with pytest.raises(AwaitsPayment):
        story.complete("reception", COUNTER)
    story.wait(days=2)
    story.tick()
    assert story.events() == ["dossier_submitted", "payment_demanded"], "nobody is late"
    cash(story)
    assert status(story) is Status.SUBMITTED
    assert story.events()[2:] == ["payment_received", "reception_started"]
    with any_app.app_context():
        assert clocks_of(story.dossier()).reception_started_at == story.at
        assert payment_of(story).receipt == "H27.30-BL-2024-000001"
        assert story.item("reception").opened_at == story.at
    assert story.replayed().identical
    story.complete("reception", COUNTER)
    assert story.replayed().identical


def test_a_fee_on_request_stops_the_clock_until_it_is_paid(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER)
    before = due(story, "appraisal")
    demand(story)
    assert status(story) is Status.AWAITING_PAYMENT
    assert story.events()[-2:] == ["payment_demanded", "clock_paused"]
    with pytest.raises(AlreadyDemanded):
        demand(story)
    with pytest.raises(AwaitsPayment):
        story.complete("appraisal", SPECIALIST)
    story.wait(days=7)
    story.tick()
    cash(story)
    assert status(story) is Status.IN_PROGRESS
    assert story.events()[-2:] == ["payment_received", "clock_resumed"]
    assert due(story, "appraisal") > before
    with any_app.app_context():
        assert story.dossier().due_at_current > story.dossier().due_at_original
    story.complete("appraisal", SPECIALIST)
    assert story.replayed().identical


def test_a_demand_before_the_reception_starts_the_reception_anew(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    demand(story, COUNTER)
    assert story.events()[-2:] == ["payment_demanded", "reception_met"]
    story.wait(days=1)
    cash(story)
    assert status(story) is Status.SUBMITTED
    assert story.events()[-1] == "reception_started"
    assert story.replayed().identical


def test_the_result_is_handed_out_against_the_fee(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.AT_RESULT))
    story.complete("reception", COUNTER)
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", story_records_clerk(story))
    assert status(story) is Status.RESULT_READY
    assert story.events()[-1] == "payment_demanded"
    with pytest.raises(FeeUnpaid):
        story.complete("return_result", COUNTER)
    cash(story)
    story.complete("return_result", COUNTER)
    assert status(story) is Status.RETURNED_RESULT
    assert story.replayed().identical


def story_records_clerk(story: Story) -> str:
    return "phuc.camxuyen"


def test_a_leader_waives_an_officer_does_not(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))
    with any_app.app_context():
        officer, leader = story.actor(COUNTER), story.actor(LEADER)
        with pytest.raises(NotALeaderHere), transaction() as session:
            waive_payment(session, story.code, "Hộ nghèo", actor=officer, at=story.at)
        with pytest.raises(MustBeWaived), transaction() as session:
            cancel_payment(session, story.code, "Hộ nghèo", actor=officer, at=story.at)
        with pytest.raises(Invalid), transaction() as session:
            waive_payment(session, story.code, "", actor=leader, at=story.at)
        with transaction() as session:
            waive_payment(session, story.code, "Hộ nghèo", actor=leader, at=story.at)
    assert state(story) is PaymentState.CANCELLED
    assert status(story) is Status.SUBMITTED
    assert story.replayed().identical


def test_what_officers_ask_for_they_can_take_back(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER)
    demand(story)
    with any_app.app_context(), transaction() as session:
        cancel_payment(session, story.code, "Nhập nhầm", actor=story.actor(SPECIALIST), at=story.at)
    assert (state(story), status(story)) == (PaymentState.CANCELLED, Status.IN_PROGRESS)
    with pytest.raises(PaymentImpossible):
        cash(story)
    demand(story)
    assert story.replayed().identical


@pytest.mark.parametrize("stranger", ["minh.sngv", "congdan1", "kiemtra"])
def test_strangers_take_no_money(app: Flask, stranger: str) -> None:
    story = Story(app)
    story.submit(publish_fee(app, PayWhen.PREPAID))
    with pytest.raises(NotAnOfficerHere):
        cash(story, stranger)


def test_money_is_recorded_with_its_paper_and_given_back_with_one(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))
    with pytest.raises(Invalid):
        cash(story, document="")
    cash(story)
    with any_app.app_context():
        leader = story.actor(LEADER)
        for expected in (None, PaymentImpossible):
            told = {"reference": None, "document": "UNC-77", "reason": "Thu nhầm"}
            try:
                with transaction() as session:
                    refund_payment(session, story.code, 1, **told, actor=leader, at=story.at)
                assert expected is None
            except PaymentImpossible:
                assert expected is PaymentImpossible
    assert state(story) is PaymentState.REFUNDED
    assert story.replayed().identical


def test_a_dossier_that_ends_owes_nothing_more(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER, reception_decision="supplement")
    story.wait(days=45)
    story.tick()
    assert story.replayed().identical


def test_an_exemption_spares_by_its_law(any_app: Flask) -> None:
    story = Story(any_app)
    exempt = '[{condition = "=channel = \\"online\\"", reason = "NQ 01/NQ-HĐND"}]'
    story.submit(publish_fee(any_app, PayWhen.PREPAID, exempt=exempt))
    assert status(story) is Status.SUBMITTED
    assert "payment_demanded" not in story.events()


def test_the_shipped_birth_registration_asks_for_its_copies(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit("dang-ky-khai-sinh", choose={"copies_wanted": 3})
    with any_app.app_context():
        assert payment_of(story).total == 24_000
        assert payment_of(story).lines[0]["kind"] == "PHI"
    assert story.replayed().identical


def paying_diagram() -> Bpmn:
    """After the reception the diagram itself waits for the payment, with a timer beside it."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    bpmn.user("ask", form="approval", roles="specialist", status="6", workingHours="2")
    bpmn.node(
        "intermediateCatchEvent",
        "paid",
        inner=event("message", "payment_received"),
        ext=properties(variables="amount, receipt", status="6"),
    )
    work(bpmn, "issue", status="4").end("returned", status="10")
    return bpmn.path("start", "reception", "ask", "paid", "issue", "returned")


def test_a_diagram_that_waits_by_itself_is_told_of_the_money(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish(any_app, paying_diagram()))
    story.complete("reception", COUNTER)
    story.complete("ask", SPECIALIST)
    demand(story)
    with any_app.app_context():
        assert payment_of(story).resumes is None, "nothing is held beside the diagram"
    story.wait(days=1)
    cash(story)
    assert status(story) is Status.AWAITING_PAYMENT, "the money is recorded before the diagram runs"
    story.tick()
    assert story.open_steps() == ["issue"]
    assert story.events()[-3:] == ["payment_received", "message_delivered", "due_date_set"]
    story.tick()
    assert story.events().count("message_delivered") == 1
    assert story.replayed().identical


def closing_diagram() -> Bpmn:
    """A timer ends the dossier if nobody works on it."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    work(bpmn, "check", status="4").end("returned", status="10").end("stopped", status="8")
    bpmn.boundary("too_late", "check", "P30D")
    return bpmn.path("start", "reception", "check", "returned").path("too_late", "stopped")


def test_an_end_ends_the_wait_and_the_demand(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish(any_app, closing_diagram()))
    story.complete("reception", COUNTER)
    demand(story)
    story.wait(days=31)
    story.tick()
    assert status(story) is Status.STOPPED
    assert state(story) is PaymentState.CANCELLED
    assert story.events()[-1] == "payment_cancelled"
    assert story.replayed().identical
