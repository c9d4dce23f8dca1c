"""A dossier handed in for somebody else: from the page to record, slips, letters and folders."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.accounts.model import Proof
from app.domain.accounts.queries import account_of
from app.domain.documents.model import StoredFile
from app.domain.dossiers.authorisation import PAPER, Basis
from app.domain.dossiers.model import Dossier, Draft
from app.domain.journal.queries import entries_of
from app.domain.people.queries import person_by_username
from app.foundation.db import db, transaction
from app.queries.evidence import agreement
from tests.doors.web.answers import answers
from tests.doors.web.applying import APPLICANT, BUSINESS, begin, send
from tests.doors.web.page_client import PDF, Page, Reader
from tests.doors.web.test_slips import addresses, sheet

#: The account `congdan2` is this person's.
DUNG = {
    "represented_kind": "CITIZEN",
    "represented_name": "Trần Văn Dũng",
    "represented_identity": "042000000002",
    "represented_birth_date": "7/8/1979",
    "represented_email": "dung.rieng@example.vn",
}
RIGHT = {
    "on_behalf": "yes",
    "basis": "POWER_OF_ATTORNEY",
    "basis_number": "12/UQ",
    "basis_date": "31/10/2024",
}
LogIn = Callable[[str], Reader]


def _filled(app: Flask, page: Page) -> dict[str, object]:
    form = page.form("owner_name")
    return APPLICANT | answers(app, BUSINESS, "application", form) | DUNG | RIGHT


def _checked(app: Flask, page: Page, status: int = 200, **told: object) -> Page:
    given = _filled(app, page) | {PAPER: ("ủy quyền.pdf", PDF)} | told
    return page.form("owner_name").send(given, button=("action", "check"), status=status)


def _stored(code: str) -> Dossier:
    return db.session().scalars(select(Dossier).where(Dossier.code == code)).one()


def test_the_one_it_is_handed_in_for_is_the_owner(app: Flask, reader: Reader) -> None:
    check = _checked(app, begin(reader))
    for words in ("Trần Văn Dũng", "07/08/1979", "Lê Thị Thanh", "số 12/UQ ngày 31/10/2024"):
        assert words in check.text
    assert "ủy quyền.pdf" in check.text
    code = send(check)
    with app.app_context():
        dossier = _stored(code)
        assert (dossier.owner_name, dossier.submitter_name) == ("Trần Văn Dũng", "Lê Thị Thanh")
        assert dossier.authorisation is Basis.POWER_OF_ATTORNEY
        assert dossier.submitter_identity == APPLICANT["owner_identity"]
        told = entries_of(db.session(), dossier.id)[0].payload or {}
        assert told["authorisation"]["document_date"] == "2024-10-31"
        assert told["applicant"]["birth_date"] == "1979-08-07"
        assert PAPER in [file["field"] for file in told["files"]]
        paper = db.session().scalars(select(StoredFile).where(StoredFile.field_key == PAPER)).one()
        assert paper.dossier_id == dossier.id


def test_confirmation_status_and_slip_name_both(app: Flask, reader: Reader) -> None:
    code = send(_checked(app, begin(reader)))
    slip = sheet(reader, addresses(reader, code)[-1])
    pages = [reader.open(f"/ho-so/{code}{rest}").text for rest in ("/da-gui", "")]
    for text in (*pages, slip):
        assert "Trần Văn Dũng" in text
        assert "Lê Thị Thanh" in text
        assert "Giấy ủy quyền, văn bản số 12/UQ ngày 31/10/2024" in text
    assert APPLICANT["owner_identity"] in slip
    # Whoever may only follow the dossier learns no number of whoever acts in it.
    assert APPLICANT["owner_identity"] not in pages[1]


def test_officers_see_who_acts_and_by_what_right(
    app: Flask, reader: Reader, logged_in: LogIn
) -> None:
    code = send(_checked(app, begin(reader)))
    officer = logged_in("linh.camxuyen").open(f"/viec/ho-so/{code}").text
    assert "Số giấy tờ của người nộp" in officer
    assert APPLICANT["owner_identity"] in officer
    assert "Văn bản ủy quyền" in reader.open(f"/ho-so/{code}").text
    auditor = logged_in("kiemtra").open(f"/kiem-tra/{code}").text
    assert "Giấy ủy quyền, văn bản số 12/UQ" in auditor
    assert "Lê Thị Thanh nộp thay cho Trần Văn Dũng" in auditor


def test_a_right_without_its_document_is_refused_at_the_file(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    given = _filled(app, page) | {"basis_date": ""}
    again = page.form("owner_name").send(given, button=("action", "check"), status=422)
    assert 'id="field-authorisation_document-error"' in again.html
    assert 'id="basis_date-error"' in again.html
    assert again.form("owner_name").held()["represented_name"] == "Trần Văn Dũng"


def test_a_file_that_came_with_wrong_answers_stays(app: Flask, reader: Reader) -> None:
    wrong = _checked(app, begin(reader), 422, represented_name="")
    assert 'id="represented_name-error"' in wrong.html
    assert "ủy quyền.pdf" in wrong.text
    right = wrong.form("owner_name").send(
        represented_name="Trần Văn Dũng", button=("action", "check")
    )
    assert right.path.endswith("/kiem-tra")


def test_parents_need_no_document(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    child = {"represented_birth_date": "1/9/2015", "basis": "PARENT", "basis_date": ""}
    given = _filled(app, page) | child
    code = send(page.form("owner_name").send(given, button=("action", "check")))
    with app.app_context():
        assert _stored(code).authorisation is Basis.PARENT


def test_without_the_box_nothing_is_asked_or_kept_of_another(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    given = _filled(app, page)
    del given["on_behalf"]
    code = send(page.form("owner_name").send(given, button=("action", "check")))
    with app.app_context():
        dossier = _stored(code)
        assert dossier.owner_name == APPLICANT["owner_name"]
        assert dossier.authorisation is None
        assert dossier.submitter_identity is None


def test_the_record_bears_out_every_column(app: Flask, reader: Reader) -> None:
    code = send(_checked(app, begin(reader)))
    with app.app_context():
        session = db.session()
        dossier = _stored(code)
        entries = entries_of(session, dossier.id)
        assert agreement(session, dossier, entries) == ()
        for column in ("submitter_identity", "authorisation_number"):
            setattr(dossier, column, "forged")
        dossier.authorisation = Basis.PARENT
        with session.no_autoflush:
            found = {one.detail for one in agreement(session, dossier, entries)}
        assert {"submitter_identity", "authorisation_number", "authorisation"} <= found
        session.rollback()


@pytest.mark.parametrize("proof", [Proof.EID, Proof.COUNTER, None])
def test_only_who_has_proved_the_number_finds_the_dossier(
    app: Flask, reader: Reader, logged_in: LogIn, proof: Proof | None
) -> None:
    code = send(_checked(app, begin(reader)))
    with app.app_context(), transaction() as session:
        account_of(session, person_by_username(session, "congdan2").id).proof = proof
    represented = logged_in("congdan2")
    mine = represented.open("/ho-so-cua-toi").text
    assert (code in mine) is (proof is not None)
    page = represented.open(f"/ho-so/{code}", status=200 if proof else 404)
    if proof:
        assert "do người khác nộp thay" in page.text
        assert "Lê Thị Thanh" in mine
        assert code in represented.open("/ho-so-cua-toi?q=dung").text
    assert code not in logged_in("congdan1").open("/ho-so-cua-toi").text


def test_a_draft_from_before_tells_the_owner_first(app: Flask, logged_in: LogIn) -> None:
    citizen = logged_in("congdan1")
    page = begin(citizen)
    old = {"name": "Trần Văn Dũng", "identity_number": "042000000002", "on_behalf": True}
    with app.app_context(), transaction() as session:
        draft = session.get_one(Draft, page.path.rsplit("/", 1)[-1])
        draft.applicant = {**old, "submitter": "Nguyễn Thị Mai"}
    held = citizen.open(page.path).form("owner_name").held()
    assert held["owner_name"] == "Nguyễn Thị Mai"
    assert held["represented_name"] == "Trần Văn Dũng"
