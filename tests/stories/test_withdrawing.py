"""A withdrawal from the submission to the replay: the applicant takes it back, the office stops."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.actions.claim_task import claim_task
from app.actions.payments.at_the_counter import record_money, refund_payment
from app.domain.apologies.model import Apology, LetterState
from app.domain.deadlines.model import Deadline
from app.domain.dossiers.clock import ClockState
from app.domain.dossiers.status import Status
from app.domain.dossiers.withdrawal import CannotWithdraw, DossierWentOn, OnlyApplicantWithdraws
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.inbox.rules import DossierWithdrawn
from app.domain.notices.model import Notice
from app.domain.payments.states import Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.domain.processes.model import ProcessState
from app.foundation.actor import Actor, ActorKind
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.dossier_pages import UnknownDossier, dossier_page
from app.queries.replay import verify_dossier
from tests.support.payments import payment_of, publish_fee
from tests.support.procedures import KEY
from tests.support.story import Story
from tests.support.withdrawing import withdraw

COUNTER, SPECIALIST, LEADER = "linh.camxuyen", "nam.camxuyen", "oanh.camxuyen"
PARALLEL = "dang-ky-khai-sinh"


def in_order(story: Story) -> bool:
    """Whether replay and `audit verify` find nothing."""
    told = story.replayed()
    assert told.identical, (told.disagreements, told.stopped, told.steps)
    with story.app.app_context():
        found = verify_dossier(db.session(), story.dossier())
    assert found.holds, found
    return True


def test_before_its_reception_everything_ends_with_the_withdrawal(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.wait(hours=1)
    assert withdraw(story, reason="Tôi nộp nhầm thủ tục.") is Status.WITHDRAWN
    assert story.events() == [
        "dossier_submitted",
        "reception_started",
        "dossier_withdrawn",
        "reception_met",
        "clock_stopped",
    ]
    assert story.open_steps() == []
    told = story.entries()[2].payload or {}
    assert told["data"] == {"withdrawal_reason": "Tôi nộp nhầm thủ tục."}
    assert (told["status"], told["refund"], told["on_behalf"]) == (7, [], False)
    with any_app.app_context():
        dossier = story.dossier()
        assert (dossier.clock, dossier.finished_at) == (ClockState.STOPPED, story.at)
        assert dossier.closed_at == story.at
        page = dossier_page(db.session(), story.code, story.actor("congdan1"))
        assert page.process.state is ProcessState.COMPLETED
        waiting = select(func.count()).select_from(Deadline).where(Deadline.settled_at.is_(None))
        assert db.session().scalar(waiting) == 0
        told_of = db.session().scalars(select(Notice.kind)).all()
    assert "dossier-withdrawn" in told_of
    assert in_order(story)


def test_nothing_rings_and_nothing_runs_afterwards(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER)
    withdraw(story)
    events = story.events()
    story.wait(days=60)
    assert story.tick() == 0
    assert story.events() == events
    assert in_order(story)


def test_in_the_middle_of_parallel_work_all_of_it_ends(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(PARALLEL)
    story.complete("reception", "quyen.cambinh")
    story.complete("verification", "tai.cambinh")
    assert len(story.open_steps()) == 2
    story.claim("register_entry", "tai.cambinh")
    withdraw(story)
    assert story.open_steps() == []
    told = next(one for one in story.entries() if one.event.value == "dossier_withdrawn")
    assert sorted((told.payload or {})["passed"]) == ["-register_entry", "-system_entry"]
    assert story.events()[-1] == "clock_stopped"
    with any_app.app_context():
        holders = db.session().scalars(select(Notice.kind).where(Notice.person_id.is_not(None)))
        assert "work-withdrawn" in set(holders), "who had taken the step is told"
    assert in_order(story)


def test_the_officer_who_still_has_the_page_open_is_told(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    with any_app.app_context():
        item = story.item("reception")
    withdraw(story)
    with any_app.app_context():
        actor = story.actor(COUNTER)
        with pytest.raises(DossierWithdrawn), transaction() as session:
            claim_task(session, item.id, actor=actor, at=story.at)
        found = db.session().get_one(InboxItem, item.id)
        assert found.state is ItemState.CANCELLED


def test_a_second_click_changes_nothing(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    withdraw(story)
    events = story.events()
    assert withdraw(story, seen="another") is Status.WITHDRAWN
    assert story.events() == events


def test_what_was_seen_must_still_be_so(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER)
    with pytest.raises(DossierWentOn):
        withdraw(story, seen="0123456789abcdef")
    assert withdraw(story) is Status.WITHDRAWN


def test_only_the_applicant_or_his_counter_withdraws(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    for stranger, refusal in (
        ("congdan2", UnknownDossier),
        ("lan.sngv", UnknownDossier),
        (COUNTER, OnlyApplicantWithdraws),
        ("kiemtra", OnlyApplicantWithdraws),
    ):
        with pytest.raises(refusal):
            withdraw(story, by=stranger)
    guess = Actor(kind=ActorKind.VISITOR, name="")
    with pytest.raises(UnknownDossier):
        withdraw(story, by=guess)
    proven = Actor(kind=ActorKind.VISITOR, name="", opened_codes=frozenset({story.code}))
    assert withdraw(story, by=proven) is Status.WITHDRAWN


def test_the_counter_withdraws_for_who_came_to_it(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY, by=COUNTER)
    with pytest.raises(OnlyApplicantWithdraws):
        withdraw(story, by=SPECIALIST)
    assert withdraw(story, by=COUNTER) is Status.WITHDRAWN
    entry = next(one for one in story.entries() if one.event.value == "dossier_withdrawn")
    assert (entry.payload or {})["on_behalf"]
    assert entry.role == "reception_officer"
    assert in_order(story)


def test_while_the_office_waits_for_the_applicant_it_is_said_what_to_do(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER, reception_decision="supplement")
    with pytest.raises(CannotWithdraw, match="waits for your answer"):
        withdraw(story)
    assert story.open_steps() == ["supplement"]


def test_a_fee_paid_in_advance_is_asked_back_while_nothing_was_begun(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))
    with pytest.raises(CannotWithdraw, match="waits for your payment"):
        withdraw(story)
    with any_app.app_context():
        clerk = story.actor(COUNTER)
        with transaction() as session:
            record_money(session, story.code, Method.CASH, "PT-1", actor=clerk, at=story.at)
    withdraw(story)
    entry = next(one for one in story.entries() if one.event.value == "dossier_withdrawn")
    assert (entry.payload or {})["refund"] == [1]
    with any_app.app_context():
        kinds = db.session().scalars(select(Notice.kind)).all()
        assert "refund-asked" in kinds, "who decides about refunds is told"
        leader = story.actor(LEADER)
        with transaction() as session:
            refund_payment(
                session,
                story.code,
                1,
                reference=None,
                document="UNC-7",
                reason="Rút hồ sơ",
                actor=leader,
                at=story.at,
            )
        assert payment_of(story).state is PaymentState.REFUNDED
    assert in_order(story)


def test_once_work_has_begun_the_fee_is_not_asked_back(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))
    with any_app.app_context():
        clerk = story.actor(COUNTER)
        with transaction() as session:
            record_money(session, story.code, Method.CASH, "PT-1", actor=clerk, at=story.at)
    story.complete("reception", COUNTER)
    withdraw(story)
    entry = next(one for one in story.entries() if one.event.value == "dossier_withdrawn")
    assert (entry.payload or {})["refund"] == []
    assert in_order(story)


def test_a_letter_that_waits_for_a_leader_lapses(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", COUNTER)
    with any_app.app_context():
        due_at = story.dossier().due_at_current
    story.at = due_at - timedelta(minutes=30)
    story.tick()
    withdraw(story)
    with any_app.app_context():
        states = db.session().scalars(select(Apology.state)).all()
        assert LetterState.DRAFT not in states
    assert in_order(story)


def test_a_reason_that_is_too_long_is_refused(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    with pytest.raises(Invalid):
        withdraw(story, reason="x" * 1001)
    assert story.open_steps() == ["reception"]
