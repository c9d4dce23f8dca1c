"""Working calendars are public: whoever doubts a date can count it again."""

from collections.abc import Callable
from datetime import datetime

from app.worktime import read_edition
from tests.doors.api.support import Caller
from tests.support.apps import MONDAY


def test_every_calendar_is_listed_that_of_the_province_first(
    caller: Callable[..., Caller],
) -> None:
    province, commune = caller().get("/calendars").json["items"]
    assert (province["key"], province["unit"], province["edition"]) == ("ha-tinh", None, 1)
    assert (commune["unit"], commune["estimated_years"]) == ("H27.30.01", [2027])
    assert datetime.fromisoformat(province["in_force_since"]) == MONDAY


def test_an_edition_is_told_whole(caller: Callable[..., Caller]) -> None:
    told = caller().get("/calendars/ha-tinh").json
    assert told == caller().get("/calendars/ha-tinh/editions/1").json
    assert len(told["hash"]) == 64
    assert read_edition(told["content"]).rules.lunch_is_out_of_hours


def test_what_is_not_there_is_not_found(caller: Callable[..., Caller]) -> None:
    for path in ("/calendars/none", "/calendars/ha-tinh/editions/9", "/calendars/%00"):
        assert caller().get(path).status_code == 404
