"""Messages at the terminal: what failed, trying again, how a wording reads, tokens."""

import pytest
from flask import Flask

from app.actions.post_office import Attempt, Fate
from app.domain.notices.model import Channel, ChannelToken, DeliveryState
from app.foundation.db import db
from tests.support.post import Pigeons, deliver, deliveries
from tests.support.story import Story


@pytest.fixture
def failed(app: Flask) -> Story:
    """The first message of a dossier was refused."""
    story, pigeons = Story(app), Pigeons()
    story.submit("thanh-lap-ho-kinh-doanh")
    pigeons.fates = [Attempt(fate=Fate.NEVER, reason="the server answered 550")]
    deliver(app, pigeons.office, story.at)
    return story


def test_what_failed_is_listed_and_tried_again(app: Flask, failed: Story) -> None:
    run = app.test_cli_runner().invoke
    listed = run(args=["notices", "list"]).output
    assert f"1\t{failed.code}\tdossier-submitted\temail m…i@example.vn\tfailed" in listed
    assert run(args=["notices", "retry", "--all"]).output == "1 tried again\n"
    assert deliveries(app)[0].state is DeliveryState.QUEUED
    again = run(args=["notices", "retry", "1"])
    assert (again.exit_code, "đã được gửi" in again.output) == (1, True)
    assert run(args=["notices", "retry", "77"]).exit_code == 1


def test_a_wording_is_shown_and_nothing_is_sent(app: Flask, failed: Story) -> None:
    args = ["notices", "preview", "result-ready", failed.code, "--language", "en"]
    run = app.test_cli_runner().invoke
    shown = run(args=args).output
    assert shown.startswith(f"The result of dossier {failed.code} is ready\n")
    assert len(deliveries(app)) == 1
    unknown = run(args=["notices", "preview", "result-ready", "H27.00-241104-0009"])
    assert (unknown.exit_code, "H27.00-241104-0009" in unknown.output) == (1, True)


def test_tokens_are_asked_for_and_not_shown(app: Flask) -> None:
    typed = "geheim-1\ngeheim-2\n"
    told = app.test_cli_runner().invoke(args=["notices", "token", "zalo"], input=typed).output
    assert "geheim" not in told
    with app.app_context():
        assert db.session().get_one(ChannelToken, Channel.ZALO).refresh_token == "geheim-2"
