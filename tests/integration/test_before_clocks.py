"""Dossiers from before the clocks: verified as far as their record goes, and said to be so."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.foundation.db import db
from app.queries.replay import Verdict, verify_dossier
from tests.support.old_rows import make_old
from tests.support.story import Story
from tests.support.tampering import tamper

P6 = "thanh-lap-ho-kinh-doanh"
FORGED = "2025-11-01 02:00:00.000000+00"


def sent(_story: Story) -> None:
    """Nobody has looked at it."""


def late(story: Story) -> None:
    story.wait(hours=9)
    story.tick()


def received(story: Story) -> None:
    story.complete("reception", "linh.camxuyen")


def asked(story: Story) -> None:
    received(story)
    story.wait(hours=1)
    story.complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")


def answered(story: Story) -> None:
    asked(story)
    story.complete("supplement_in_process", "congdan1")


def decided(story: Story) -> None:
    received(story)
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    story.tick()
    story.complete("stamping", "phuc.camxuyen")


WAYS = [sent, late, received, asked, answered, decided]


@pytest.fixture(params=WAYS, ids=[way.__name__ for way in WAYS])
def old(any_app: Flask, request: pytest.FixtureRequest) -> Story:
    """A dossier that had come so far when the house got its clocks."""
    story = Story(any_app)
    story.submit(P6)
    story.wait(minutes=30)
    way: Callable[[Story], None] = request.param
    way(story)
    make_old(story)
    return story


def verified(story: Story) -> Verdict:
    with story.app.app_context():
        return verify_dossier(db.session(), story.dossier())


def sound(story: Story) -> None:
    verdict = verified(story)
    assert (verdict.chain, verdict.disagreements) == (None, ())
    assert verdict.before_clocks
    again = story.replayed()
    assert (again.disagreements, again.identical, again.before_clocks) == ((), True, True)


def finish(story: Story) -> None:
    """Whatever is left until the result is there."""
    work = {
        "reception": "linh.camxuyen",
        "supplement_in_process": "congdan1",
        "appraisal": "nam.camxuyen",
        "approval": "oanh.camxuyen",
        "stamping": "phuc.camxuyen",
    }
    while ready := [step for step in story.open_steps() if step in work]:
        story.wait(hours=1)
        story.complete(ready[0], work[ready[0]])
        story.tick()


def test_an_old_dossier_holds_as_it_was_taken_over_and_to_its_end(old: Story) -> None:
    sound(old)
    finish(old)
    sound(old)
    old.wait(days=3)
    old.tick()
    sound(old)


@pytest.mark.parametrize("old", [received], indirect=True, ids=["received"])
def test_the_command_says_which_dossiers_are_from_before_the_clocks(old: Story) -> None:
    told = old.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 0
    assert "1 dossiers checked, 0 broken\n1 of them from before the clocks: " in told.output
    told = old.app.test_cli_runner().invoke(args=["audit", "verify", old.code])
    assert f"{old.code}: from before the clocks: " in told.output
    told = old.app.test_cli_runner().invoke(args=["audit", "replay", old.code])
    assert "from before the clocks: " in told.output


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("clock", "forged"),
        ("due_at_original", FORGED),
        ("due_at_current", FORGED),
        ("reception_started_at", FORGED),
        ("reception_due_at", FORGED),
        ("reception_met_at", FORGED),
        ("paused_at", FORGED),
        ("term_amount", "99"),
        ("supplement_clock", "RESTART"),
    ],
)
@pytest.mark.parametrize("old", [asked], indirect=True, ids=["asked"])
def test_what_is_forged_in_an_old_dossier_is_found(old: Story, column: str, value: str) -> None:
    if column == "clock":
        value = "running"
    tamper(old, f"UPDATE dossiers SET {column} = :value", value=value)  # noqa: S608 - from above
    found = {one.what for one in verified(old).disagreements}
    assert found & {"application", "clocks"}
