"""Leaders find what is late, read it, and cannot do it for others."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.foundation import clock
from app.queries import escalations
from app.web import navigation
from tests.doors.web.page_client import Reader
from tests.stories.test_escalations import late
from tests.support.story import Story

STEP = "Tiếp nhận và kiểm tra hồ sơ"
PAGE = "/viec/bao-len-toi"


@pytest.fixture
def story(app: Flask) -> Story:
    """A business whose reception step is late, told to the head and to the chair above."""
    made = late(app)
    made.wait(days=1)
    made.tick()
    return made


def test_a_leader_reads_what_is_late_and_cannot_do_it(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    with clock.at(story.at):
        chair = logged_in("khanh.ubnd")
        page = chair.open(f"{PAGE}?lang=en")
        assert story.code in page.text
        assert "overdue by 1 day of working time" in page.text
        assert "taken by nobody yet" in page.text
        assert "took 10 working hours instead of 2 working hours" in page.text
        task = page.link(STEP)
        assert "task_key" not in task.html
        assert "Take this task" not in task.text
        for what in ("", "/nhan", "/tra"):
            answer = chair.client.post(f"{task.path}{what}", data={"csrf_token": _token(page)})
            assert answer.status_code == 403
        assert story.code in chair.open(page.link(story.code).path).text
    story.complete("reception", "linh.camxuyen")
    with clock.at(story.at):
        chair = logged_in("khanh.ubnd")
        assert "Nothing late was reported to you" in chair.open(f"{PAGE}?lang=en").text
        chair.open(task.path, status=403)
        chair.open(f"/viec/ho-so/{story.code}", status=404)


def test_the_menu_counts_up_to_a_limit(
    story: Story, logged_in: Callable[[str], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(story.at):
        head = logged_in("oanh.camxuyen")
        assert "2 are late" in head.open("/viec?lang=en").html
        monkeypatch.setattr(navigation, "MOST_COUNTED", 2)
        assert ">1+<" in head.open("/viec").html
        assert "is late" not in logged_in("hoa.sngv").open("/viec?lang=en").html


def test_pages_go_on_where_the_last_one_ended(
    story: Story, logged_in: Callable[[str], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert escalations.escalations_page.__kwdefaults__ is not None
    monkeypatch.setitem(escalations.escalations_page.__kwdefaults__, "limit", 1)
    with clock.at(story.at):
        first = logged_in("oanh.camxuyen").open(f"{PAGE}?lang=en")
        second = first.link("Next page")
    assert "Result of the dossier" not in first.text
    assert (STEP in first.text, "Reception of the dossier" in second.text) == (True, True)
    assert "Next page" not in second.text


def test_strangers_find_nothing(story: Story, logged_in: Callable[[str], Reader]) -> None:
    with clock.at(story.at):
        for stranger in ("hoa.sngv", "kiemtra", "linh.camxuyen"):
            assert story.code not in logged_in(stranger).open(PAGE).text
        logged_in("congdan1").open(PAGE, status=403)


def test_one_door_of_the_menu_is_marked(story: Story, logged_in: Callable[[str], Reader]) -> None:
    with clock.at(story.at):
        head = logged_in("oanh.camxuyen")
        for address in ("/viec", PAGE, "/viec/xin-loi", f"/viec/ho-so/{story.code}"):
            page = head.open(address)
            assert page.html.count("govuk-service-navigation__item--active") == 1, address


def _token(page: object) -> str:
    html = getattr(page, "html", "")
    return str(html.partition('name="csrf_token" value="')[2].partition('"')[0])
