"""When a term is looked at for a letter, and when there is nothing to look at."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from app.domain.apologies.model import LetterState
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.foundation.db import db
from tests.stories.test_apologies import SPECIALIST, Letters
from tests.stories.test_three_clocks import moment, told

DRAFT, APPROVED = LetterState.DRAFT, LetterState.APPROVED
REJECTED, OBSOLETE = LetterState.REJECTED, LetterState.OBSOLETE


def nothing(_story: Letters) -> None:
    """The appraisal has been waiting since the reception, and its hours are used up."""


def paused(story: Letters) -> None:
    story.complete("appraisal", SPECIALIST, appraisal_decision="supplement")


def last_step(story: Letters) -> None:
    story.on("06/11 08:55").complete("appraisal", SPECIALIST)
    story.complete("approval", "oanh.camxuyen")
    story.tick()


def finished(story: Letters) -> None:
    last_step(story)
    story.complete("stamping", "phuc.camxuyen")


def drafted(story: Letters) -> None:
    story.draft()


def rejected(story: Letters) -> None:
    story.draft()
    story.reject()


def approved(story: Letters) -> None:
    story.draft()
    story.approve()


def lapsed(story: Letters) -> None:
    story.draft()
    paused(story)
    story.complete("supplement_in_process", "congdan1")


def look(story: Letters) -> datetime | None:
    with story.app.app_context():
        wanted = db.select(Deadline.apology_at).where(
            Deadline.dossier_id == story.dossier().id,
            Deadline.kind == DeadlineKind.TERM,
            Deadline.settled_at.is_(None),
        )
        return db.session().scalar(wanted)


@pytest.mark.parametrize(
    ("before", "letters", "again"),
    [
        (nothing, [DRAFT], None),
        (paused, [], None),
        # Hours are left: it is looked at again after a working hour.
        (last_step, [], "06/11 10:00"),
        (finished, [], None),
        (drafted, [DRAFT], None),
        (rejected, [REJECTED], None),
        (approved, [APPROVED], None),
        # Supplemented at once: the appraisal begins anew and has its hours.
        (lapsed, [OBSOLETE], "06/11 09:01"),
    ],
)
def test_what_a_look_a_working_day_before_finds(
    any_app: Flask,
    before: Callable[[Letters], None],
    letters: list[LetterState],
    again: str | None,
) -> None:
    story = Letters(any_app).received()
    story.on("05/11 17:00")
    before(story)
    story.on("06/11 09:00").tick()
    assert [letter.state for letter in story.letters()] == letters
    assert told(look(story)) == told(moment(again) if again else None)
    story.sound()
