"""A dossier gets late: a leader apologises with a new date before the promise is broken."""

from datetime import datetime

import pytest
from flask import Flask

from app.actions.casework import open_dossier
from app.actions.decide_apology import approve_apology, reject_apology
from app.actions.draft_apology import draft_apology
from app.actions.edit_apology import edit_apology
from app.actions.redate import redate
from app.domain.apologies.model import Apology, LetterState
from app.domain.apologies.rules import (
    AlreadyReappointed,
    Decision,
    LetterDecided,
    LetterWaits,
    NotALeader,
    NothingToApologiseFor,
    OwnLetter,
    UnknownLetter,
    Wording,
)
from app.domain.calendars.model import CalendarEdition
from app.domain.dossiers.rules import NotAtWorkHere
from app.foundation.db import db, transaction
from app.foundation.errors import HouseError, Invalid
from app.queries.apology_evidence import letters_told
from app.queries.dossier_pages import UnknownDossier
from app.worktime import Timeliness, classify
from tests.stories.test_three_clocks import P6, Tet, moment, told
from tests.support.calendars import content_of, decide
from tests.support.tampering import tamper

LEADER, SPECIALIST = "oanh.camxuyen", "nam.camxuyen"


def decision(due: str = "08/11 17:30", **changed: object) -> Decision:
    return Decision(
        **{
            "reason": "Thẩm định mất nhiều thời gian hơn dự kiến",
            "document": "12/PXL",
            "due_at": moment(due),
        }
        | changed
    )


class Letters(Tet):
    """A term of 24 hours received on Monday 4 November 09:00: due on Thursday at 09:00."""

    def received(self) -> "Letters":
        self.on("04/11 09:00").submit(P6)
        self.complete("reception", "linh.camxuyen")
        return self

    def approve(self, by: str = LEADER, **changed: object) -> Apology:
        with self.app.app_context(), transaction() as session:
            told_now = decision(**changed)  # type: ignore[arg-type] # by name
            return approve_apology(session, self.code, told_now, actor=self.actor(by), at=self.at)

    def reject(self, by: str = LEADER, reason: str = "Chưa đủ căn cứ") -> Apology:
        with self.app.app_context(), transaction() as session:
            return reject_apology(session, self.code, reason, actor=self.actor(by), at=self.at)

    def draft(self, by: str = SPECIALIST) -> Apology:
        with self.app.app_context(), transaction() as session:
            return draft_apology(session, self.code, actor=self.actor(by), at=self.at)

    def edit(
        self, by: str = SPECIALIST, due: str = "08/11 16:00", reason: str = "Chờ ý kiến"
    ) -> None:
        with self.app.app_context(), transaction() as session:
            wording = Wording(reason=reason, due_at=moment(due))
            edit_apology(session, self.code, wording, actor=self.actor(by), at=self.at)

    def letters(self) -> list[Apology]:
        with self.app.app_context():
            wanted = db.select(Apology).order_by(Apology.number)
            return list(db.session().scalars(wanted.where(Apology.dossier_id == self.dossier().id)))

    def sound(self) -> None:
        verdict = self.replayed()
        assert verdict.disagreements == ()
        assert verdict.identical


def test_a_late_dossier_is_apologised_for_a_working_day_before(any_app: Flask) -> None:
    story = Letters(any_app).received()
    assert story.dates()["promised"] == "07/11 09:00"
    story.on("06/11 08:59").tick()
    assert story.letters() == []
    story.on("06/11 09:00").tick()
    (letter,) = story.letters()
    assert (letter.state, told(letter.due_before)) == (LetterState.DRAFT, "07/11 09:00")
    assert told(letter.due_at) == "08/11 09:00", "a working day later"
    (step,) = letter.cause["steps"]
    assert step["unit"] == "UBND huyện Cẩm Xuyên"
    assert (step["hours"], step["used"]) == ("12", "16")
    assert letter.cause["ahead"] == "8", "approval 6, stamping 2; handing out is not the office's"
    story.tick()
    assert len(story.letters()) == 1
    story.approve()
    assert story.dates() | {"clock": "running"} == {
        "clock": "running", "reception": "05/11 09:00", "due": "08/11 17:30",
        "promised": "07/11 09:00",
    }  # fmt: skip
    story.sound()
    story.on("08/11 08:00").complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", "phuc.camxuyen")
    with any_app.app_context():
        dossier = story.dossier()
        done = dossier.finished_at
        assert done is not None
        assert classify(done, dossier.due_at_original, done).by_date is Timeliness.OVERDUE
        assert classify(done, dossier.due_at_current, done).by_date is Timeliness.ON_TIME
    assert [event for event in story.events() if "apology" in event or "reapp" in event] == [
        "apology_drafted",
        "date_reappointed",
    ]
    assert letters_told(story.entries())[1]["state"] is LetterState.APPROVED
    story.sound()


def test_what_still_fits_needs_no_letter(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("05/11 14:00").complete("appraisal", SPECIALIST)
    story.on("05/11 15:00").complete("approval", LEADER)
    story.tick()
    story.on("06/11 09:00").tick()
    assert len(story.letters()) == 1, "stamping had two hours on the 5th and is not done"


def test_a_dossier_that_is_still_in_time_is_looked_at_again(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 08:00").complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.on("06/11 09:00").tick()
    assert story.letters() == [], "two hours of work, eight hours of time"
    story.on("06/11 10:02").tick()
    assert len(story.letters()) == 1, "the last step has overrun"


def test_nobody_gets_a_second_new_date(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    story.approve()
    story.on("12/11 09:00").tick()
    assert len(story.letters()) == 1
    with pytest.raises(AlreadyReappointed):
        story.draft()
    with pytest.raises(LetterDecided):
        story.approve()
    assert story.dates()["due"] == "08/11 17:30"


def test_no_letter_makes_an_overdue_dossier_one_in_time(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    story.on("11/11 09:00").approve(due="14/11 17:30")
    with any_app.app_context():
        dossier = story.dossier()
        assert told(dossier.due_at_original) == "07/11 09:00"
        assert classify(None, dossier.due_at_original, story.at).by_date is Timeliness.OVERDUE
    story.sound()


@pytest.mark.parametrize(
    ("by", "changed", "error"),
    [
        (SPECIALIST, {}, NotALeader),
        ("hoa.sngv", {}, UnknownDossier),
        ("congdan2", {}, UnknownDossier),
        (LEADER, {"reason": ""}, Invalid),
        (LEADER, {"document": ""}, Invalid),
        (LEADER, {"document": "1" * 121}, Invalid),
        (LEADER, {"due_at": None}, Invalid),
        (LEADER, {"due": "07/11 09:00"}, Invalid),
        (LEADER, {"due": "08/11 12:00"}, Invalid),
        (LEADER, {"due": "09/11 09:00"}, Invalid),
        (LEADER, {"due": "30/12 09:00"}, None),
        (LEADER, {"due_at": datetime.fromisoformat("2025-12-30T09:00+07:00")}, Invalid),
    ],
)
def test_only_a_leader_sets_a_date_and_only_a_sound_one(
    app: Flask, by: str, changed: dict[str, object], error: type[HouseError] | None
) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    if error is None:
        assert story.approve(by, **changed).state is LetterState.APPROVED
        return
    before = story.events()
    with pytest.raises(error):
        story.approve(by, **changed)
    assert story.events() == before
    assert story.dates()["due"] == "07/11 09:00"


def test_a_leader_rejects_and_an_officer_drafts_again(any_app: Flask) -> None:
    story = Letters(any_app).received()
    with pytest.raises(UnknownLetter):
        story.reject()
    story.on("06/11 09:00").tick()
    with pytest.raises(LetterWaits):
        story.draft()
    with pytest.raises(Invalid):
        story.reject(reason="")
    story.reject()
    story.on("06/11 14:00").tick()
    assert len(story.letters()) == 1, "the platform drafts once for each promise"
    with pytest.raises(NotAtWorkHere), any_app.app_context(), transaction() as session:
        draft_apology(session, story.code, actor=story.actor("congdan1"), at=story.at)
    story.draft(by=LEADER)
    with pytest.raises(OwnLetter):
        story.approve()
    assert [letter.state for letter in story.letters()] == [
        LetterState.REJECTED,
        LetterState.DRAFT,
    ]
    story.sound()


def test_a_draft_lapses_where_its_date_counts_no_more(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    story.complete("appraisal", SPECIALIST, appraisal_decision="supplement")
    assert story.letters()[0].state is LetterState.OBSOLETE
    with pytest.raises(NothingToApologiseFor):
        story.draft()
    with pytest.raises(LetterDecided):
        story.approve()
    story.on("13/11 09:00").complete("supplement_in_process", "congdan1")
    assert story.dates()["due"] == "14/11 09:00", "five working days later"
    story.on("13/11 09:00").tick()
    assert len(story.letters()) == 2, "eight hours are left for twenty hours of work"
    story.sound()


def test_a_new_date_survives_pauses_and_new_editions(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    story.approve()
    story.complete("appraisal", SPECIALIST, appraisal_decision="supplement")
    story.on("07/11 09:00").complete("supplement_in_process", "congdan1")
    due = story.dates()["due"]
    assert due == "11/11 17:30"
    story.sound()
    number = decide(any_app, content_of("TD-8H"), story.at)
    with any_app.app_context(), transaction() as session:
        work = open_dossier(session, story.dossier().id, story.at)
        assert work
        assert redate(session, work, session.get_one(CalendarEdition, number), at=story.at)
    assert story.dates()["due"] == "11/11 17:00", "set anew, then eight hours of waiting"
    story.sound()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("due_at = '2025-01-01 02:00:00.000000'", "letters"),
        ("reason = 'x'", "letters"),
        ("state = 'rejected'", "letters"),
        ("decided_by_id = 1", "letters"),
    ],
)
def test_a_forged_letter_is_found(app: Flask, change: str, found: str) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    story.approve()
    tamper(story, f"UPDATE apologies SET {change} WHERE dossier_id = :id")  # noqa: S608 - from above
    assert {one.what for one in story.replayed().disagreements} == {found}


def test_officers_put_a_draft_in_better_words_and_a_leader_decides(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    for by in ("linh.camxuyen", SPECIALIST):
        story.edit(by)
    (letter,) = story.letters()
    assert (letter.state, letter.reason) == (LetterState.DRAFT, "Chờ ý kiến")
    assert letter.due_at == moment("08/11 16:00")
    for reason, due in (("", "08/11 16:00"), ("Chờ", "09/11 16:00"), ("Chờ", "06/11 16:00")):
        with pytest.raises(Invalid):
            story.edit(reason=reason, due=due)
    with pytest.raises(HouseError):
        story.edit("tai.cambinh")
    story.approve(due="08/11 16:00")
    with pytest.raises(LetterDecided):
        story.edit()
    assert story.events().count("apology_edited") == 2
    story.sound()


def test_a_leader_who_wrote_in_the_draft_cannot_approve_it(any_app: Flask) -> None:
    story = Letters(any_app).received()
    story.on("06/11 09:00").tick()
    story.edit(LEADER)
    with pytest.raises(OwnLetter):
        story.approve()
    story.edit(SPECIALIST)
    story.approve()
    story.sound()


def test_a_forged_draft_is_found(app: Flask) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    story.edit()
    tamper(story, "UPDATE apologies SET edited_by_id = NULL WHERE dossier_id = :id")
    assert story.replayed().disagreements != ()
