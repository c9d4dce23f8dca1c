"""A result that goes out electronically goes out as a file."""

from typing import Any

import pytest
from flask import Flask

from app.actions.store_file import store_file
from app.actions.take_in_file import take_in
from app.domain.dossiers.status import Status
from app.forms import FormInvalid
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.dossier_pages import dossier_page
from tests.support.papers import PDF
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
ELECTRONIC: dict[str, Any] = {"result_method": "electronic"}


def at_the_last_step(app: Flask) -> Story:
    story = Story(app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen")
    story.complete("appraisal", "nam.camxuyen")
    story.complete("approval", "oanh.camxuyen")
    story.tick()
    story.complete("stamping", "phuc.camxuyen")
    return story


def uploaded(story: Story, by: str) -> str:
    with story.app.app_context():
        actor = story.actor(by)
        with transaction() as session:
            taken = take_in("ket-qua.pdf", PDF, max_size=10_000)
            return store_file(session, taken, actor=actor, at=story.at).id


def test_without_the_file_nothing_is_closed(app: Flask) -> None:
    story = at_the_last_step(app)
    with pytest.raises(FormInvalid) as refused:
        story.complete("return_result", "linh.camxuyen", **ELECTRONIC)
    assert set(refused.value.errors) == {"result_file"}
    assert story.open_steps() == ["return_result"]


def test_with_the_file_the_citizen_may_take_it_home(app: Flask) -> None:
    story = at_the_last_step(app)
    file = uploaded(story, "linh.camxuyen")
    story.complete("return_result", "linh.camxuyen", result_file=[file], **ELECTRONIC)
    with app.app_context():
        page = dossier_page(db.session(), story.code, story.actor("congdan1"))
        assert page.dossier.status is Status.RETURNED_RESULT
        assert [result.name for result in page.results] == ["ket-qua.pdf"]
    assert story.replayed().identical


def test_a_file_somebody_else_uploaded_is_not_taken(app: Flask) -> None:
    story = at_the_last_step(app)
    file = uploaded(story, "nam.camxuyen")
    with pytest.raises(Invalid) as refused:
        story.complete("return_result", "linh.camxuyen", result_file=[file], **ELECTRONIC)
    assert set(refused.value.errors) == {"result_file"}
    assert story.open_steps() == ["return_result"]
