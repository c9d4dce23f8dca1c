"""The printed slips of a dossier, from sending to apology."""

import re
from collections.abc import Callable
from io import BytesIO

from flask import Flask
from pypdf import PdfReader

from app.foundation import clock
from tests.doors.web.applying import APPLICANT, applied
from tests.doors.web.page_client import Reader
from tests.stories.test_apologies import Letters
from tests.support.story import Story


def sheet(reader: Reader, address: str) -> str:
    """The words of a slip."""
    answer = reader.client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def addresses(reader: Reader, code: str) -> list[str]:
    """Where the status page of a dossier leads for its slips, the newest first."""
    page = reader.open(f"/ho-so/{code}")
    found = [link.get("href", "") for link in page.root.iter("a")]
    return [address for address in found if "/phieu/" in address]


def test_whoever_sends_gets_a_proof_with_the_papers(app: Flask, reader: Reader) -> None:
    code = applied(app, reader)
    page = reader.open(f"/ho-so/{code}/da-gui")
    address = next(a.get("href", "") for a in page.root.iter("a") if "/phieu/" in a.get("href", ""))
    text = sheet(reader, address)
    assert code in text
    assert APPLICANT["owner_name"] in text
    assert "GIẤY XÁC NHẬN ĐÃ NỘP HỒ SƠ" in text
    assert "Dấu nhận dạng" in text
    assert "Không phải giấy tiếp nhận" in text
    assert re.search(r"chậm nhất .*\d\d:\d\d ngày", text)
    assert reader.client.get(address).data == reader.client.get(address).data


def test_receipt_and_refusal_say_what_the_record_says(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    code = story.submit("thanh-lap-ho-kinh-doanh")
    story.complete("reception", "linh.camxuyen", reception_decision="accept")
    mine = logged_in("congdan1")
    receipt, proof = addresses(mine, code)
    text = sheet(mine, receipt)
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "Mẫu số 01" in text
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in text
    assert "24 giờ làm việc" in text or "3 ngày làm việc" in text
    assert "17:30" in text or "ngày 07/11/2024" in text
    assert proof.endswith("/1.pdf")
    other = Story(app)
    refused = other.submit("thanh-lap-ho-kinh-doanh", key="other")
    other.complete(
        "reception",
        "linh.camxuyen",
        reception_decision="refuse",
        refusal_reason="Không thuộc thẩm quyền.",
        competent_agency="UBND xã Cẩm Bình",
        reception_note="Người nộp hay khiếu nại.",
    )
    letter = sheet(mine, addresses(mine, refused)[0])
    assert "Mẫu số 03" in letter
    assert "Không thuộc thẩm quyền." in letter
    assert "UBND xã Cẩm Bình" in letter
    assert "hay khiếu nại" not in letter


def test_the_request_for_a_supplement_is_the_only_one(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    code = story.submit("thanh-lap-ho-kinh-doanh")
    story.complete(
        "reception",
        "linh.camxuyen",
        reception_decision="supplement",
        supplement_reason="Thiếu bản sao hợp đồng thuê.",
        reception_note="Người nộp hay khiếu nại.",
    )
    mine = logged_in("congdan1")
    text = sheet(mine, addresses(mine, code)[0])
    assert "Mẫu số 02" in text
    assert "Thiếu bản sao hợp đồng thuê." in text
    assert "yêu cầu duy nhất" in text
    assert "hay khiếu nại" not in text


def test_the_apology_is_printed_with_both_dates(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    with clock.at(story.at):
        page = logged_in("oanh.camxuyen").open("/viec/xin-loi?lang=en").link(story.code)
        page.form("reason").send(document="12/PXL")
        mine = logged_in("congdan1")
        text = sheet(mine, addresses(mine, story.code)[0])
    assert "Mẫu số 04" in text
    assert "12/PXL" in text
    assert "08/11/2024" in text


def test_nobody_else_gets_a_slip(app: Flask, logged_in: Callable[[str], Reader]) -> None:
    story = Story(app)
    code = story.submit("thanh-lap-ho-kinh-doanh")
    address = f"/ho-so/{code}/phieu/1.pdf"
    assert logged_in("congdan2").client.get(address).status_code == 404
    assert logged_in("quyen.cambinh").client.get(address).status_code == 404
    assert Reader(app.test_client()).client.get(address).status_code in (302, 303)
    for seq in (2, 99_999):
        assert logged_in("congdan1").client.get(f"/ho-so/{code}/phieu/{seq}.pdf").status_code == 404
    assert logged_in("linh.camxuyen").client.get(address).status_code == 200
    assert logged_in("kiemtra").client.get(address).status_code == 200
