"""Telling a dossier what has happened outside, over the API."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.api.support import Caller
from tests.stories.test_events_from_outside import PAID, begun, waiting_for_payment
from tests.support.story import Story


@pytest.fixture
def story(app: Flask) -> Story:
    return begun(app, waiting_for_payment())


@pytest.fixture
def officer(caller: Callable[..., Caller]) -> Caller:
    return caller("nam.camxuyen")


def test_officers_read_what_is_waited_for(story: Story, officer: Caller) -> None:
    (wait,) = officer.get(f"/dossiers/{story.code}").json["waiting"]
    assert wait == {
        "kind": "message",
        "name": PAID,
        "step": "paid",
        "step_name": "paid",
        "variables": ["amount", "paid_by"],
    }


def test_applicants_are_not_told_of_it(story: Story, caller: Callable[..., Caller]) -> None:
    assert caller("congdan1").get(f"/dossiers/{story.code}").json["waiting"] == []


def test_an_event_is_taken_once(story: Story, officer: Caller) -> None:
    path, body = f"/dossiers/{story.code}/events", {"name": PAID, "variables": {"amount": 150}}
    first = officer.post(path, body, key="bank-1")
    assert first.status_code == 200
    assert first.json["step"] == "paid"
    assert officer.post(path, body, key="bank-1").json == first.json
    again = officer.post(path, body, key="bank-2")
    assert (again.status_code, again.json["code"]) == (409, "NobodyWaits")
    other = officer.post(path, {"name": PAID}, key="bank-1")
    assert (other.status_code, other.json["code"]) == (422, "KeyUsedForSomethingElse")


def test_what_is_wrong_names_its_field(story: Story, officer: Caller) -> None:
    path = f"/dossiers/{story.code}/events"
    for body, field in (
        ({}, "name"),
        ({"name": PAID, "kind": "letter"}, "kind"),
        ({"name": PAID, "variables": {"approved": True}}, "variables.approved"),
        ({"name": PAID, "variables": {"amount": [[1]]}}, "variables.amount"),
        ({"name": PAID, "reason": "x" * 2001}, "reason"),
    ):
        refused = officer.post(path, body)
        assert (refused.status_code, list(refused.json["errors"])) == (422, [field]), body


def test_strangers_do_not_learn_of_the_dossier(story: Story, caller: Callable[..., Caller]) -> None:
    path, body = f"/dossiers/{story.code}/events", {"name": PAID}
    assert caller("minh.sngv").post(path, body).status_code == 404
    assert caller("kiemtra").post(path, body).status_code == 403
