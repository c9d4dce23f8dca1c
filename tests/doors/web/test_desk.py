"""The inbox and the tasks of officers."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.foundation import clock
from tests.doors.web.answers import answers
from tests.doors.web.applying import BUSINESS, applied
from tests.doors.web.colleagues import seat_beside
from tests.doors.web.page_client import PDF, Reader
from tests.support.story import Story

STEP = "Tiếp nhận và kiểm tra hồ sơ"


@pytest.fixture
def code(app: Flask, reader: Reader) -> str:
    """A dossier that waits for reception."""
    return applied(app, reader)


def test_work_is_taken_and_given_back(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    task = officer.open("/viec?lang=en").link(STEP)
    taken = task.form(action=f"{task.path}/nhan").send()
    assert "You are working on this." in taken.text
    assert STEP in officer.open("/viec?view=mine").text
    back = taken.form(action=f"{task.path}/tra").send()
    assert back.path == "/viec"
    assert "Nothing waits here" in officer.open("/viec?view=mine").text


def test_the_inbox_is_searched_by_code_owner_and_procedure(
    code: str, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    for words in (code, "Lê Thị", "hộ kinh doanh"):
        assert code in officer.open(f"/viec?q={words}").text
    assert code not in officer.open("/viec?q=nothing-like-that").text
    for view in ("late", "due", "mine", "team", "nonsense"):
        assert officer.open(f"/viec?view={view}").path == "/viec"


def test_the_inbox_tells_what_presses_and_how_much_time_is_left(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    story.submit(BUSINESS)
    with clock.at(story.at):
        calm = logged_in("linh.camxuyen").open("/viec?lang=en")
        assert "2 hours of working time left" in calm.text
        assert "1 task is due soon" in calm.text
    story.wait(hours=3, minutes=5)
    with clock.at(story.at):
        officer = logged_in("linh.camxuyen")
        late = officer.open("/viec?lang=en")
        assert "overdue by 30 minutes of working time" in late.text
        assert "1 task is late" in late.text
        task = late.link("1 task is late").link(STEP)
        assert "This step is late: overdue by 30 minutes of working time." in task.text
    story.complete("reception", "linh.camxuyen")
    with clock.at(story.at):
        assert "This step is late" not in officer.open(task.path).text
        assert "late" not in logged_in("linh.camxuyen").open("/viec").text


def test_the_inbox_is_narrowed_by_step_and_channel(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    for by in ("congdan1", "linh.camxuyen"):
        story.submit(BUSINESS, by=by)
    online, counter = story.code.replace("0002", "0001"), story.code
    with clock.at(story.at):
        officer = logged_in("linh.camxuyen")
        page = officer.open("/viec?lang=en")
        assert (online in page.text, counter in page.text) == (True, True)
        only = page.form("step").send(step="reception", channel="counter")
        assert (online in only.text, counter in only.text) == (False, True)
        assert online in only.link("All steps and channels").text
        assert "No dossier fits" in officer.open("/viec?step=no_such&lang=en").text
        assert counter in officer.open("/viec?channel=nonsense").text


def test_the_work_of_another_unit_is_not_shown(
    code: str, logged_in: Callable[[str], Reader]
) -> None:
    task = logged_in("linh.camxuyen").open("/viec").link(STEP)
    for stranger in ("quyen.cambinh", "nam.camxuyen", "kiemtra"):
        logged_in(stranger).open(task.path, status=403)
        assert logged_in(stranger).client.get(f"{task.path}/so-do.bpmn").status_code == 403
    logged_in("congdan1").open(task.path, status=403)
    logged_in("linh.camxuyen").open("/viec/999999", status=404)


def test_a_task_that_was_done_meanwhile_is_a_conflict_and_not_done_twice(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    first = officer.open("/viec").link(STEP).form("task_key")
    second = officer.open("/viec").link(STEP).form("task_key")
    told = answers(app, BUSINESS, "reception", first)
    first.send(told)
    assert first.send(told).path == "/viec"
    second.send(told, status=409)


def test_wrong_answers_are_shown_again_with_their_uploads(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    reception = logged_in("linh.camxuyen").open("/viec").link(STEP).form("task_key")
    reception.send(answers(app, BUSINESS, "reception", reception))
    officer = logged_in("nam.camxuyen")
    form = officer.open("/viec").link("Thẩm định").form("task_key")
    told = answers(app, BUSINESS, "appraisal", form) | {"draft_file": ("dự thảo.pdf", PDF)}
    told["appraisal_decision"] = ""
    page = form.send(told, status=422)
    assert "dự thảo.pdf" in page.text
    again = page.form("task_key")
    assert again.held()["task_key"] == form.held()["task_key"]
    done = again.send(appraisal_decision="approve")
    assert done.path == "/viec"


def test_a_colleague_cannot_do_what_somebody_else_has_taken(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    task = logged_in("linh.camxuyen").open("/viec").link(STEP)
    task.form(action=f"{task.path}/nhan").send()
    with app.app_context():
        seat_beside("quyen.cambinh", "H27.30", "reception_officer")
    page = logged_in("quyen.cambinh").open(task.path)
    assert "task_key" not in page.html
    assert "Hoàng Thùy Linh" in page.text


def test_work_that_is_done_says_so(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    task = officer.open("/viec?lang=en").link(STEP)
    form = task.form("task_key")
    form.send(answers(app, BUSINESS, "reception", form))
    assert "already been completed" in officer.open(task.path).text
