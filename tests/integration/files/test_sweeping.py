"""Uploads that no dossier has claimed are removed after a while, with their bytes."""

from datetime import timedelta

import pytest
from flask import Flask

from app.actions.draft_dossier import begin_draft, save_draft
from app.actions.take_in_file import kept_or_forgotten, take_in
from app.domain.documents.model import ScanState, StoredFile
from app.domain.dossiers.model import Draft
from app.domain.procedures.queries import procedure_by_key
from app.foundation.actor import VISITOR
from app.foundation.db import transaction
from app.foundation.storage import file_store, get_file
from tests.integration.files.conftest import BIRTH, Office, paper_field
from tests.support import papers
from tests.support.story import Story


@pytest.fixture
def office(any_app: Flask) -> Office:
    return Office(any_app)


def keys(app: Flask) -> list[str]:
    """Everything in the file store."""
    with app.app_context():
        return [one["path"] for batch in file_store().list() for one in batch]


def draft(office: Office) -> str:
    with office.app.app_context(), transaction() as session:
        procedure = procedure_by_key(session, BIRTH)
        return begin_draft(session, procedure, None, actor=VISITOR, at=office.at).id


def test_an_upload_that_nobody_claims_goes_after_thirty_days(office: Office) -> None:
    file = office.store(papers.picture("PNG"), "a.png")
    assert len(keys(office.app)) == 2
    office.tick(days=29)
    assert office.file(file) is not None
    office.tick(days=2)
    assert office.file(file) is None
    assert keys(office.app) == []
    assert office.tick(days=300) == 0


def test_what_a_dossier_holds_stays(office: Office) -> None:
    story = Story(office.app)
    file = office.store(papers.PDF)
    story.submit(BIRTH, choose={paper_field(office.app): [file]})
    office.tick(days=100)
    with office.app.app_context():
        assert get_file(file) == papers.PDF


def test_a_draft_keeps_its_files(office: Office) -> None:
    number = draft(office)
    file = office.store(papers.PDF, by=None, draft_id=number)
    office.at += timedelta(days=20)
    with office.app.app_context(), transaction() as session:
        save_draft(session, session.get_one(Draft, number), applicant={}, data={}, at=office.at)
    office.tick(days=11)
    assert office.file(file) is not None
    office.tick(days=90)
    assert office.file(file) is not None, "it goes together with its draft"


def test_quarantine_is_kept(office: Office) -> None:
    file = office.store(papers.PDF)
    with office.app.app_context(), transaction() as session:
        session.get_one(StoredFile, file).scan = ScanState.INFECTED
    office.tick(days=100)
    assert office.file(file) is not None


def test_bytes_that_have_gone_do_not_stop_the_sweeper(office: Office) -> None:
    file = office.store(papers.PDF)
    with office.app.app_context():
        file_store().delete(file)
    office.tick(days=31)
    assert office.file(file) is None


def test_what_cannot_be_stored_leaves_no_bytes(office: Office) -> None:
    def fail() -> None:
        with office.app.app_context():
            taken = take_in("a.png", papers.picture("PNG"), max_size=10_000)
            with kept_or_forgotten(taken), transaction():
                raise RuntimeError("the database is away")

    with pytest.raises(RuntimeError):
        fail()
    assert keys(office.app) == []
