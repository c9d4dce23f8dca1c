"""What the virus scanner says decides who can fetch a file; its silence lets nothing pass."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.scan_file import PATIENCE, claim_scan, settle_scan
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.rules import (
    FileAwaitsScan,
    FileInQuarantine,
    FileNotScanned,
    ensure_fetchable,
)
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.domain.notices.model import Notice
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.scanner import Verdict
from tests.integration.files.conftest import BIRTH, Office, paper_field
from tests.support import papers
from tests.support.clamd import THREAT, VIRUS, Daemon
from tests.support.story import Story

SICK = papers.pdf(VIRUS.decode())


@pytest.fixture
def office(scanned: Flask) -> Office:
    return Office(scanned)


def state(office: Office, file_id: str) -> ScanState:
    file = office.file(file_id)
    assert file is not None
    return file.scan


def test_a_clean_file_waits_for_the_scanner_and_passes(office: Office) -> None:
    file = office.store(papers.PDF)
    assert state(office, file) is ScanState.PENDING
    assert office.tick() == 1
    found = office.file(file)
    assert found is not None
    assert (found.scan, found.threat) == (ScanState.CLEAN, None)
    assert (found.scanner or "").startswith("ClamAV")
    assert office.tick(hours=1) == 0


def test_a_virus_is_found_and_named(office: Office) -> None:
    file = office.store(SICK)
    office.tick()
    found = office.file(file)
    assert found is not None
    assert (found.scan, found.threat) == (ScanState.INFECTED, THREAT)


@pytest.mark.parametrize(
    ("scan", "own", "others", "others_by_choice"),
    [
        (ScanState.CLEAN, None, None, None),
        (ScanState.PENDING, None, FileAwaitsScan, FileAwaitsScan),
        (ScanState.UNSCANNED, None, FileNotScanned, None),
        (ScanState.INFECTED, FileInQuarantine, FileInQuarantine, FileInQuarantine),
    ],
)
def test_who_can_fetch_what(
    office: Office,
    scan: ScanState,
    own: type[Exception] | None,
    others: type[Exception] | None,
    others_by_choice: type[Exception] | None,
) -> None:
    file = office.file(office.store(papers.PDF))
    assert file is not None
    file.scan = scan
    with office.app.app_context():
        owner, officer = office.actor("congdan1"), office.actor("linh.camxuyen")
    for actor, by_choice, refusal in (
        (owner, False, own),
        (officer, False, others),
        (officer, True, others_by_choice),
    ):
        if refusal is None:
            ensure_fetchable(file, actor, unscanned_pass=by_choice)
        else:
            with pytest.raises(refusal):
                ensure_fetchable(file, actor, unscanned_pass=by_choice)


def test_without_the_scanner_nothing_counts_as_clean_and_it_is_tried_on(
    office: Office, clamav: Daemon
) -> None:
    office.app.config["CLAMD"] = "unix:/nowhere/clamd.sock"
    file = office.store(papers.PDF)
    for _ in range(PATIENCE):
        assert office.tick(minutes=15) == 1
    assert state(office, file) is ScanState.UNSCANNED
    with office.app.app_context():
        errand = db.session().query(FileErrand).filter_by(kind=ErrandKind.SCAN).one()
        assert "ScannerAway" in (errand.last_error or "")
    office.app.config["CLAMD"] = clamav.address
    assert office.tick(minutes=15) == 1
    assert state(office, file) is ScanState.CLEAN


def test_a_file_beyond_the_scanners_limits_is_not_clean(office: Office) -> None:
    file = office.store(papers.large_pdf(5 * 1024 * 1024))
    for _ in range(PATIENCE):
        office.tick(minutes=15)
    assert state(office, file) is ScanState.UNSCANNED


def test_a_dead_scan_comes_again_when_its_claim_lapses(office: Office) -> None:
    file = office.store(papers.PDF)
    with office.app.app_context():
        number = db.session().query(FileErrand.id).filter_by(kind=ErrandKind.SCAN).scalar()
        with transaction() as session:
            assert claim_scan(session, number, at=office.at)
            assert not claim_scan(session, number, at=office.at)
    assert office.tick(minutes=5) == 0
    assert office.tick(minutes=6) == 1
    assert state(office, file) is ScanState.CLEAN


def test_a_verdict_is_written_once(office: Office) -> None:
    office.store(papers.PDF)
    office.tick()
    with office.app.app_context(), transaction() as session:
        number = session.query(FileErrand.id).filter_by(kind=ErrandKind.SCAN).scalar()
        assert not settle_scan(session, number, Verdict(threat="late", scanner="x"), at=office.at)


def test_what_is_found_after_submission_is_told_in_the_record(office: Office) -> None:
    file = office.store(SICK)
    story = Story(office.app)
    story.submit(BIRTH, choose={paper_field(office.app): [file]})
    office.tick()
    assert story.events()[-1] == "file_quarantined"
    told = story.entries()[-1].payload
    assert told is not None
    assert (told["threat"], told["handed_in"]) == (THREAT, True)
    with office.app.app_context():
        assert "file-quarantined" in db.session().scalars(select(Notice.kind)).all()
    assert story.replayed().identical
    # The audit notices when somebody lets it out behind the record's back.
    with office.app.app_context(), transaction() as session:
        session.get_one(StoredFile, file).scan = ScanState.CLEAN
    assert "files" in {one.what for one in story.replayed().disagreements}


def test_looking_again_lets_out_what_was_wrongly_held(office: Office, clamav: Daemon) -> None:
    file = office.store(SICK)
    story = Story(office.app)
    story.submit(BIRTH, choose={paper_field(office.app): [file]})
    office.tick()
    assert state(office, file) is ScanState.INFECTED
    clamav.stop()
    clamav.start(knows_virus=False)
    try:
        done = office.app.test_cli_runner().invoke(
            args=["files", "rescan", "--dossier", story.code]
        )
        assert "1 files will be scanned" in done.output
        # Until the scanner has spoken it stays where it is.
        assert state(office, file) is ScanState.INFECTED
        office.tick(minutes=1)
        wrong = office.app.test_cli_runner().invoke(args=["files", "rescan", "--dossier", "H27"])
        assert (wrong.exit_code, "will be scanned" in wrong.output) == (1, False)
    finally:
        clamav.stop()
        clamav.start()
    assert state(office, file) is ScanState.CLEAN
    assert story.events()[-2:] == ["file_quarantined", "file_released"]
    assert story.replayed().identical


def test_a_file_in_quarantine_cannot_be_handed_in(office: Office) -> None:
    file = office.store(SICK)
    office.tick()
    field = paper_field(office.app)
    with pytest.raises(Invalid) as refused:
        Story(office.app).submit(BIRTH, choose={field: [file]})
    assert list(refused.value.errors) == [field]
    assert THREAT in refused.value.errors[field][0]


def test_status_counts_and_says_who_scans(office: Office) -> None:
    office.store(papers.PDF)
    run = office.app.test_cli_runner()
    told = run.invoke(args=["files", "status"]).output
    assert "pending    1" in told
    assert "ClamAV" in told
    office.app.config["CLAMD"] = "none"
    assert "by choice" in run.invoke(args=["files", "status"]).output
