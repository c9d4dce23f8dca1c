"""A dossier is settled: its applicant rates it, and the record answers four criteria by itself."""

import pytest
from flask import Flask

from app.actions.rate_dossier import rate_dossier
from app.domain.feedback.criteria import ASKED, Criterion
from app.domain.feedback.model import Rating
from app.domain.feedback.rules import NotRateable, Opinion, RatingStands
from app.foundation.db import db, transaction
from app.queries.dossier_pages import UnknownDossier
from tests.stories.test_apologies import Letters
from tests.stories.test_three_clocks import P6, Tet
from tests.support.tampering import tamper

RECEPTION, SPECIALIST = "linh.camxuyen", "nam.camxuyen"


class Rated(Tet):
    """A term of 24 hours, received on Monday 4 November 09:00: due on Thursday at 09:00."""

    def received(self, *, asked: bool = False) -> "Rated":
        self.on("04/11 08:00").submit(P6)
        if asked:
            self.complete("reception", RECEPTION, reception_decision="supplement")
            self.complete("supplement", "congdan1")
        self.on("04/11 09:00").complete("reception", RECEPTION)
        return self

    def settled(self, when: str = "04/11 10:00") -> "Rated":
        self.complete("appraisal", SPECIALIST)
        self.on(when).complete("approval", "oanh.camxuyen")
        self.tick()
        self.complete("stamping", "phuc.camxuyen")
        return self

    def rate(self, *, by: str = "congdan1", comment: str = "", points: int = 2) -> Rating:
        with self.app.app_context(), transaction() as session:
            return rate_dossier(
                session,
                self.code,
                Opinion(points=dict.fromkeys(ASKED, points), comment=comment),
                actor=self.actor(by),
                at=self.at,
                days=15,
            )

    def rating(self) -> Rating:
        with self.app.app_context():
            return db.session().get_one(Rating, self.dossier().id)


def test_the_record_answers_the_first_four(any_app: Flask) -> None:
    story = Rated(any_app).received().settled()
    rating = story.rate(comment="Cảm ơn", points=1)
    assert {number: rating.points[number] for number in "1234"} == {
        "1": 2, "2": 2, "3": 2, "4": 2,
    }  # fmt: skip
    assert rating.total == 8 + 7
    assert rating.facts["1"]["timeliness"] == "early"
    assert [one["unit"] for one in rating.facts["2"]["units"]] == ["UBND huyện Cẩm Xuyên"]
    assert rating.facts["4"] == {"agencies": ["UBND huyện Cẩm Xuyên"]}
    last = story.entries()[-1]
    assert (last.event.value, last.payload["total"], last.payload["again"]) == (
        "dossier_rated", 15, False,
    )  # fmt: skip
    assert "Cảm ơn" not in str(last.payload)
    assert story.replayed().disagreements == ()
    assert story.replayed().identical


def test_who_was_asked_and_waited_says_so(any_app: Flask) -> None:
    story = Rated(any_app).received(asked=True).settled("11/11 09:00")
    rating = story.rate()
    assert [rating.points[number] for number in "1234"] == [0, 0, 1, 2]
    assert len(rating.facts["3"]["asked"]) == 1
    assert rating.facts["2"]["units"][0]["late"] == 1
    assert story.replayed().disagreements == ()


def test_an_apology_does_not_make_a_dossier_punctual(app: Flask) -> None:
    letters = Letters(app).received()
    letters.on("06/11 09:00").tick()
    letters.approve()
    story = Rated(app)
    story.code = letters.code
    story.on("07/11 16:00").complete("appraisal", SPECIALIST)
    story.on("08/11 10:00").complete("approval", "oanh.camxuyen")
    story.tick()
    story.complete("stamping", "phuc.camxuyen")
    facts = story.rate().facts["1"]
    assert facts["reappointed"]
    assert (facts["due_at"][:10], facts["timeliness"]) == ("2024-11-07", "overdue")
    assert story.replayed().disagreements == ()


def test_one_may_think_otherwise_for_some_days(any_app: Flask) -> None:
    story = Rated(any_app).received().settled()
    story.rate(points=2, comment="Tốt")
    story.wait(days=14)
    story.rate(points=0)
    assert (story.rating().total, story.rating().comment) == (8, None)
    assert [one.payload["again"] for one in story.entries() if "rated" in one.event.value] == [
        False,
        True,
    ]
    assert story.replayed().disagreements == ()
    story.wait(days=2)
    with pytest.raises(RatingStands):
        story.rate(points=1)
    assert story.rating().total == 8


def test_a_refusal_may_be_rated_and_work_on_the_way_not(any_app: Flask) -> None:
    story = Rated(any_app)
    story.on("04/11 08:00").submit(P6)
    with pytest.raises(NotRateable):
        story.rate()
    story.complete("reception", RECEPTION, reception_decision="refuse")
    rating = story.rate()
    assert rating.points["1"] == 1
    assert rating.facts["1"]["due_at"] is None
    assert rating.facts["1"]["received_in_time"]


@pytest.mark.parametrize("stranger", ["congdan2", RECEPTION, "oanh.camxuyen", "kiemtra"])
def test_only_the_applicant_rates(app: Flask, stranger: str) -> None:
    story = Rated(app).received().settled()
    with pytest.raises(UnknownDossier):
        story.rate(by=stranger)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ratings SET total = 22 WHERE dossier_id = :id", "total"),
        ("UPDATE ratings SET comment = 'Tuyệt vời' WHERE dossier_id = :id", "comment"),
        ("UPDATE ratings SET seq = 1 WHERE dossier_id = :id", "seq"),
        ("DELETE FROM ratings WHERE dossier_id = :id", "rating"),
        ("UPDATE inbox_items SET role = 'applicant' WHERE dossier_id = :id", "criterion 2"),
    ],
)
def test_the_audit_finds_what_was_changed_behind_our_back(
    app: Flask, statement: str, found: str
) -> None:
    story = Rated(app).received().settled()
    story.rate(points=0, comment="Chậm")
    tamper(story, statement)
    assert found in {one.detail for one in story.replayed().disagreements if one.what == "rating"}


def test_a_rating_nobody_gave_is_found(app: Flask) -> None:
    story = Rated(app).received().settled()
    story.rate()
    other = Rated(app).received().settled()
    tamper(other, "UPDATE ratings SET dossier_id = :id")
    assert [one.detail for one in other.replayed().disagreements] == ["rating"]


def test_points_name_every_criterion(app: Flask) -> None:
    rating = Rated(app).received().settled().rate()
    assert {int(number) for number in rating.points} == {int(one) for one in Criterion}
