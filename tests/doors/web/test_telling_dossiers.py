"""The officer's page of a dossier: what it waits for, and telling it that it has happened."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.page_client import Reader
from tests.stories.test_events_from_outside import begun, waiting_for_payment
from tests.support.story import Story


@pytest.fixture
def story(app: Flask) -> Story:
    return begun(app, waiting_for_payment())


def test_an_officer_tells_the_dossier_what_has_happened(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("nam.camxuyen")
    page = officer.open(f"/viec/ho-so/{story.code}?lang=en")
    assert "Message: payment_received" in page.text
    assert "Nothing waits for anybody now." not in page.text
    refused = page.form("reason").send(reason=" ", status=422)
    assert "Say what has happened" in refused.text
    told = refused.form("reason").send(
        **{"reason": "Sao kê", "variables.amount": "150", "variables.paid_by": "0912"}
    )
    assert "The dossier knows it now." in told.text
    assert "paid: “payment_received” has arrived" in told.text
    assert "issue" in told.text
    assert "Message: payment_received" not in told.text
    with story.app.app_context():
        assert story.item("issue")


def test_what_was_told_meanwhile_is_a_conflict(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    officer = logged_in("nam.camxuyen")
    page = officer.open(f"/viec/ho-so/{story.code}?lang=en")
    story.wait(days=3)
    story.tick()
    gone = page.form("reason").send(reason="Sao kê", status=409)
    assert "Nothing in this dossier waits for" in gone.text


def test_the_page_of_a_task_leads_to_its_dossier(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Story(app)
    story.submit("thanh-lap-ho-kinh-doanh")
    with app.app_context():
        task = story.item("reception").id
    page = logged_in("linh.camxuyen").open(f"/viec/{task}?lang=en").link(story.code)
    assert page.path == f"/viec/ho-so/{story.code}"
    assert "Waits for something outside" not in page.text
    assert page.link("Tiếp nhận").path == f"/viec/{task}"


def test_others_do_not_see_the_dossier(
    story: Story, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    path = f"/viec/ho-so/{story.code}"
    assert reader.open(path).path == "/dang-nhap"
    logged_in("minh.sngv").open(path, status=404)
    logged_in("congdan1").open(path, status=403)
    auditor = logged_in("kiemtra").open(f"{path}?lang=en")
    assert "Message: payment_received" in auditor.text
    assert "It has happened" not in auditor.text


def test_the_citizen_sees_that_his_dossier_waits(
    story: Story, logged_in: Callable[[str], Reader]
) -> None:
    page = logged_in("congdan1").open(f"/ho-so/{story.code}?lang=en")
    assert "Now: paid Waiting" in page.text
    assert "Next: issue" in page.text
    auditor = logged_in("kiemtra")
    steps = auditor.client.get(f"/kiem-tra/{story.code}/dien-lai.json").json["steps"]
    sent, clock_started, received = [step["open"] for step in steps]
    assert sent == clock_started == ["reception"]
    assert received == ["paid", "never_paid"]
