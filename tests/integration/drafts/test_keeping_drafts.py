"""Drafts that nobody sends: their writers are told, then they go with their files."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.actions.discard_draft import discard_draft
from app.actions.draft_dossier import DraftAlreadySent, UnknownDraft, begin_draft, save_draft
from app.actions.receive_upload import begin_upload
from app.actions.submit_dossier import Application, submit_dossier
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import Upload
from app.domain.dossiers.applicant import read_applicant
from app.domain.dossiers.drafts import DraftWatch, Keeping
from app.domain.dossiers.model import Draft
from app.domain.notices.model import NoticePreference
from app.domain.people.queries import person_by_username
from app.domain.procedures.queries import procedure_by_key
from app.foundation import clock
from app.foundation.db import db, transaction
from app.foundation.storage import file_store
from app.jobs.worklist import DRAFTS
from app.queries.definitions import loaded_version
from tests.integration.files.conftest import BIRTH, Office
from tests.support import papers
from tests.support.filler import fill
from tests.support.mailbox import Mailbox

MAI = "congdan1"
KEEPING = Keeping(days=60, told_before=7)
TYPED = {"name": "Lê Thị Thanh", "email": "Thanh@Example.vn"}


class Desk(Office):
    """Somebody writes, the clock comes round, the post comes."""

    def __init__(self, app: Flask, mails: Path) -> None:
        super().__init__(app)
        self.box = Mailbox(app, mails)

    def begin(self, by: str | None = MAI, **applicant: str) -> str:
        with self.app.app_context(), transaction() as session:
            procedure = procedure_by_key(session, BIRTH)
            number = begin_draft(session, procedure, None, actor=self.actor(by), at=self.at).id
        self.write(number, **applicant)
        return number

    def write(self, number: str, **applicant: Any) -> None:
        self.at += timedelta(minutes=1)
        with self.app.app_context(), transaction() as session:
            draft = session.get_one(Draft, number)
            save_draft(session, draft, applicant=applicant, data={"truthful": True}, at=self.at)

    def later(self, **later: float) -> list[str]:
        """The subjects of what came in the post, after the clock has come round."""
        self.at += timedelta(**later)
        with self.app.app_context(), clock.at(self.at):
            for one in DRAFTS.rows.due(db.session(), self.at, 100):
                with transaction() as session:
                    DRAFTS.act(session, one.row, at=self.at)  # type: ignore[operator] # no errand
            db.session.remove()
            return [f"{mail.to}: {mail.subject}" for mail in self.box.deliver()]

    def draft(self, number: str) -> Draft | None:
        with self.app.app_context():
            return db.session().get(Draft, number, populate_existing=True)


@pytest.fixture
def desk(any_app: Flask, tmp_path: Path) -> Desk:
    return Desk(any_app, tmp_path / "mails")


def test_the_writer_is_told_and_then_the_draft_goes_with_its_files(desk: Desk) -> None:
    number = desk.begin()
    file = desk.store(papers.picture("PNG"), "a.png", draft_id=number)
    assert desk.later(days=53) == []
    (subject,) = desk.later(days=1)
    assert "sẽ bị xóa" in subject
    assert desk.later(days=6) == [], "nobody is told twice"
    assert desk.draft(number) is not None
    assert desk.later(days=1) == []
    assert desk.draft(number) is None
    assert desk.file(file) is None
    with desk.app.app_context():
        assert not [one for batch in file_store().list() for one in batch]
        assert db.session().scalars(select(DraftWatch)).all() == []


def test_the_letter_names_the_procedure_the_day_and_the_way_back(desk: Desk) -> None:
    number = desk.begin()
    last_day = clock.local_date(desk.at) + timedelta(days=60)
    desk.later(days=1)
    desk.at = KEEPING.tells_at(desk.at - timedelta(days=1)) + timedelta(seconds=1)
    with desk.app.app_context(), clock.at(desk.at):
        with transaction() as session:
            (due,) = DRAFTS.rows.due(session, desk.at, 10)
            DRAFTS.act(session, due.row, at=desk.at)  # type: ignore[operator] # no errand
        db.session.remove()
        assert desk.box.deliver() == [], "it is midnight"
    with clock.at(desk.at + timedelta(hours=6, minutes=30)):
        (mail,) = desk.box.deliver()
    assert f"{last_day:%d/%m/%Y}" in mail.subject
    assert "khai sinh" in mail.text
    assert mail.link == f"/ho-so-nhap/{number}"


def test_who_writes_again_has_the_whole_time_again_and_is_told_again(desk: Desk) -> None:
    number = desk.begin()
    assert len(desk.later(days=55)) == 1
    desk.write(number)
    assert desk.later(days=10) == []
    assert desk.draft(number) is not None
    assert len(desk.later(days=45)) == 1
    desk.later(days=10)
    assert desk.draft(number) is None


def test_a_letter_that_was_overtaken_is_not_sent(desk: Desk) -> None:
    number = desk.begin()
    desk.at += timedelta(days=55)
    with desk.app.app_context(), transaction() as session:
        (due,) = DRAFTS.rows.due(session, desk.at, 10)
        DRAFTS.act(session, due.row, at=desk.at)  # type: ignore[operator] # no errand
    desk.write(number)
    assert desk.later(minutes=1) == []


def test_after_an_outage_nobody_loses_what_he_was_told_of_too_late(desk: Desk) -> None:
    number = desk.begin()
    assert len(desk.later(days=90)) == 1
    assert desk.draft(number) is not None
    desk.later(days=6)
    assert desk.draft(number) is not None
    desk.later(days=2)
    assert desk.draft(number) is None


def test_a_visitor_is_told_at_the_address_he_typed_and_no_mailbox_is_flooded(desk: Desk) -> None:
    numbers = [desk.begin(None, **TYPED) for _ in range(5)]
    assert [one.partition(":")[0] for one in desk.later(days=55)] == ["thanh@example.vn"] * 3
    desk.later(days=10)
    assert [desk.draft(number) for number in numbers] == [None] * 5 or len(desk.later(days=8)) <= 2


@pytest.mark.parametrize("typed", [{}, {"email": "thanh"}, {"email": "a@b.vn, c@d.vn"}])
def test_without_an_address_nobody_is_told_and_the_draft_goes_all_the_same(
    desk: Desk, typed: dict[str, str]
) -> None:
    number = desk.begin(None, **typed)
    assert desk.later(days=55) == []
    assert desk.later(days=10) == []
    assert desk.draft(number) is None


def test_who_wants_no_e_mails_gets_none(desk: Desk) -> None:
    desk.begin()
    with desk.app.app_context(), transaction() as session:
        wishes = NoticePreference(
            person_id=person_by_username(session, MAI).id, language="vi", by_email=False,
            by_sms=False, by_app=False, by_zalo=False, quiet_from=0, quiet_to=0,
            updated_at=desk.at,
        )  # fmt: skip
        session.add(wishes)
    assert desk.later(days=55) == []


def sent(desk: Desk, number: str, at: datetime) -> None:
    with desk.app.app_context(), transaction() as session:
        draft = session.get_one(Draft, number)
        version = loaded_version(session, draft.version_id)
        application = Application(
            procedure=BIRTH,
            case=draft.case_key,
            unit=None,
            applicant=read_applicant(
                {"name": "Nguyễn Thị Mai", "kind": "citizen", "identity_number": "042000000001"}
            ),
            data=fill(json.loads(version.form_source("application"))),
            draft=draft,
        )
        submit_dossier(session, application, actor=desk.actor(MAI), at=at)


def test_what_was_sent_is_never_deleted(desk: Desk) -> None:
    number = desk.begin()
    sent(desk, number, desk.at)
    assert desk.later(days=200) == []
    draft = desk.draft(number)
    assert draft is not None
    with desk.app.app_context():
        assert db.session().scalars(select(DraftWatch)).all() == []
        with pytest.raises(DraftAlreadySent), transaction() as session:
            discard_draft(session, session.get_one(Draft, number))


def test_deleting_takes_uploads_along_and_leaves_quarantine(desk: Desk) -> None:
    number = desk.begin()
    file = desk.store(papers.PDF, draft_id=number)
    bad = desk.store(papers.PDF, draft_id=number)
    with desk.app.app_context(), transaction() as session:
        begin_upload(
            session, name="b.pdf", size=10, field="papers", accept="", draft_id=number,
            actor=desk.actor(MAI), at=desk.at, max_size=100,
        )  # fmt: skip
        session.get_one(StoredFile, bad).scan = ScanState.INFECTED
    with desk.app.app_context(), transaction() as session:
        discard_draft(session, session.get_one(Draft, number))
    assert desk.draft(number) is None
    assert desk.file(file) is None
    kept = desk.file(bad)
    assert kept is not None
    assert kept.draft_id is None
    with desk.app.app_context():
        assert db.session().scalars(select(Upload)).all() == []


def test_of_two_who_delete_it_at_once_the_second_finds_none(desk: Desk) -> None:
    number = desk.begin()
    with desk.app.app_context():
        session = db.session()
        draft = session.get_one(Draft, number)
        session.execute(delete(DraftWatch))
        # What another window does between reading and locking.
        session.execute(delete(Draft), execution_options={"synchronize_session": False})
        with pytest.raises(UnknownDraft):
            discard_draft(session, draft)
        session.rollback()
