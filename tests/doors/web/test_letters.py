"""Letters of apology on the desk and at home, without a script."""

from collections.abc import Callable

from flask import Flask

from app.foundation import clock
from tests.doors.web.menu import marked
from tests.doors.web.page_client import Reader
from tests.stories.test_apologies import Letters


def test_a_leader_sends_a_letter_and_the_applicant_reads_it(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    with clock.at(story.at):
        leader = logged_in("oanh.camxuyen")
        page = leader.open("/viec/xin-loi?lang=en").link(story.code)
        assert "took 16 working hours (2 working days) instead of 12 working hours" in page.text
        again = page.form("reason").send(document="", due_at="2024-11-08T17:30", status=422)
        sent = again.form("reason").send(document="12/PXL")
        assert "The letter is sent" in sent.text
        assert logged_in("congdan2").open(f"/ho-so/{story.code}/xin-loi", status=404)
        applicant = logged_in("congdan1")
        status = applicant.open(f"/ho-so/{story.code}?lang=en")
        assert "The office apologises" in status.text
        letter = status.link("Read and print the letter")
        assert "17:30 on 08/11/2024" in letter.text
        assert "Lê Thị Oanh" in letter.text


def test_an_officer_changes_the_draft_and_leaves_the_decision(
    app: Flask, logged_in: Callable[[str], Reader]
) -> None:
    story = Letters(app).received()
    story.on("06/11 09:00").tick()
    with clock.at(story.at):
        officer = logged_in("nam.camxuyen")
        page = officer.open(f"/viec/ho-so/{story.code}/xin-loi?lang=en")
        assert "Approve and send" not in page.text
        assert marked(page) == "Work inbox", "its own room is not open to an officer"
        again = page.form("reason").send(reason="", due_at="2024-11-08T16:00", status=422)
        changed = again.form("reason").send(reason="Chờ ý kiến của Sở Tư pháp")
        assert "The draft is changed" in changed.text
        leader = logged_in("oanh.camxuyen").open(f"/viec/ho-so/{story.code}/xin-loi?lang=en")
        assert "Chờ ý kiến của Sở Tư pháp" in leader.text
        assert marked(leader) == "Letters of apology"
        rejected = leader.form("rejection").send(rejection="Chưa đủ căn cứ")
        assert "rejected: Chưa đủ căn cứ" in rejected.text
        assert rejected.text.count("Chưa đủ căn cứ") == 1, "it is no reason towards the citizen"
