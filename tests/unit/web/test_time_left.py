"""Working time that is left or has passed, in words."""

from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask

from app.domain.inbox.due import NEVER
from app.foundation.clock import LOCAL_ZONE
from app.web.time_left import late_by, standing, time_left
from app.worktime import preset

CALENDAR = preset("HT-8H")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("0", "chưa đầy 1 phút"),
        ("0.0164", "chưa đầy 1 phút"),
        ("0.0167", "1 phút"),
        ("1", "1 giờ"),
        ("3.3334", "3 giờ 20 phút"),
        ("7.9990", "7 giờ 59 phút"),
        ("8", "1 ngày"),
        ("8.5", "1 ngày"),
        ("19", "2 ngày 3 giờ"),
        ("160", "20 ngày"),
    ],
)
def test_spans_in_words(app: Flask, hours: str, words: str) -> None:
    with app.test_request_context("/"):
        assert time_left(Decimal(hours)) == f"còn {words} làm việc"
        assert late_by(Decimal(hours)) == f"quá hạn {words} làm việc"


@pytest.mark.parametrize(
    ("at", "due", "words"),
    [
        ("04/11 09:00", "04/11 14:20", "còn 3 giờ 20 phút làm việc"),  # over lunch
        ("04/11 16:25", "05/11 07:40", "còn 1 giờ 15 phút làm việc"),  # over night
        ("08/11 17:00", "11/11 08:00", "còn 1 giờ làm việc"),  # over a weekend
        ("04/11 17:30", "04/11 16:25", "quá hạn 1 giờ 5 phút làm việc"),
        ("05/11 06:00", "04/11 17:30", "quá hạn chưa đầy 1 phút làm việc"),  # no work since
        ("04/11 09:00", "04/11 09:00", "còn chưa đầy 1 phút làm việc"),  # due now is not late yet
    ],
)
def test_only_working_time_counts(app: Flask, at: str, due: str, words: str) -> None:
    with app.test_request_context("/"):
        assert standing(CALENDAR, _moment(due), _moment(at)) == words


def test_what_is_never_due_has_no_time(app: Flask) -> None:
    with app.test_request_context("/"):
        assert standing(CALENDAR, NEVER, _moment("04/11 09:00")) == ""


def _moment(told: str) -> datetime:
    return datetime.strptime(f"{told} 2024", "%d/%m %H:%M %Y").replace(tzinfo=LOCAL_ZONE)
