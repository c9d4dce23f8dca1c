"""Letters of apology on the desk and at home, without a script."""

from collections.abc import Callable

from flask import Flask

from app.foundation import clock
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
