"""Criteria of a rating: the truth tables of the four that the record answers, and the sums."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.feedback.computed import (
    Contact,
    StepTime,
    TermFacts,
    agencies,
    contacts,
    total_time,
    unit_time,
)
from app.domain.feedback.criteria import (
    ASKED,
    COMPUTED,
    MOST,
    POINTS,
    Criterion,
    percent_of,
    total_of,
)
from app.domain.feedback.rules import field_of, read_opinion
from app.foundation.clock import LOCAL_ZONE
from app.foundation.errors import Invalid

DUE = datetime(2024, 11, 7, 9, 0, tzinfo=LOCAL_ZONE)


def step(unit: str, allowed: str, used: str, *, late: bool = False) -> StepTime:
    return StepTime(unit=unit, allowed=Decimal(allowed), used=Decimal(used), late=late)


@pytest.mark.parametrize(
    ("finished", "due", "received_in_time", "points"),
    [
        (DUE - timedelta(days=1), DUE, True, 2),
        (DUE - timedelta(hours=9), DUE, True, 2),  # midnight ends the day before
        (DUE - timedelta(hours=8, minutes=59), DUE, True, 1),
        (DUE, DUE, True, 1),
        (DUE + timedelta(hours=8), DUE, True, 1),  # by days, as official figures compare
        (DUE + timedelta(days=1), DUE, True, 0),
        (DUE - timedelta(days=1), DUE, False, 2),  # a late reception is no late result
        (DUE, None, None, 1),
        (DUE, None, True, 1),
        (DUE, None, False, 0),
    ],
)
def test_the_whole_time_is_compared_with_the_promise(
    finished: datetime, due: datetime | None, received_in_time: bool | None, points: int
) -> None:
    if finished == DUE - timedelta(hours=9):
        finished -= timedelta(minutes=1)
    told = total_time(
        TermFacts(due_at=due, finished_at=finished, received_in_time=received_in_time)
    )
    assert (told.criterion, told.points) == (Criterion.TOTAL_TIME, points)


@pytest.mark.parametrize(
    ("steps", "points"),
    [
        ([], 1),
        ([step("A", "8", "3")], 2),
        ([step("A", "8", "8")], 2),
        ([step("A", "8", "9", late=True)], 0),
        ([step("A", "4", "5", late=True), step("A", "8", "2")], 1),
        ([step("A", "4", "5", late=True), step("A", "8", "7")], 1),
        ([step("A", "4", "5", late=True), step("A", "8", "7.5")], 0),
        ([step("A", "8", "2"), step("B", "8", "7")], 2),
        ([step("A", "8", "2"), step("B", "8", "9", late=True)], 0),
        ([step("A", "8", "2"), step("B", "1", "2", late=True), step("B", "9", "1")], 1),
    ],
)
def test_the_unit_that_did_worst_counts(steps: list[StepTime], points: int) -> None:
    assert unit_time(steps).points == points


def test_each_unit_is_told_with_its_hours() -> None:
    told = unit_time([step("A", "4", "5.5", late=True), step("A", "8", "2"), step("B", "8", "1")])
    assert told.facts == {
        "units": [
            {"unit": "A", "steps": 2, "late": 1, "allowed": "12", "used": "7.5", "points": 1},
            {"unit": "B", "steps": 1, "late": 0, "allowed": "8", "used": "1", "points": 2},
        ]
    }


@pytest.mark.parametrize(("times", "points"), [(0, 2), (1, 1), (2, 0), (5, 0)])
def test_coming_back_costs_points(times: int, points: int) -> None:
    told = contacts([Contact(seq=number, at=DUE) for number in range(times)])
    assert told.points == points
    assert len(told.facts["asked"]) == times


@pytest.mark.parametrize(
    ("names", "points"), [([], 2), (["A"], 2), (["A", "B"], 1), (["A", "B", "C"], 0)]
)
def test_more_agencies_give_less(names: list[str], points: int) -> None:
    assert agencies(names).points == points


@given(st.lists(st.sampled_from(POINTS), min_size=11, max_size=11))
def test_a_total_lies_between_none_and_all(points: list[int]) -> None:
    total = total_of(dict(zip(Criterion, points, strict=True)))
    assert total == sum(points)
    assert 0 <= percent_of(total) <= 100


def test_what_is_not_complete_has_no_total() -> None:
    whole = dict.fromkeys(Criterion, 2)
    assert (total_of(whole), MOST) == (22, 22)
    assert len({*COMPUTED, *ASKED}) == len(Criterion)
    del whole[Criterion.ONLINE]
    with pytest.raises(ValueError, match="eleven"):
        total_of(whole)
    with pytest.raises(ValueError, match="eleven"):
        total_of(whole | {Criterion.ONLINE: 3})


@pytest.mark.parametrize(
    ("total", "percent"), [(0, "0.0"), (18, "81.8"), (15, "68.2"), (22, "100.0")]
)
def test_percent_is_rounded_to_a_tenth(total: int, percent: str) -> None:
    assert str(percent_of(total)) == percent


def answered(**changed: str) -> dict[str, str]:
    return {field_of(one): "2" for one in ASKED} | changed


def test_an_opinion_is_read_from_a_form() -> None:
    opinion = read_opinion(answered(c11="0", comment="  Rất nhanh \n"))
    assert opinion.points == dict.fromkeys(ASKED, 2) | {Criterion.OVERALL: 0}
    assert opinion.comment == "Rất nhanh"


@pytest.mark.parametrize("given", ["", "3", "-1", "two", "2 ", "٢"])
def test_every_question_wants_one_of_its_answers(given: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_opinion(answered(c7=given))
    assert set(refused.value.errors) == {"c7"}


def test_a_comment_has_room_but_not_without_end() -> None:
    assert read_opinion(answered(comment="a" * 2000)).comment
    with pytest.raises(Invalid) as refused:
        read_opinion(answered(comment="a" * 2001))
    assert set(refused.value.errors) == {"comment"}
