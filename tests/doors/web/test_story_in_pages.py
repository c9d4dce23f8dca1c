"""A household business is registered, in HTML, from the visitor's click to the result."""

from collections.abc import Callable

from flask import Flask

from app.actions.perform_services import DUE_MESSAGES, perform_service
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from tests.doors.web.answers import answers
from tests.doors.web.applying import BUSINESS, applied
from tests.doors.web.page_client import Page, Reader

WAY = (
    ("linh.camxuyen", "Tiếp nhận và kiểm tra hồ sơ", "reception"),
    ("nam.camxuyen", "Thẩm định hồ sơ, dự thảo kết quả", "appraisal"),
    ("oanh.camxuyen", "Xem xét, ký Giấy chứng nhận", "approval"),
    ("phuc.camxuyen", "Vào sổ, đóng dấu, chuyển kết quả", "stamping"),
    ("linh.camxuyen", "Trả kết quả", "return_result"),
)


def work(app: Flask, officer: Reader, step: str, form_name: str, **choose: object) -> Page:
    """Find the step in the inbox, answer its form, complete it."""
    task = officer.open("/viec").link(step)
    form = task.form("task_key")
    done = form.send(answers(app, BUSINESS, form_name, form, **choose))
    assert done.path == "/viec"
    assert step in done.text
    return done


def run_services(app: Flask) -> None:
    """What the scheduler does a second later."""
    with app.app_context():
        for message in DUE_MESSAGES.due(db.session(), now()):
            with transaction() as session:
                perform_service(session, message.row, at=now())


def test_a_visitor_gets_a_certificate(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    code = applied(app, reader)
    for officer, step, form in WAY:
        work(app, logged_in(officer), step, form)
        run_services(app)
    status = reader.open(f"/ho-so/{code}?lang=en")
    assert "Result returned" in status.text
    assert "Your result is ready" in status.text
    link = next(
        one for one in status.root.iter("a") if "result_copy.pdf" in "".join(one.itertext())
    )
    assert reader.client.get(link.get("href", "")).status_code == 200
    auditor = logged_in("kiemtra")
    record = auditor.open(f"/kiem-tra/{code}?lang=en")
    verdict = record.form(action=f"/kiem-tra/{code}/kiem-chung").send()
    assert "does not hold" not in verdict.text
    assert "Replay: holds" in verdict.text


def test_the_stamping_clerk_sees_the_number_the_system_gave(
    app: Flask, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    applied(app, reader)
    for officer, step, form in WAY[:3]:
        work(app, logged_in(officer), step, form)
    run_services(app)
    task = logged_in("phuc.camxuyen").open("/viec").link(WAY[3][1])
    assert f"00001/{local_date(now()).year}" in task.text


def test_the_applicant_is_asked_once_and_answers(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    reader = logged_in("congdan1")
    code = applied(app, reader)
    officer = logged_in("linh.camxuyen")
    asked = {
        "reception_decision": "supplement",
        "supplement_items": ["paper_identity"],
        "supplement_reason": "Ảnh chụp bị mờ",
    }
    work(app, officer, WAY[0][1], "reception", **asked)
    status = reader.open(f"/ho-so/{code}?lang=en")
    assert "Supplement requested" in status.text
    page = status.link("See what is missing")
    assert "Ảnh chụp bị mờ" in page.text
    assert "paper_identity.pdf" not in page.text
    form = page.form("task_key")
    back = form.send(answers(app, BUSINESS, "supplement", form))
    assert back.path == f"/ho-so/{code}"
    assert "Waiting for reception" in back.text
    task = officer.open("/viec").link(WAY[0][1])
    form = task.form("task_key")
    refused = form.send(answers(app, BUSINESS, "reception", form, **asked), status=422)
    assert "only one request" in refused.text or "một lần" in refused.text
