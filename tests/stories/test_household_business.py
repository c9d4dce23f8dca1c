"""Đăng ký thành lập hộ kinh doanh (district): from submission to result to replay."""

import pytest
from flask import Flask

from app.domain.dossiers.status import Status
from app.foundation.errors import Invalid
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def test_the_result_goes_out_and_the_replay_is_identical(any_app: Flask) -> None:
    story = Story(any_app)
    assert story.submit(P6) == "H27.30-241104-0001"
    assert story.open_steps() == ["reception"]
    story.claim("reception", "linh.camxuyen")
    story.complete("reception", "linh.camxuyen")
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    assert story.open_steps() == []
    assert story.tick() == 1, "the register number is allotted after the commit"
    story.complete("stamping", "phuc.camxuyen")
    story.complete("return_result", "linh.camxuyen")
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.status is Status.RETURNED_RESULT
        assert dossier.closed_at is not None
        assert dossier.due_at_original == dossier.due_at_current
    assert story.events() == [
        "dossier_submitted",
        "reception_started",
        "task_claimed",
        "task_completed",
        "reception_met",
        "due_date_set",
        "task_completed",
        "task_completed",
        "service_completed",
        "task_completed",
        "clock_stopped",
        "task_completed",
    ]
    assert story.replayed().identical


def test_a_citizen_is_asked_once_for_more_and_never_twice(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    answer = story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    assert answer["status"] == Status.SUPPLEMENT_REQUESTED
    assert story.open_steps() == ["supplement"]
    story.complete("supplement", "congdan1")
    assert story.open_steps() == ["reception"]
    before = story.events()
    with pytest.raises(Invalid) as refused:
        story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    assert "reception_decision" in refused.value.errors
    assert story.events() == before, "nothing is stored of a refused decision"
    story.complete("reception", "linh.camxuyen")
    with pytest.raises(Invalid):
        story.complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")
    assert story.open_steps() == ["appraisal"]
    assert story.replayed().identical


def test_a_supplement_that_never_comes_closes_the_dossier(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    story.wait(days=29)
    assert story.tick() == 0
    story.wait(days=2)
    assert story.tick() == 1
    assert story.tick() == 0
    with any_app.app_context():
        assert story.dossier().status is Status.REFUSED
    assert story.open_steps() == []
    assert story.events()[-2:] == ["timer_fired", "clock_stopped"]
    assert story.replayed().identical


def test_a_refusal_ends_the_dossier_with_status_3(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen", reception_decision="refuse")
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.status is Status.REFUSED
        assert dossier.closed_at == dossier.finished_at
    assert story.replayed().identical


def test_a_leader_sends_a_draft_back_and_the_specialist_mends_it(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen")
    for _ in range(3):
        story.complete("appraisal", "nam.camxuyen")
        story.complete("approval", "oanh.camxuyen", approval_decision="return")
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    story.tick()
    assert story.open_steps() == ["stamping"]
    assert story.replayed().identical


def test_a_late_step_is_flagged_once(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.wait(hours=1)
    assert story.tick() == 0
    story.wait(hours=2)
    assert story.tick() == 1
    assert story.tick() == 0
    assert story.events() == [
        "dossier_submitted",
        "reception_started",
        "step_overdue",
        "step_escalated",
    ]
    with any_app.app_context():
        assert story.item("reception").overdue_at is not None
    story.complete("reception", "linh.camxuyen")
    assert story.replayed().identical
