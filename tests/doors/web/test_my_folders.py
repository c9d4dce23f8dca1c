"""The pages of "my dossiers": folders, what waits on top, the process in three folders."""

from collections.abc import Callable

from flask import Flask

from tests.doors.web.applying import applied
from tests.doors.web.page_client import Reader
from tests.doors.web.test_statements import MOST, counted
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"


def test_the_six_folders_have_counters_and_the_first_that_holds_something_opens(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    code = applied(app, mine)
    page = mine.open("/ho-so-cua-toi")
    for words in (
        "Chưa gửi 0",
        "Đã gửi 1",
        "Yêu cầu bổ sung 0",
        "Đang xử lý 0",
        "Đã trả kết quả 0",
        "Bị trả lại 0",
    ):
        assert words in page.text
    assert code in page.text
    assert code not in mine.open("/ho-so-cua-toi?folder=result").text
    assert code in mine.open("/ho-so-cua-toi?folder=nonsense").text
    assert code in mine.open("/ho-so-cua-toi?q=ho+kinh+doanh&folder=result").text


def test_what_waits_for_me_stands_on_top_and_leads_to_the_supplement(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story, mine = Story(app), logged_in("congdan1")
    code = story.submit(P6)
    assert "Việc Ông/Bà cần làm" not in mine.open("/ho-so-cua-toi").text
    story.complete("reception", "linh.camxuyen", reception_decision="supplement")
    with counted(app) as told:
        page = mine.open("/ho-so-cua-toi")
    assert len(told) <= MOST, told
    assert page.text.index("Việc Ông/Bà cần làm") < page.text.index("Chưa gửi")
    assert page.link("Bổ sung hồ sơ").path.startswith(f"/ho-so/{code}/bo-sung/")


def test_the_process_is_told_in_three_folders_only(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story, mine = Story(app), logged_in("congdan1")
    code = story.submit(P6)
    mine.open(f"/ho-so/{code}/qua-trinh", status=404)
    story.complete("reception", "linh.camxuyen")
    with counted(app) as told:
        page = mine.open(f"/ho-so/{code}/qua-trinh")
    assert len(told) <= MOST, told
    assert "Tiếp nhận và kiểm tra hồ sơ" in page.text
    assert "đúng hạn" in page.text
    assert "Đang thực hiện" in page.text
    story.complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")
    mine.open(f"/ho-so/{code}/qua-trinh", status=404)
    logged_in("congdan2").open(f"/ho-so/{code}/qua-trinh", status=404)
