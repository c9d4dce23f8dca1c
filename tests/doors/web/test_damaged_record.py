"""Pages about a dossier somebody has damaged: never a failure, and auditors read what is wrong."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.page_client import Reader
from tests.support.story import Story
from tests.support.tampering import DAMAGE, DAMAGED_ROWS, DAMAGED_WORK, damage, tamper


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier whose third entry is the completion of a step."""
    story = Story(app)
    story.submit("thanh-lap-ho-kinh-doanh")
    story.claim("reception", "linh.camxuyen")
    story.complete("reception", "linh.camxuyen")
    return story


@pytest.mark.parametrize("statement", [*DAMAGE, *DAMAGED_ROWS, DAMAGED_WORK])
def test_pages_stay_calm(story: Story, logged_in: Callable[[str], Reader], statement: str) -> None:
    damage(story, statement)
    page = logged_in("congdan1").open(
        f"/ho-so/{story.code}", status=200 if statement in DAMAGE else 409
    )
    assert story.code in page.text
    auditor, expected = logged_in("kiemtra"), 409 if statement in DAMAGED_ROWS else 200
    auditor.open(f"/kiem-tra/{story.code}", status=expected)
    page = auditor.open(f"/kiem-tra/{story.code}?checked=1&lang=en", status=expected)
    assert (expected == 200) == ("does not hold" in page.text)
    steps = auditor.client.get(f"/kiem-tra/{story.code}/dien-lai.json")
    assert steps.status_code == expected


def test_the_auditor_reads_in_words_what_differs(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    tamper(story, "UPDATE dossiers SET owner_name = 'X', status = 9 WHERE id = :id")
    damage(story, DAMAGE[0])
    page = logged_in("kiemtra").open(f"/kiem-tra/{story.code}?checked=1&lang=en")
    assert "Entry 4 cannot be read" in page.text
    assert "It breaks at entry 4: it cannot be read" in page.text
    assert "The replay stops at entry 4." in page.text
    assert "Agreement of the stored data with the journal: does not hold" in page.text
    assert "what was handed in (owner_name)" in page.text
