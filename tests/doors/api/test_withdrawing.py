"""Withdrawing a dossier over the API."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.api.support import Caller
from tests.support.procedures import KEY
from tests.support.story import Story

Callers = Callable[..., Caller]


@pytest.fixture
def story(app: Flask) -> Story:
    begun = Story(app)
    begun.submit(KEY)
    return begun


def test_the_applicant_withdraws_once(story: Story, caller: Callers) -> None:
    mine, path = caller("congdan1"), f"/dossiers/{story.code}/withdrawal"
    told = mine.post(path, {"reason": "Nộp nhầm"})
    assert told.status_code == 200
    assert (told.json["status"], told.json["status_name"]) == (7, "WITHDRAWN")
    assert (told.json["clock"], told.json["state"]) == ("stopped", "completed")
    assert told.json["current_steps"] == []
    assert mine.post(path, {}).json == told.json
    assert story.events().count("dossier_withdrawn") == 1


def test_others_do_not(story: Story, caller: Callers) -> None:
    path = f"/dossiers/{story.code}/withdrawal"
    for stranger, status, code in (
        ("congdan2", 404, "UnknownDossier"),
        ("nam.camxuyen", 403, "OnlyApplicantWithdraws"),
    ):
        refused = caller(stranger).post(path, {})
        assert (refused.status_code, refused.json["code"]) == (status, code)
    assert story.open_steps() == ["reception"]


def test_what_stands_in_the_way_is_told(story: Story, caller: Callers) -> None:
    path = f"/dossiers/{story.code}/withdrawal"
    mine = caller("congdan1")
    refused = mine.post(path, {"reason": "x" * 1001})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["reason"])
    story.complete("reception", "linh.camxuyen", reception_decision="refuse")
    refused = mine.post(path, {})
    assert (refused.status_code, refused.json["code"]) == (409, "CannotWithdraw")


def test_the_task_of_a_withdrawn_dossier_is_gone(story: Story, caller: Callers) -> None:
    with story.app.app_context():
        number = story.item("reception").id
    caller("congdan1").post(f"/dossiers/{story.code}/withdrawal", {})
    refused = caller("linh.camxuyen").post(f"/inbox/{number}/claim", {})
    assert (refused.status_code, refused.json["code"]) == (409, "DossierWithdrawn")
