"""Double submits, two officers, other units: one answer each, and never harm to the dossier."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from flask import Flask

from app.actions.complete_task import complete_task
from app.actions.repeats import KeyUsedForSomethingElse
from app.domain.dossiers.codes import allot_code
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import (
    TaskAlreadyDone,
    TaskOfAnotherUnit,
    TaskTakenByAnother,
    TaskWithdrawn,
)
from app.foundation.clock import local_date
from app.foundation.db import db, transaction
from app.queries.definitions import loaded_version
from tests.support.apps import MONDAY
from tests.support.filler import fill
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def test_one_submission_key_gives_one_dossier(any_app: Flask) -> None:
    story = Story(any_app)
    assert story.submit(P6, key="k1") == story.submit(P6, key="k1")
    assert story.submit(P6, key="k2") == "H27.30-241104-0002"
    assert story.submit(P6, key="k1", by="congdan2") == "H27.30-241104-0003"


def test_a_repeat_with_the_same_key_gets_the_first_answer(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    with any_app.app_context():
        item = story.item("reception").id
    first = story.complete("reception", "linh.camxuyen", key="once")
    again = _complete(story, item, "linh.camxuyen", "once")
    assert again == first
    with pytest.raises(TaskAlreadyDone):
        _complete(story, item, "linh.camxuyen", "another")
    with pytest.raises(TaskAlreadyDone):
        _complete(story, item, "linh.camxuyen", None)
    assert story.events().count("task_completed") == 1


def test_another_units_officer_is_refused(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    for stranger in ("lan.sngv", "nam.camxuyen", "congdan1", "kiemtra"):
        with pytest.raises(TaskOfAnotherUnit):
            story.complete("reception", stranger)
    assert story.open_steps() == ["reception"]


def test_a_citizens_step_is_the_citizens(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    for stranger in ("congdan2", "nam.camxuyen", "linh.camxuyen"):
        with pytest.raises(TaskOfAnotherUnit):
            story.complete("supplement", stranger)
    story.complete("supplement", "congdan1")


def test_at_the_counter_an_officer_stands_in_for_the_citizen(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6, by="linh.camxuyen")
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    story.complete("supplement", "linh.camxuyen")
    assert story.open_steps() == ["reception"]


def test_a_colleagues_claim_is_respected(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit("hoi-nghi-quoc-te")
    with any_app.app_context():
        item = story.item("reception")
        with transaction() as session:
            session.merge(item).assignee_id = story.actor("hoa.sngv").person_id
    with pytest.raises(TaskTakenByAnother):
        story.complete("reception", "lan.sngv")


def test_a_step_the_timer_closed_can_no_longer_be_done(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    with any_app.app_context():
        item = story.item("supplement").id
    story.wait(days=31)
    story.tick()
    with pytest.raises(TaskWithdrawn):
        _complete(story, item, "congdan1", None)


def test_many_officers_at_once_give_one_success(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P6)
    with any_app.app_context():
        item = story.item("reception").id
    results = _together(12, lambda _n: _complete(story, item, "linh.camxuyen", None))
    assert results == {"dict": 1, "TaskAlreadyDone": 11}
    assert story.events() == [
        "dossier_submitted",
        "reception_started",
        "task_completed",
        "reception_met",
        "due_date_set",
    ]
    assert story.replayed().identical


def test_parallel_tasks_of_one_dossier_at_once_both_succeed(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit("dang-ky-khai-sinh")
    story.complete("reception", "quyen.cambinh")
    story.complete("verification", "tai.cambinh")
    results = _together(
        2, lambda n: story.complete(["register_entry", "system_entry"][n], "tai.cambinh")
    )
    assert results == {"dict": 2}
    assert story.open_steps() == ["approval"]
    assert story.replayed().identical


def test_codes_of_one_day_are_neither_shared_nor_skipped(any_app: Flask) -> None:
    def allot(_n: int) -> str:
        with any_app.app_context(), transaction() as session:
            return allot_code(session, "H27.30", local_date(MONDAY))

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(allot, range(40)))
    assert codes == [f"H27.30-241104-{n:04d}" for n in range(1, 41)]


def _complete(
    story: Story, item: int, by: str, key: str | None, **choose: object
) -> dict[str, object]:
    """Complete by number, as a second click would, with answers that would be accepted."""
    with story.app.app_context():
        version = loaded_version(db.session(), story.dossier().version_id)
        form = db.session().get_one(InboxItem, item).form
        data = fill(orjson.loads(version.form_source(form)), choose)
        actor = story.actor(by)
        with transaction() as session:
            return complete_task(session, item, data, actor=actor, at=story.at, key=key)


def _together(count: int, act: Callable[[int], object]) -> Counter[str]:
    def outcome(number: int) -> str:
        try:
            return type(act(number)).__name__
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(outcome, range(count)))


def test_the_same_submission_many_times_at_once_gives_one_dossier(any_app: Flask) -> None:
    codes: list[str] = []

    def send(_n: int) -> None:
        story = Story(any_app)
        codes.append(story.submit(P6, key="double click"))

    results = _together(8, send)
    assert set(results) <= {"NoneType", "SubmissionUnderWay"}
    assert set(codes) == {"H27.30-241104-0001"}


def test_a_key_does_not_speak_for_something_else(app: Flask) -> None:
    story = Story(app)
    code = story.submit(P6, key="k1")
    with pytest.raises(KeyUsedForSomethingElse):
        story.submit("dang-ky-khai-sinh", key="k1")
    story.code = code
    with app.app_context():
        item = story.item("reception").id
    story.complete("reception", "linh.camxuyen", key="once")
    with pytest.raises(KeyUsedForSomethingElse):
        _complete(story, item, "linh.camxuyen", "once", reception_note="khác")
    assert story.events().count("task_completed") == 1
