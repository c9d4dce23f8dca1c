"""A date across holidays that nobody has announced yet says so, before sending and after."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from app.foundation import clock
from tests.doors.web.page_client import Reader
from tests.support.story import Story

CONFERENCE = "hoi-nghi-quoc-te"
NOTE = "Chưa có thông báo ngày nghỉ lễ năm 2027"
BEFORE_TET = datetime(2027, 1, 25, 2, 0, tzinfo=UTC)
IN_AUTUMN = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)


def test_the_page_of_a_procedure_warns_of_estimated_holidays(app: Flask, reader: Reader) -> None:
    with clock.at(BEFORE_TET):
        assert NOTE in reader.open(f"/thu-tuc/{CONFERENCE}").text
    with clock.at(IN_AUTUMN):
        assert "Chưa có thông báo" not in reader.open(f"/thu-tuc/{CONFERENCE}").text


def test_the_page_of_a_dossier_says_that_its_date_may_move(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    story.at = BEFORE_TET
    code = story.submit(CONFERENCE)
    story.complete("reception", "lan.sngv")
    with clock.at(story.at):
        assert NOTE in logged_in("congdan1").open(f"/ho-so/{code}").text
