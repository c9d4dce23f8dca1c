"""Letters of apology over the API."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.foundation import clock
from tests.doors.api.support import Caller
from tests.stories.test_apologies import Letters

DECISION = {"reason": "Chờ ý kiến", "document": "12/PXL", "due_at": "2024-11-08T17:30:00+07:00"}


@pytest.fixture
def story(app: Flask) -> Letters:
    """A dossier whose letter was drafted by the clock."""
    made = Letters(app).received()
    made.on("06/11 09:00").tick()
    return made


def test_a_leader_reads_and_approves(story: Letters, caller: Callable[..., Caller]) -> None:
    with clock.at(story.at):
        leader, path = caller("oanh.camxuyen"), f"/letters/{story.code}"
        (waiting,) = leader.get("/letters").json["items"]
        assert (waiting["code"], waiting["state"]) == (story.code, "draft")
        assert leader.get(path).json["cause"]["steps"]
        assert caller("congdan1").get(path).status_code == 404, "nothing is sent yet"
        sent = leader.post(f"{path}/approve", DECISION)
        assert (sent.status_code, sent.json["state"]) == (200, "approved")
        assert sent.json["signer"] == "Lê Thị Oanh"
        assert leader.get("/letters").json["items"] == []
        assert leader.post(f"{path}/approve", DECISION).status_code == 409
        mine = caller("congdan1").get(path).json
        assert (mine["document"], "cause" in mine) == ("12/PXL", False)


def test_a_rejection_needs_a_reason(story: Letters, caller: Callable[..., Caller]) -> None:
    with clock.at(story.at):
        leader, path = caller("oanh.camxuyen"), f"/letters/{story.code}/reject"
        assert leader.post(path, {"reason": ""}).status_code == 422
        assert leader.post(path, {"reason": "Chưa đủ căn cứ"}).json["state"] == "rejected"


def test_others_decide_nothing(story: Letters, caller: Callable[..., Caller]) -> None:
    with clock.at(story.at):
        path = f"/letters/{story.code}"
        officer = caller("nam.camxuyen")
        assert officer.get("/letters").json["items"] == []
        assert officer.post(f"{path}/approve", DECISION).status_code == 403
        assert caller("congdan2").get(path).status_code == 404
        assert caller().get(path).status_code == 401
        leader = caller("oanh.camxuyen")
        for wrong in ({"due_at": "2024-11-08T17:30"}, {"due_at": "soon"}, {"document": ""}):
            assert leader.post(f"{path}/approve", DECISION | wrong).status_code == 422
        assert leader.get("/letters/H27.30-000000-0000").status_code == 404
