"""In pages: what was given back to a visitor is sent again as a new dossier."""

from collections.abc import Callable

from flask import Flask

from tests.doors.web.answers import answers
from tests.doors.web.applying import APPLICANT, BUSINESS, applied, send
from tests.doors.web.page_client import Page, Reader
from tests.doors.web.test_following import look_up
from tests.doors.web.test_story_in_pages import WAY, work

REASON, REMARK = "Ảnh chụp bị mờ", "Chụp lại cả hai mặt"
ASKED = {
    "reception_decision": "supplement",
    "supplement_items": ["paper_identity"],
    "supplement_reason": REASON,
}


def given_back(app: Flask, reader: Reader, officer: Reader) -> str:
    """A visitor's dossier for which the reception wants more; returns its code."""
    code = applied(app, reader)
    task = officer.open("/viec").link(WAY[0][1])
    assert "không dùng tài khoản" in task.text
    form = task.form("task_key")
    form.send(answers(app, BUSINESS, "reception", form, **ASKED))
    return code


def again(page: Page) -> Page:
    """Press “send again as a new dossier”."""
    return page.form(action=f"{page.path}/nop-lai").send()


def test_nothing_has_to_be_typed_again(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    old = given_back(app, reader, officer)
    status = reader.open(f"/ho-so/{old}?lang=en")
    assert "Send again as a new dossier" in status.text
    assert REASON in status.text
    draft = again(status)
    assert draft.path.startswith("/ho-so-nhap/")
    assert "What the office asks for" in draft.text
    assert REASON in draft.text
    assert APPLICANT["owner_name"] in draft.html
    assert "paper_identity.pdf" in draft.text
    assert again(reader.open(f"/ho-so/{old}")).path == draft.path, "a second press"
    check = draft.form("owner_name").send(button=("action", "check"))
    new = send(check)
    assert new != old
    page = reader.open(f"/ho-so/{new}")
    assert old in page.text
    assert new in reader.open(f"/ho-so/{old}").text
    assert reader.open(f"/ho-so-nhap/{draft.path.rsplit('/', 1)[1]}").path.endswith("/da-gui")


def test_a_second_try_leads_to_the_one_that_was_sent(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    old = given_back(app, reader, logged_in("linh.camxuyen"))
    before = reader.open(f"/ho-so/{old}")
    draft = again(before)
    new = send(draft.form("owner_name").send(button=("action", "check")))
    assert again(before).path == f"/ho-so/{new}"


def test_officers_and_auditors_go_from_one_to_the_other(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    officer, auditor = logged_in("linh.camxuyen"), logged_in("kiemtra")
    old = given_back(app, reader, officer)
    draft = again(reader.open(f"/ho-so/{old}"))
    new = send(draft.form("owner_name").send(button=("action", "check")))
    for room, desk in (("viec/ho-so", officer), ("kiem-tra", auditor)):
        there = desk.open(f"/{room}/{old}").link(new)
        assert there.path == f"/{room}/{new}"
        assert there.link(old).path == f"/{room}/{old}"
    for code in (old, new):
        record = auditor.open(f"/kiem-tra/{code}?lang=en")
        verdict = record.form(action=f"/kiem-tra/{code}/kiem-chung").send()
        assert "does not hold" not in verdict.text
    work(app, officer, WAY[0][1], "reception")


def test_nobody_without_proof_begins_it(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    old = given_back(app, reader, logged_in("linh.camxuyen"))
    stranger = logged_in("congdan2")
    token = stranger.open("/").form(action="/dang-xuat").held()["csrf_token"]
    refused = stranger.client.post(f"/ho-so/{old}/nop-lai", data={"csrf_token": token})
    assert refused.status_code == 404
    assert f"/ho-so/{old}/nop-lai" not in logged_in("linh.camxuyen").open(f"/ho-so/{old}").html


def test_closing_the_dossier_closes_what_was_begun_in_its_place(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    old = given_back(app, reader, logged_in("linh.camxuyen"))
    draft = again(reader.open(f"/ho-so/{old}"))
    reader.open(f"/ho-so/{old}").form(action=f"/ho-so/{old}/dong").send()
    assert reader.open(draft.path).path == "/dang-nhap"
    assert look_up(reader, old, APPLICANT["owner_identity"]) == f"/ho-so/{old}"
    assert again(reader.open(f"/ho-so/{old}")).path == draft.path
