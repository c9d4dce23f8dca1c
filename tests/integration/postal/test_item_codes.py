"""Item codes of the carrier: each is used once, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.actions.postal.item_codes import NotThePostmaster, add_item_codes
from app.domain.postal.item_codes import codes_left, take_item_code
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from tests.support.apps import MONDAY
from tests.support.postal import CODES, fill_pool
from tests.support.story import Story

MANY = 40


def test_no_code_is_taken_twice_by_two_at_once(any_app: Flask) -> None:
    fill_pool(any_app, *(f"EA{number:09d}VN" for number in range(MANY)))
    together = Barrier(2)

    def take(_who: int) -> list[str | None]:
        taken = []
        together.wait()
        for _ in range(MANY // 2 + 2):
            with any_app.app_context(), transaction() as session:
                taken.append(take_item_code(session, MONDAY))
        return taken

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take, range(2))
    codes = [one for one in first + second if one]
    assert len(codes) == len(set(codes)) == MANY
    assert (first + second).count(None) == 4
    with any_app.app_context():
        assert codes_left(db.session()) == 0


@pytest.mark.parametrize(
    "any_app", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_two_inside_their_transactions_skip_each_other(any_app: Flask) -> None:
    """SQLite has one writer at a time."""
    fill_pool(any_app)
    inside = Barrier(2)

    def take(_who: int) -> str | None:
        with any_app.app_context(), transaction() as session:
            code = take_item_code(session, MONDAY)
            inside.wait(timeout=30)
            return code

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take, range(2))
    assert {first, second} == {"EA000000001VN", "EA000000002VN"}


def test_two_presses_at_once_add_a_code_once(any_app: Flask) -> None:
    together = Barrier(2)

    def press(_which: int) -> int:
        together.wait()
        return fill_pool(any_app)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [0, len(CODES)]


def test_codes_are_added_once(any_app: Flask) -> None:
    assert fill_pool(any_app, "ea000000001vn ", "EA000000001VN", "", "EA000000002VN") == 2
    assert fill_pool(any_app, "EA000000002VN", "EA000000003VN") == 1
    with any_app.app_context():
        assert codes_left(db.session()) == 3


@pytest.mark.parametrize("codes", [[], ["  "], ["EA 1"], ["<b>"], ["Đ23456789"], ["A" * 31]])
def test_what_is_no_code_is_refused(app: Flask, codes: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        fill_pool(app, *(codes or [" "]))
    assert set(refusal.value.errors) == {"codes"}


@pytest.mark.parametrize("stranger", ["congdan1", "linh.camxuyen", "quantri.cambinh", "kiemtra"])
def test_only_administrators_of_the_province_fill_the_pool(app: Flask, stranger: str) -> None:
    story = Story(app)
    with app.app_context():
        actor = story.actor(stranger)
        with pytest.raises(NotThePostmaster), transaction() as session:
            add_item_codes(session, ["EA000000001VN"], actor=actor, at=MONDAY)
