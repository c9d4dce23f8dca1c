"""Rating a dossier in pages, without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.feedback.criteria import ASKED
from app.domain.feedback.rules import field_of
from app.foundation import clock
from tests.doors.web.page_client import Reader
from tests.doors.web.test_following import look_up
from tests.stories.test_rating import Rated
from tests.support.story import APPLICANT

SATISFIED = {field_of(one): "1" for one in ASKED}


@pytest.fixture
def story(app: Flask) -> Rated:
    return Rated(app).received().settled()


def test_the_applicant_rates_from_the_page_of_the_dossier(
    story: Rated, logged_in: Callable[[str], Reader]
) -> None:
    with clock.at(story.at):
        citizen = logged_in("congdan1")
        page = citizen.open(f"/ho-so/{story.code}?lang=en").link("Rate the handling")
        assert "done on 04/11/2024, promised was 07/11/2024: early" in page.text
        assert "every step in time" in page.text
        half = page.form("c5").send(c5="2", status=422)
        assert "Choose an answer for criterion 11." in half.text
        kept = half.form("c5").held()
        assert kept["c5"] == "2", "what was answered stays"
        sent = half.form("c5").send(SATISFIED | {"comment": "<b>Tốt</b>"})
        assert "15 of 22 points, 68,2 %" in sent.text
        assert "<b>Tốt" not in sent.html
        status = citizen.open(f"/ho-so/{story.code}?lang=en")
        assert "You gave 15 of 22 points." in status.text
        assert "The applicant rated the handling: 15 points" in status.text
        changed = status.link("See your rating").form("c5").send(c11="0")
        assert "14 of 22 points" in changed.text
    with clock.at(story.at + timedelta(days=16)):
        later = logged_in("congdan1").open(f"/ho-so/{story.code}/danh-gia?lang=en")
        assert "It can no longer be changed." in later.text
        assert "Not satisfied" in later.text
        assert "<b>Tốt</b>" in later.text
        answer = later.reader.client.post(f"/ho-so/{story.code}/danh-gia", data=SATISFIED)
        assert answer.status_code in (400, 409)


def test_a_visitor_rates_after_the_lookup(story: Rated, reader: Reader) -> None:
    with clock.at(story.at):
        assert reader.open(f"/ho-so/{story.code}/danh-gia").path == "/tra-cuu"
        look_up(reader, story.code, APPLICANT["identity_number"])
        sent = reader.open(f"/ho-so/{story.code}/danh-gia?lang=en").form("c5").send(SATISFIED)
        assert "Your rating is kept" in sent.text


def test_strangers_officers_and_hasty_applicants_do_not_rate(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Rated(app).received()
    with clock.at(story.at):
        early = logged_in("congdan1")
        assert "Rate the handling" not in early.open(f"/ho-so/{story.code}?lang=en").text
        early.open(f"/ho-so/{story.code}/danh-gia", status=409)
    story.settled()
    with clock.at(story.at):
        for other in ("congdan2", "linh.camxuyen", "oanh.camxuyen", "kiemtra"):
            looker = logged_in(other)
            looker.open(f"/ho-so/{story.code}/danh-gia", status=404)
            assert looker.client.post(
                f"/ho-so/{story.code}/danh-gia", data=SATISFIED
            ).status_code in (400, 404)
        assert "Rate the handling" not in (
            logged_in("linh.camxuyen").open(f"/viec/ho-so/{story.code}?lang=en").text
        )


def test_an_auditor_reads_every_point_with_its_reason(
    story: Rated, logged_in: Callable[[str], Reader]
) -> None:
    with clock.at(story.at):
        auditor = logged_in("kiemtra")
        auditor.open(f"/kiem-tra/{story.code}/danh-gia", status=404)
        story.rate(points=0, comment="Chờ lâu")
        record = auditor.open(f"/kiem-tra/{story.code}?lang=en&checked=1")
        assert "does not hold" not in record.text
        page = record.link("The applicant's rating")
        assert "8 of 22 points" in page.text
        assert "Chờ lâu" in page.text
        assert "After it was handed in, nothing more was asked." in page.text
        logged_in("linh.camxuyen").open(f"/kiem-tra/{story.code}/danh-gia", status=403)


def test_leaders_learn_from_ratings_of_what_others_did(
    story: Rated, logged_in: Callable[[str], Reader]
) -> None:
    story.rate(points=0, comment="Chờ lâu")
    with clock.at(story.at):
        page = logged_in("khanh.ubnd").open("/viec/danh-gia?lang=en")
        assert "8/22" in page.text
        assert "Chờ lâu" in page.text
        assert story.code not in page.text
        own = logged_in("oanh.camxuyen").open("/viec/danh-gia?lang=en")
        assert "Nobody has rated yet" in own.text, "she has signed the result herself"
        assert "Chờ lâu" not in logged_in("son.sngv").open("/viec/danh-gia").text
        logged_in("linh.camxuyen").open("/viec/danh-gia", status=403)
