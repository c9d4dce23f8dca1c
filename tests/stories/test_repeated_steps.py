"""A step for each item of a list: every officer sees which one is his."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.inbox.model import InboxItem, ItemState
from app.foundation.db import db
from tests.support.bpmn import Bpmn, loop
from tests.support.procedures import OFFICERS, publish, work
from tests.support.story import Story

UNITS = '=["H27.02", "H27.03"]'


def consulting(collection: str, *, element: str = "agency", sequential: bool = False) -> Bpmn:
    marker = loop(inputCollection=collection, inputElement=element, sequential=sequential)
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    bpmn.user(
        "consult",
        form="approval",
        roles="consulted_officer",
        inner=marker,
        unit="=agency" if element == "agency" else "",
        workingHours="2",
        status="4",
    )
    return bpmn.end(status="10").path("start", "reception", "consult", "end")


def names(story: Story) -> list[str]:
    with story.app.app_context():
        wanted = select(InboxItem.name).where(InboxItem.state == ItemState.OPEN)
        return sorted(db.session.scalars(wanted))


def begun(app: Flask, bpmn: Bpmn) -> Story:
    story = Story(app)
    story.submit(publish(app, bpmn))
    story.complete("reception", OFFICERS["reception_officer"])
    return story


def test_each_item_has_its_own_task_with_its_name(any_app: Flask) -> None:
    story = begun(any_app, consulting(UNITS))
    assert names(story) == ["consult (H27.02)", "consult (H27.03)"]
    assert story.replayed().identical


def test_one_after_the_other_they_are_told_apart(app: Flask) -> None:
    story = begun(app, consulting(UNITS, sequential=True))
    assert names(story) == ["consult (H27.02)"]


@pytest.mark.parametrize(
    ("item", "name"), [("null", "consult (1)"), ('string join([1], "x")', "consult (1)")]
)
def test_what_has_no_name_is_counted(app: Flask, item: str, name: str) -> None:
    story = begun(app, consulting(f"=[{item}]", element="thing"))
    assert names(story) == [name]


def test_long_items_are_cut_to_what_can_be_kept(app: Flask) -> None:
    text = "x" * 300
    story = begun(app, consulting(f'=["{text}"]', element="thing"))
    assert len(names(story)[0]) == 200
