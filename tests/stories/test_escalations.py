"""Superiors find what is late in their units, as long as it is late, and nobody is told twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.domain.deadlines.escalations import Escalation
from app.domain.people.model import Membership, Unit
from app.domain.people.queries import person_by_username
from app.foundation import clock
from app.foundation.db import db, transaction
from app.queries.escalations import Overdue, escalations_page, how_many
from tests.stories.test_apologies import Letters
from tests.support.story import Story

P6, P2 = "thanh-lap-ho-kinh-doanh", "dang-ky-khai-sinh"


def seen_by(story: Story, username: str) -> list[tuple[str, str]]:
    """What is late and whom it was told to, as a superior finds it."""
    with story.app.app_context(), clock.at(story.at):
        rows = escalations_page(db.session(), story.actor(username), at=story.at).rows
        assert how_many(db.session(), story.actor(username), at=story.at) == len(rows)
        return [(row.kind.value, row.role) for row in rows]


@contextmanager
def without(story: Story, *usernames: str) -> Iterator[None]:
    """Nobody of these holds a seat."""
    with story.app.app_context(), transaction() as session:
        for username in usernames:
            number = person_by_username(session, username).id
            session.execute(delete(Membership).where(Membership.person_id == number))
    yield


def late(app: Flask) -> Story:
    """A business whose first step is late since Monday 11:00, an online reception not yet."""
    story = Story(app)
    story.submit(P6)
    story.wait(hours=2)
    return story


def test_a_superior_finds_a_late_step_until_it_is_done(any_app: Flask) -> None:
    story = late(any_app)
    story.tick()
    assert seen_by(story, "oanh.camxuyen") == [("step", "division_head")]
    assert seen_by(story, "khanh.ubnd") == [], "not yet his turn"
    assert seen_by(story, "linh.camxuyen") == [], "her own work is no news to her"
    with any_app.app_context():
        assert story.dossier().is_escalated
    story.complete("reception", "linh.camxuyen")
    assert seen_by(story, "oanh.camxuyen") == []
    with any_app.app_context():
        assert not story.dossier().is_escalated
    found = story.replayed()
    assert (found.identical, found.disagreements) == (True, ())


def test_the_reception_climbs_as_steps_do_and_ends_with_the_receipt(any_app: Flask) -> None:
    story = late(any_app)
    story.wait(days=2)
    story.tick()
    both = [("step", "division_head"), ("reception", "division_head")]
    assert seen_by(story, "oanh.camxuyen") == both
    told = [entry.payload for entry in story.entries() if entry.event.value.endswith("escalated")]
    assert [(one["level"], one["asked"], one["role"], one["unit"]) for one in told] == [
        (1, "division_head", "division_head", "H27.30"),
        (1, "division_head", "division_head", "H27.30"),
        (2, "director", "committee_chair", "H27"),
        (2, "director", "committee_chair", "H27"),
    ] or told
    assert story.tick() == 0, "once each"
    story.complete("reception", "linh.camxuyen")
    assert seen_by(story, "oanh.camxuyen") == []
    assert story.replayed().disagreements == ()


def test_a_late_term_climbs_and_a_new_date_settles_it(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("11/11 09:00").tick()
    assert ("term", "division_head") in seen_by(story, "oanh.camxuyen")
    assert ("term", "committee_chair") in seen_by(story, "khanh.ubnd")
    events = [event for event in story.events() if event.startswith("term_")]
    assert events[-3:] == ["term_overdue", "term_escalated", "term_escalated"]
    story.approve(due="14/11 17:30")
    assert ("term", "division_head") not in seen_by(story, "oanh.camxuyen")
    assert story.replayed().disagreements == ()


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ((), ("division_head", "H27.30")),
        (("oanh.camxuyen",), ("committee_chair", "H27")),
        (("oanh.camxuyen", "khanh.ubnd"), ("province_admin", "H27")),
        (("oanh.camxuyen", "khanh.ubnd", "quantri"), ("division_head", None)),
    ],
)
def test_somebody_is_told_as_long_as_anybody_is_left(
    any_app: Flask, gone: tuple[str, ...], told: tuple[str, str | None]
) -> None:
    story = late(any_app)
    with without(story, *gone):
        story.tick()
    entry = next(e.payload for e in story.entries() if e.event.value == "step_escalated")
    assert entry["asked"] == "division_head"
    assert (entry["role"], entry["unit"]) == told
    with any_app.app_context():
        rows = db.session().scalars(select(Escalation)).all()
        codes = [db.session().get_one(Unit, row.unit_id).code for row in rows]
    assert codes == ([told[1]] if told[1] else [])
    assert story.replayed().disagreements == ()


def test_who_stands_in_for_two_superiors_finds_it_once(any_app: Flask) -> None:
    story = late(any_app)
    with without(story, "oanh.camxuyen"):
        story.wait(days=1)
        story.tick()
    assert seen_by(story, "khanh.ubnd").count(("step", "committee_chair")) == 1
    with any_app.app_context():
        row = db.session().scalars(select(Escalation).where(Escalation.item_id.is_not(None))).one()
        assert row.level == 2
    assert story.replayed().disagreements == ()


def test_a_director_finds_what_directors_below_were_told(any_app: Flask) -> None:
    story = late(any_app)
    story.tick()
    with any_app.app_context(), transaction() as session:
        session.add(
            Membership(
                person_id=person_by_username(session, "khanh.ubnd").id,
                unit_id=session.scalars(select(Unit.id).where(Unit.code == "H27")).one(),
                role_key="division_head",
                valid_from=date(2020, 1, 1),
            )
        )
    assert seen_by(story, "khanh.ubnd") == [("step", "division_head")]
    assert seen_by(story, "hoa.sngv") == [], "another branch of the tree"


def test_a_row_tells_who_holds_it_and_why_it_is_late(any_app: Flask) -> None:
    story = late(any_app)
    story.claim("reception", "linh.camxuyen")
    story.wait(hours=1)
    story.tick()
    with any_app.app_context():
        (row,) = escalations_page(db.session(), story.actor("oanh.camxuyen"), at=story.at).rows
    assert isinstance(row, Overdue)
    assert row.code == story.code
    assert [(one.holder, one.unit) for one in row.open_work] == [
        ("Hoàng Thùy Linh", "UBND huyện Cẩm Xuyên")
    ]
    assert row.told_at == story.at
