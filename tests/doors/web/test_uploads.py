"""Files in pieces, as the script of a page sends them, and what drafts do with them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.actions.receive_upload import PIECE
from app.domain.documents.model import ScanState, StoredFile
from app.domain.documents.uploads import Upload
from app.foundation.db import db, transaction
from app.foundation.storage import file_store, get_file
from tests.doors.web.applying import begin, fill_in, send
from tests.doors.web.page_client import Page, Reader
from tests.support import papers

FIELD = "paper_identity"
LARGE = papers.large_pdf(PIECE * 2 + 1000)


class Sender:
    """Speaks the script's words."""

    def __init__(self, page: Page) -> None:
        self.client = page.reader.client
        self.draft = page.path.rsplit("/", 1)[1]
        self.token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.html)[1]  # type: ignore[index] # every form has one

    def ask(self, method: str, address: str, **more: Any) -> TestResponse:
        headers = {"X-CSRFToken": self.token} | more.pop("headers", {})
        return self.client.open(address, method=method, headers=headers, **more)

    def begin(self, content: bytes, name: str = "giấy.pdf", **more: Any) -> TestResponse:
        told = {"draft": self.draft, "field": FIELD, "name": name, "size": len(content)} | more
        return self.ask("POST", "/tai-len", data=told)

    def piece(self, address: str, content: bytes, offset: int) -> TestResponse:
        return self.ask(
            "PATCH",
            address,
            data=content[offset : offset + PIECE],
            headers={"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"},
        )

    def whole(self, content: bytes, name: str = "giấy.pdf", **more: Any) -> TestResponse:
        """Everything in a row; the answer to the end of it."""
        begun = self.begin(content, name, **more)
        assert begun.status_code == 201, begun.text
        for offset in range(0, len(content), PIECE):
            assert self.piece(begun.json["url"], content, offset).status_code == 204
        return self.ask("POST", begun.json["url"] + "/xong")


@pytest.fixture
def sender(reader: Reader) -> Sender:
    return Sender(begin(reader))


def test_pieces_make_the_file_that_was_sent(app: Flask, sender: Sender) -> None:
    told = sender.whole(LARGE)
    assert told.status_code == 201
    assert told.json["name"] == "giấy.pdf"
    with app.app_context():
        assert get_file(told.json["id"]) == LARGE
    assert sender.client.get(told.json["url"]).data == LARGE


def test_after_a_break_it_goes_on_where_it_stopped(sender: Sender) -> None:
    address = sender.begin(LARGE).json["url"]
    sender.piece(address, LARGE, 0)
    where = sender.ask("HEAD", address)
    assert (where.status_code, where.headers["Upload-Offset"]) == (200, str(PIECE))
    # What was under way when the line broke comes a second time, or too early.
    for offset in (0, PIECE * 2):
        again = sender.piece(address, LARGE, offset)
        assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(PIECE))
    early = sender.ask("POST", address + "/xong")
    assert (early.status_code, early.headers["Upload-Offset"]) == (409, str(PIECE))
    for offset in (PIECE, PIECE * 2):
        assert sender.piece(address, LARGE, offset).status_code == 204
    first = sender.ask("POST", address + "/xong")
    # The answer was lost: the same file again.
    assert sender.ask("POST", address + "/xong").json["id"] == first.json["id"]


def test_a_draft_remembers_what_was_uploaded_before_it_was_saved(reader: Reader) -> None:
    page = begin(reader)
    told = Sender(page).whole(papers.PDF).json
    again = reader.open(page.path)
    assert f'value="{told["id"]}"' in again.html
    assert "giấy.pdf" in again.text


def test_a_file_taken_away_is_removed_with_its_bytes(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    sender = Sender(page)
    first, second = sender.whole(papers.PDF).json, sender.whole(papers.pdf("b")).json
    reader.open(page.path).form("owner_name").send(
        {f"{FIELD}-remove": [first["id"]]}, button=("action", "save")
    )
    assert sender.ask("DELETE", second["url"]).status_code == 204
    with app.app_context():
        assert db.session().query(StoredFile).count() == 0
        assert [one for batch in file_store().list() for one in batch] == []


def test_the_same_content_twice_is_told(sender: Sender, reader: Reader) -> None:
    sender.whole(papers.PDF, "một.pdf")
    told = sender.whole(papers.PDF, "hai.pdf").json
    assert "một.pdf" in told["twin"]


def test_a_picture_is_shown_small_and_without_scripts(sender: Sender) -> None:
    told = sender.whole(papers.picture(size=(900, 600), camera="x"), "ảnh.jpg").json
    seen = sender.client.get(told["preview"])
    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert len(seen.data) < 10_000
    assert "sandbox" in seen.headers["Content-Security-Policy"]
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in seen.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (papers.HTML, "trang web"),
        (papers.pdf_with_script(), "mã lệnh"),
        (papers.pdf_with_password(), "mật khẩu"),
        (papers.OLD_WORD, "Office cũ"),
        (papers.docx_with_macros(), "JPG"),
    ],
)
def test_a_refusal_is_told_in_the_readers_words_and_leaves_nothing(
    app: Flask, sender: Sender, content: bytes, words: str
) -> None:
    told = sender.whole(content, "../../\u202efdp.exe")
    assert told.status_code == 422
    assert words in told.json["message"]
    assert "\u202e" not in told.json["message"]
    assert "/" not in told.json["message"].split("”")[0]
    with app.app_context():
        assert db.session().query(Upload).count() == 0
        assert [one for batch in file_store().list() for one in batch] == []


def test_what_is_too_large_or_too_much_is_refused_before_it_is_sent(
    app: Flask, sender: Sender
) -> None:
    app.config |= {"MAX_FILE_SIZE": 3_000_000, "MAX_DRAFT_FILES": 2, "MAX_DRAFT_BYTES": 4_000_000}
    assert sender.begin(b"", size=3_000_001).status_code == 422
    assert sender.begin(b"", size=0).status_code == 422
    assert sender.begin(b"", size=2_500_000).status_code == 201
    assert sender.begin(b"", size=2_500_000).status_code == 422
    assert sender.whole(papers.PDF).status_code == 201
    assert sender.begin(papers.PDF).status_code == 422


def test_a_form_post_has_the_same_limits(app: Flask, reader: Reader) -> None:
    app.config["MAX_DRAFT_FILES"] = 1
    form = begin(reader).form("owner_name")
    form = form.send({FIELD: ("a.pdf", papers.PDF)}, button=("action", "save")).form("owner_name")
    form.send({FIELD: ("b.pdf", papers.pdf("b"))}, button=("action", "save"), status=422)
    with app.app_context():
        assert [file.name for file in db.session().query(StoredFile)] == ["a.pdf"]


def test_one_address_cannot_begin_uploads_without_end(app: Flask, sender: Sender) -> None:
    app.config["UPLOAD_RATE_LIMIT"] = "3 per hour"
    answers = [sender.begin(papers.PDF).status_code for _ in range(5)]
    assert answers == [201, 201, 201, 429, 429]


def test_an_upload_is_its_owners_alone(
    sender: Sender, logged_in: Callable[[str], Reader], app: Flask
) -> None:
    address = sender.begin(LARGE).json["url"]
    stranger = Sender(begin(logged_in("congdan2")))
    assert stranger.piece(address, LARGE, 0).status_code == 404
    assert stranger.ask("DELETE", address).status_code == 404
    assert stranger.begin(LARGE, draft=sender.draft).status_code == 404
    told = sender.whole(papers.PDF).json
    assert stranger.client.get(told["url"]).status_code == 404
    assert stranger.ask("DELETE", told["url"]).status_code == 404


def test_questions_the_form_does_not_have_take_no_files(sender: Sender) -> None:
    assert sender.begin(papers.PDF, field="owner_name").status_code == 404


def test_a_cancelled_upload_is_gone(app: Flask, sender: Sender) -> None:
    address = sender.begin(LARGE).json["url"]
    sender.piece(address, LARGE, 0)
    assert sender.ask("DELETE", address).status_code == 204
    assert sender.ask("HEAD", address).status_code == 404
    with app.app_context():
        assert [one for batch in file_store().list() for one in batch] == []


def test_part_of_a_file_can_be_fetched(sender: Sender) -> None:
    address = sender.whole(LARGE).json["url"]
    part = sender.client.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, LARGE[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(LARGE)}"
    beyond = sender.client.get(address, headers={"Range": f"bytes={len(LARGE)}-"})
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(LARGE)}"
    several = sender.client.get(address, headers={"Range": "bytes=0-9,20-29"})
    assert (several.status_code, several.data) == (200, LARGE)


def test_headers_of_a_download_let_nothing_run(sender: Sender) -> None:
    got = sender.client.get(sender.whole(papers.PDF, 'giấy "1".pdf').json["url"])
    assert got.headers["Content-Disposition"].startswith('attachment; filename="gi_y _1_.pdf";')
    assert "filename*=UTF-8''gi%E1%BA%A5y%20_1_.pdf" in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Cache-Control"] == "private, no-store"


def test_the_receipt_shows_the_hash_of_each_paper(app: Flask, reader: Reader) -> None:
    code = send(fill_in(app, begin(reader)))
    page = reader.open(f"/ho-so/{code}/da-gui")
    with app.app_context():
        for file in db.session().query(StoredFile).all():
            assert file.sha256.hex() in page.text


def test_what_is_in_quarantine_is_told_and_cannot_be_sent_or_fetched(
    app: Flask, reader: Reader
) -> None:
    page = begin(reader)
    told = Sender(page).whole(papers.PDF).json
    with app.app_context(), transaction() as session:
        file = session.get_one(StoredFile, told["id"])
        file.scan, file.threat = ScanState.INFECTED, "Win.Test"
    assert reader.client.get(told["url"]).status_code == 403
    assert "Win.Test" in reader.open(page.path).text
    check = page.form("owner_name").send(button=("action", "check"), status=422)
    assert "Win.Test" in check.text
