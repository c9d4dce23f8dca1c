"""Anybody may check a result; nobody learns whose it is."""

from collections.abc import Callable
from hashlib import sha256

from flask import Flask
from sqlalchemy import update

from app.domain.documents.model import StoredFile
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.foundation.db import db, transaction
from tests.doors.web.applying import applied
from tests.doors.web.page_client import PDF, Reader


def _issued(app: Flask, code: str) -> tuple[str, str]:
    """Make the first paper of a dossier its result; gives its number and fingerprint."""
    with app.app_context(), transaction() as session:
        dossier = session.query(Dossier).filter_by(code=code).one()
        file = session.query(StoredFile).filter_by(dossier_id=dossier.id).first()
        assert file is not None
        session.execute(
            update(Dossier).where(Dossier.code == code).values(status=Status.RETURNED_RESULT)
        )
        file.is_result = True
        return file.id, file.sha256.hex()


def test_a_result_is_checked_by_its_file_or_fingerprint(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    mine = logged_in("congdan1")
    code = applied(app, mine)
    number, fingerprint = _issued(app, code)
    page = reader.open(f"/xac-minh/{number}")
    assert "UBND" in page.text
    assert "Nguyễn Thị Mai" not in page.text
    assert code not in page.text
    assert "nguyên gốc" in page.form("sha256").send(sha256=fingerprint.upper()).text
    other = page.form("sha256").send(sha256=sha256(b"other").hexdigest())
    assert "không phải" in other.text
    assert "không phải" in page.form("sha256").send(file=("gia-mao.pdf", PDF + b"x")).text
    page.form("sha256").send(sha256="nonsense", status=422)
    assert f"/xac-minh/{number}" in mine.open(f"/ho-so/{code}").html


def test_what_is_no_result_is_not_told_apart_from_what_does_not_exist(
    app: Flask, reader: Reader
) -> None:
    code = applied(app, reader)
    with app.app_context():
        paper = db.session().query(StoredFile).filter(StoredFile.dossier_id.is_not(None)).first()
        assert paper is not None
        number = paper.id
    texts = {reader.open(f"/xac-minh/{one}", status=422).text for one in (number, "0" * 32, code)}
    assert len(texts) == 1
