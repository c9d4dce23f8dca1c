"""A citizen complains; leaders answer, and whoever it is about knows nothing of it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from app.actions.feedback.answer_feedback import answer_feedback, take_up_feedback
from app.actions.feedback.send_feedback import send_feedback
from app.domain.feedback.complaint_rules import (
    ComplaintAnswered,
    ComplaintTaken,
    Message,
    UnknownComplaint,
)
from app.domain.feedback.complaints import (
    Complaint,
    ComplaintEntry,
    ComplaintState,
    Concern,
    ConcernedOfficer,
)
from app.domain.people.model import Membership, Person, Unit
from app.foundation.actor import VISITOR
from app.foundation.clock import local_date
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries import complaint_evidence
from app.queries.complaint_pages import (
    complaints_for,
    concerned_by,
    handled_complaint,
    how_many_wait,
    own_complaint,
    own_complaints,
)
from tests.stories.test_rating import Rated

HEAD, ABOVE, ADMIN = "oanh.camxuyen", "khanh.ubnd", "quantri"
RECEPTION = "linh.camxuyen"


class Complaining(Rated):
    """The dossier of a rating, and what its applicant has to say about it."""

    def send(self, *, by: str | None = "congdan1", **told: object) -> str:
        """Send feedback about the district; returns its code."""
        fields: dict[str, object] = {
            "concern": Concern.OFFICER,
            "subject": "Thái độ",
            "text": "Không hướng dẫn",
            "unit": "H27.30",
        }
        if by is None:
            fields |= {"name": "Lê Văn Tám", "email": "tam@example.vn"}
        with self.app.app_context(), transaction() as session:
            return send_feedback(
                session,
                Message(**fields | told),  # type: ignore[arg-type] # by name
                actor=VISITOR if by is None else self.actor(by),
                at=self.at,
                language="vi",
            ).code

    def sees(self, code: str, reader: str) -> bool:
        """Whether the reader can open it; list, counter and page say the same."""
        with self.app.app_context():
            session, actor, day = db.session(), self.actor(reader), local_date(self.at)
            try:
                handled_complaint(session, code, actor)
                opened = True
            except UnknownComplaint:
                opened = False
            page = complaints_for(session, actor, day, is_open=True, before=None)
            listed = code in {one.code for one, _unit in page.rows}
            assert how_many_wait(session, actor, day) == len(page.rows)
        assert opened is listed
        return opened

    def concerned(self, code: str) -> set[str]:
        with self.app.app_context():
            session = db.session()
            page = handled_complaint(session, code, self.actor(ADMIN))
            numbers = concerned_by(session, page.complaint.id)
            return set(session.scalars(select(Person.username).where(Person.id.in_(numbers))))

    def answer(self, code: str, by: str, words: str = "Đã chấn chỉnh") -> None:
        with self.app.app_context(), transaction() as session:
            answer_feedback(session, code, words, actor=self.actor(by), at=self.at)


@pytest.fixture
def story(any_app: Flask) -> Complaining:
    return Complaining(any_app)


def test_a_leader_answers_and_the_sender_reads_it(story: Complaining) -> None:
    code = story.send(officer="Hoàng Thùy Linh")
    assert code == "PA-241104-0001"
    assert story.send(by="congdan2") == "PA-241104-0002"
    with story.app.app_context(), transaction() as session:
        take_up_feedback(session, code, actor=story.actor(HEAD), at=story.at)
    with pytest.raises(ComplaintTaken), story.app.app_context(), transaction() as session:
        take_up_feedback(session, code, actor=story.actor(ABOVE), at=story.at)
    story.answer(code, ABOVE)
    with pytest.raises(ComplaintAnswered):
        story.answer(code, HEAD)
    with story.app.app_context():
        mai = story.actor("congdan1").person_id or 0
        page = own_complaint(db.session(), code, mai)
        assert page.complaint.state is ComplaintState.ANSWERED
        assert page.complaint.answer == "Đã chấn chỉnh"
        assert [entry.act.value for entry in page.entries] == ["sent", "taken_up", "answered"]
        assert handled_complaint(db.session(), code, story.actor(ADMIN)).holds
        assert [one.code for one, _ in own_complaints(db.session(), mai, None).rows] == [code]
        with pytest.raises(UnknownComplaint):
            own_complaint(db.session(), "PA-241104-0002", mai)


READERS = (HEAD, ABOVE, ADMIN)


@pytest.mark.parametrize(
    ("told", "hidden"),
    [
        ({"officer": "Hoàng Thùy Linh"}, set()),
        ({"officer": "bà Oanh"}, {HEAD}),
        ({"text": "Bà Lê Thị Oanh quát mắng tôi"}, {HEAD}),
        ({"officer": "Nguyễn Quốc Khánh"}, {ABOVE}),
        ({"officer": "Oanh", "text": "Cả ông Phạm Minh Tuấn"}, {HEAD, ADMIN}),
        ({"concern": Concern.PROCEDURE, "subject": "Lê Thị Oanh"}, {HEAD}),
        ({"officer": "ông trưởng phòng"}, {HEAD}),
        ({"subject": "Lãnh đạo phòng không tiếp dân"}, {HEAD}),
        ({"officer": "Lãnh đạo phòng, bà Linh"}, {HEAD}),
        ({"text": "Đề nghị lãnh đạo xem xét"}, set()),
        ({"officer": "Lãnh đạo phòng", "text": "Ông Nguyễn Quốc Khánh biết"}, {HEAD, ABOVE}),
    ],
)
def test_whoever_is_named_sees_nothing_of_it(
    app: Flask, told: dict[str, object], hidden: set[str]
) -> None:
    story = Complaining(app)
    code = story.send(**told)
    assert {one for one in READERS if not story.sees(code, one)} == hidden
    for other in (RECEPTION, "nam.camxuyen", "vinh.cambinh", "son.sngv", "kiemtra", "congdan2"):
        assert not story.sees(code, other), other
    for one in hidden:
        with pytest.raises(UnknownComplaint):
            story.answer(code, one)


def test_without_a_name_all_who_worked_on_the_dossier_are_left_out(story: Complaining) -> None:
    story.received().settled()
    code = story.send(dossier=story.code, unit="")
    assert story.concerned(code) == {
        "linh.camxuyen", "nam.camxuyen", "oanh.camxuyen", "phuc.camxuyen",
    }  # fmt: skip
    assert not story.sees(code, HEAD)
    assert story.sees(code, ABOVE)
    named = story.send(dossier=story.code, unit="", officer="Linh")
    assert story.concerned(named) == {"linh.camxuyen"}
    assert story.sees(named, HEAD)
    about_the_matter = story.send(dossier=story.code, unit="", concern=Concern.DOSSIER)
    assert story.sees(about_the_matter, HEAD)


def test_only_an_own_dossier_can_be_named(story: Complaining) -> None:
    story.received()
    for sender in ("congdan2", RECEPTION, None):
        with pytest.raises(Invalid) as refused:
            story.send(by=sender, dossier=story.code)
        assert set(refused.value.errors) == {"dossier"}
    with pytest.raises(Invalid):
        story.send(dossier="H27.30-000000-0000")
    with pytest.raises(Invalid):
        story.send(unit="H99")


def test_the_answer_has_a_term_of_working_days_and_what_is_oldest_comes_first(app: Flask) -> None:
    story = Complaining(app)
    codes = [story.send(), story.send()]
    with app.app_context():
        session, actor = db.session(), story.actor(HEAD)
        page = complaints_for(session, actor, local_date(story.at), is_open=True, before=None)
        assert [one.code for one, _unit in page.rows] == codes
        first = page.rows[0][0]
        assert first.due_at is not None
        assert (local_date(story.at), local_date(first.due_at)) == (
            date(2024, 11, 4), date(2024, 11, 25),
        )  # fmt: skip


def test_whoever_is_named_elsewhere_does_not_read_it_when_he_is_moved_up(app: Flask) -> None:
    story = Complaining(app)
    code = story.send(officer="Nguyễn Xuân Vinh")
    with app.app_context(), transaction() as session:
        vinh = session.scalars(select(Person).where(Person.username == "vinh.cambinh")).one()
        seat = session.scalars(select(Membership).where(Membership.role_key == "division_head"))
        above = next(one for one in seat if session.get_one(Unit, one.unit_id).code == "H27.30")
        session.add(
            Membership(
                person_id=vinh.id,
                unit_id=above.unit_id,
                role_key=above.role_key,
                valid_from=above.valid_from,
            )
        )
    assert not story.sees(code, "vinh.cambinh")
    assert story.sees(code, HEAD)


def test_an_officer_does_not_answer_his_own_feedback(app: Flask) -> None:
    story = Complaining(app)
    code = story.send(by=HEAD, concern=Concern.PROCEDURE)
    assert not story.sees(code, HEAD)
    assert story.sees(code, ABOVE)


def verified(app: Flask, *codes: str) -> tuple[int, list[str]]:
    told = app.test_cli_runner().invoke(args=["audit", "verify", *codes])
    return told.exit_code, [line for line in told.output.splitlines() if "dossiers" not in line]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: setattr(one, "text", "Rất hài lòng"),
        lambda one: setattr(one, "answer", "Không có gì"),
        lambda one: setattr(one, "state", ComplaintState.RECEIVED),
        lambda _: db.session.execute(delete(ConcernedOfficer)),
        lambda _: db.session.execute(text("UPDATE complaint_entries SET told = 'x'")),
    ],
)
def test_what_is_changed_behind_our_back_shows(
    app: Flask, change: Callable[[Complaint], object]
) -> None:
    story = Complaining(app)
    code, other = story.send(officer="Linh"), story.send()
    story.answer(code, ABOVE)
    assert verified(app) == (0, ["feedback: 2 checked, 0 broken"])
    with app.app_context(), transaction() as session:
        change(session.scalars(select(Complaint).where(Complaint.code == code)).one())
    status, told = verified(app)
    assert (status, told[0]) == (1, f"{code}: broken")
    assert verified(app, code)[0] == 1
    assert other not in verified(app, code)[1]


def test_what_was_deleted_is_missed(app: Flask) -> None:
    story = Complaining(app)
    story.send()
    story.send(officer="Linh")
    with app.app_context(), transaction() as session:
        gone = select(Complaint.id).where(Complaint.code == "PA-241104-0002").scalar_subquery()
        for table in (ConcernedOfficer, ComplaintEntry):
            session.execute(delete(table).where(table.complaint_id == gone))
        session.execute(delete(Complaint).where(Complaint.code == "PA-241104-0002"))
    assert verified(app) == (
        1, ["feedback of 2024-11-04: 1 missing", "feedback: 1 checked, 0 broken"],
    )  # fmt: skip


def test_a_number_set_back_shows(app: Flask) -> None:
    Complaining(app).send()
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE complaint_counters SET last = 0"))
    status, told = verified(app)
    assert status == 1
    assert "feedback of 2024-11-04: 1 more than codes were given" in told


def test_what_arrives_while_the_record_is_read_is_not_missed(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Complaining(any_app)
    story.send()
    given, asked = complaint_evidence._given, []

    def slowly(session: Session) -> dict[date, int]:
        """Somebody sends feedback right after the first look and right before the second."""
        told = given(session) if not asked else {}
        session.rollback()
        story.send(by=None)
        asked.append(told)
        return told or given(session)

    monkeypatch.setattr(complaint_evidence, "_given", slowly)
    with any_app.app_context():
        assert complaint_evidence.verify_feedback(db.session()).holds
    assert len(asked) == 2
