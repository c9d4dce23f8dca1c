"""Somebody comes to the counter, and an officer types for him."""

from collections.abc import Callable

from flask import Flask

from tests.doors.web.answers import answers
from tests.doors.web.applying import BUSINESS, applied, begin
from tests.doors.web.page_client import Reader

STEP = "Tiếp nhận và kiểm tra hồ sơ"


def test_an_officer_hands_in_for_a_citizen_and_answers_for_him(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("linh.camxuyen")
    assert begin(officer).form("owner_name").held()["owner_name"] == ""
    code = applied(app, officer)
    status = officer.open(f"/ho-so/{code}?lang=en")
    assert "Handed in at the counter" in status.text
    assert "Typed in at the counter by" in officer.open(f"/viec/ho-so/{code}").text
    form = officer.open("/viec").link(STEP).form("task_key")
    told = {
        "reception_decision": "supplement",
        "supplement_items": ["paper_identity"],
        "supplement_reason": "Ảnh chụp bị mờ",
    }
    form.send(answers(app, BUSINESS, "reception", form, **told))
    task = officer.open(f"/ho-so/{code}").link("See what is missing")
    assert task.path.startswith("/viec/")
    form = task.form("task_key")
    form.send(answers(app, BUSINESS, "supplement", form))
    history = officer.open(f"/ho-so/{code}").text
    assert "done at the counter for the applicant" in history
    assert STEP in officer.open("/viec").text


def test_the_citizen_can_follow_what_was_handed_in_at_the_counter(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    code = applied(app, logged_in("linh.camxuyen"))
    form = reader.open("/tra-cuu").form("identity")
    assert form.send(code=code, identity="042000000009").path == f"/ho-so/{code}"


def test_an_officer_who_knows_the_number_does_not_become_the_applicant(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    code = applied(app, reader)
    stranger = logged_in("quyen.cambinh")
    form = stranger.open("/tra-cuu").form("identity")
    page = form.send(code=code, identity="042000000009", status=403)
    assert code not in stranger.open("/").html
    assert "đơn vị của Ông/Bà" in page.text
    stranger.open(f"/ho-so/{code}", status=404)
