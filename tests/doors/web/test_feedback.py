"""Feedback and complaints in pages and e-mails, without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.domain.people.queries import person_by_username
from app.foundation import clock
from app.foundation.db import transaction
from tests.doors.web.page_client import Reader
from tests.doors.web.test_following import look_up
from tests.stories.test_rating import Rated
from tests.support.apps import MONDAY
from tests.support.mailbox import Mailbox
from tests.support.story import APPLICANT

TOLD = {
    "concern": "officer",
    "unit": "H27.30",
    "officer": "Hoàng Thùy Linh",
    "subject": "Thái độ <script>",
    "text": "Không hướng dẫn.\nPhải đi lại <b>ba</b> lần.",
}
VISITOR = {"name": "Lê Văn Tám", "email": "tam@example.vn"}


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path) -> Mailbox:
    return Mailbox(app, tmp_path / "mail")


@pytest.fixture(autouse=True)
def _monday() -> object:
    with clock.at(MONDAY):
        yield


def test_a_citizen_complains_and_reads_the_answer(
    logged_in: Callable[[str], Reader], mailbox: Mailbox
) -> None:
    citizen = logged_in("congdan1")
    page = citizen.open("/?lang=en").link("Feedback")
    refused = page.form("concern").send(TOLD | {"text": ""}, status=422)
    assert "Write what has happened." in refused.text
    assert refused.form("concern").held()["subject"] == TOLD["subject"]
    mine = refused.form("concern").send(TOLD)
    assert mine.path == "/phan-anh-cua-toi/PA-241104-0001"
    assert "Arrived" in mine.text
    assert "<b>ba</b>" in mine.text
    received = mailbox.deliver()[0]
    assert (received.to, received.link) == ("mai@example.vn", mine.path)
    assert "Thái độ" not in received.text
    leader = logged_in("oanh.camxuyen")
    assert "1 waits" in leader.open("/viec?lang=en").html
    case = leader.open("/viec/phan-anh?lang=en").link("Thái độ")
    assert "Nguyễn Thị Mai" in case.text
    assert "The record of these acts holds." in case.text
    taken = case.form(action="/viec/phan-anh/PA-241104-0001/xem-xet").send()
    assert "Being looked into" in citizen.open(mine.path).text
    assert "Write the answer" in taken.form("answer").send(answer=" ", status=422).text
    done = taken.form("answer").send(answer="Đã nhắc nhở.\nXin lỗi Ông/Bà.")
    assert "The answer is sent." in done.text
    assert "Send the answer" not in done.text
    assert "Đã nhắc nhở." in citizen.open(mine.path).text
    assert "Lê Thị Oanh" not in citizen.open(mine.path).text
    answered = mailbox.deliver()[0]
    assert "PA-241104-0001" in answered.subject
    assert "Đã nhắc nhở." in answered.text
    assert "Thái độ" in leader.open("/viec/phan-anh?view=answered").text


def test_an_answer_goes_to_the_present_address_and_wakes_nobody(
    app: Flask, logged_in: Callable[[str], Reader], mailbox: Mailbox
) -> None:
    logged_in("congdan1").open("/phan-anh").form("concern").send(TOLD)
    assert mailbox.deliver()[0].to == "mai@example.vn"
    with app.app_context(), transaction() as session:
        person_by_username(session, "congdan1").email = "mai.moi@example.vn"
    with clock.at(MONDAY.replace(hour=15)):  # 22:00 in Viet Nam
        case = logged_in("oanh.camxuyen").open("/viec/phan-anh/PA-241104-0001?lang=en")
        assert "mai.moi@example.vn" in case.text
        case.form("answer").send(answer="Xin lỗi Ông/Bà.")
        assert mailbox.deliver() == []
    with clock.at(MONDAY.replace(hour=23, minute=29)):
        assert mailbox.deliver() == []
    with clock.at(MONDAY.replace(hour=23, minute=30)):
        assert [one.to for one in mailbox.deliver()] == ["mai.moi@example.vn"]


def test_a_visitor_is_answered_by_e_mail(
    reader: Reader, logged_in: Callable[[str], Reader], mailbox: Mailbox
) -> None:
    form = reader.open("/phan-anh?lang=en").form("concern")
    assert "Write the e-mail address in full" in form.send(TOLD | {"name": "A"}, status=422).text
    sent = form.send(TOLD | VISITOR)
    assert sent.path == "/phan-anh/da-gui"
    assert "PA-" in mailbox.deliver()[0].subject
    assert reader.open("/phan-anh-cua-toi/PA-241104-0001").path == "/dang-nhap"
    case = logged_in("oanh.camxuyen").open("/viec/phan-anh/PA-241104-0001")
    case.form("answer").send(answer="Cảm ơn Ông/Bà.")
    letter = mailbox.deliver()[0]
    assert letter.to == "tam@example.vn"
    assert "Cảm ơn Ông/Bà." in letter.text
    assert "/phan-anh-cua-toi/" not in letter.text


def test_whoever_it_is_about_and_strangers_are_told_nothing(
    logged_in: Callable[[str], Reader],
) -> None:
    citizen = logged_in("congdan1")
    sent = citizen.open("/phan-anh").form("concern").send(TOLD | {"officer": "bà Oanh"})
    code = sent.path.rpartition("/")[2]
    meant = logged_in("oanh.camxuyen")
    assert "Thái độ" not in meant.open("/viec/phan-anh?lang=en").text
    assert "1 waits" not in meant.open("/viec?lang=en").html
    for name in ("oanh.camxuyen", "linh.camxuyen", "son.sngv", "congdan2", "kiemtra"):
        other = logged_in(name)
        wanted = 403 if name == "congdan2" else 404
        other.open(f"/viec/phan-anh/{code}", status=wanted)
        for address in (f"/viec/phan-anh/{code}", f"/viec/phan-anh/{code}/xem-xet"):
            data = {"answer": "Không đúng"}
            assert other.client.post(address, data=data).status_code in (400, 403, 404)
        other.open(f"/phan-anh-cua-toi/{code}", status=404)
    logged_in("linh.camxuyen").open("/viec/phan-anh", status=403)
    logged_in("khanh.ubnd").open(f"/viec/phan-anh/{code}")


def test_a_dossier_comes_with_the_link_and_only_ones_own_counts(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    story = Rated(app).received()
    with clock.at(story.at):
        page = logged_in("congdan1").open(f"/ho-so/{story.code}?lang=en")
        form = page.link("Send feedback or a complaint about this dossier").form("concern")
        assert form.held()["dossier"] == story.code
        sent = form.send(subject="Chậm", text="Quá hạn")
        assert story.code in sent.text
        about = TOLD | VISITOR | {"dossier": story.code}
        form = reader.open("/phan-anh?lang=en").form("concern")
        assert "You have no dossier with this code" in form.send(about, status=422).text
        look_up(reader, story.code, APPLICANT["identity_number"])
        assert reader.open("/phan-anh").form("concern").send(about).path == "/phan-anh/da-gui"


def test_nobody_floods_the_leaders(app: Flask, reader: Reader) -> None:
    app.config["FEEDBACK_RATE_LIMIT"] = "2 per hour"
    for _ in range(3):
        reader.open("/phan-anh").form("concern").send(VISITOR, status=422)
    for _ in range(2):
        reader.open("/phan-anh").form("concern").send(TOLD | VISITOR)
    reader.open("/phan-anh").form("concern").send(TOLD | VISITOR, status=429)
