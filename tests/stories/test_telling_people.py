"""From submission to result, people read in their mailboxes what happens and what comes next."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import Update, update

from app.domain.notices.kinds import KINDS, Audience
from app.domain.notices.model import NoticeState, Party, Suppressed
from app.domain.people.model import Membership, Person
from app.domain.procedures.fees import PayWhen
from app.foundation.db import transaction
from tests.support.fakes.mail_server import MailServer, mail_server
from tests.support.payments import publish_fee
from tests.support.post import Pigeons, deliver, notices, office_with
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
MAI = "mai@example.vn"
RECEPTION, SPECIALIST = "linh.camxuyen", "nam.camxuyen"
LEADER, CLERK = "oanh.camxuyen", "phuc.camxuyen"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as started:
        yield started


class Post(Story):
    """The story with a mail server; every act is told before the next one."""

    def __init__(self, app: Flask, server: MailServer) -> None:
        super().__init__(app)
        self.server, self.office = server, office_with(app, server)

    def post(self, *, hours: float = 1.2) -> list[str]:
        """Send what is due, and say the subjects of what came; then time passes."""
        before = len(self.server.mails)
        deliver(self.app, self.office, self.at)
        self.wait(hours=hours)
        return [str(mail["Subject"]) for mail in self.server.mails[before:]]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_citizen_follows_her_dossier_by_e_mail(any_app: Flask, server: MailServer) -> None:
    story = Post(any_app, server)
    code = story.submit(P6)
    assert story.post() == [f"Đã nhận được hồ sơ {code}"]
    story.complete("reception", RECEPTION, reception_decision="supplement")
    assert story.post() == [f"Hồ sơ {code} cần được bổ sung"]
    asked = text_of(server.mails[-1])
    assert "Nội dung cần bổ sung:" in asked
    assert f"/ho-so/{code}" in asked
    story.complete("supplement", "congdan1")
    assert story.post() == [f"Đã nhận phần bổ sung của hồ sơ {code}"]
    story.complete("reception", RECEPTION)
    assert story.post() == [f"Hồ sơ {code} đã được tiếp nhận"]
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    assert story.post() == [], "work inside the office is nothing to write about"
    story.tick()
    story.complete("stamping", CLERK)
    assert story.post() == [f"Hồ sơ {code} đã có kết quả"]
    story.complete("return_result", RECEPTION)
    assert story.post() == [f"Hồ sơ {code} đã được trả kết quả"]
    assert {mail["To"] for mail in server.mails} == {MAI}
    assert all(f"Mã hồ sơ: {code}" in text_of(mail) for mail in server.mails)
    assert story.replayed().identical


def test_what_follows_within_the_hour_waits_and_comes_as_one(
    any_app: Flask, server: MailServer
) -> None:
    story = Post(any_app, server)
    code = story.submit(P6)
    assert len(story.post(hours=0)) == 1
    story.complete("reception", RECEPTION)
    assert story.post(hours=0.5) == [], "received, but told something a minute ago"
    assert story.post(hours=0.5) == []
    assert story.post() == [f"Hồ sơ {code} đã được tiếp nhận"]


def test_what_asks_for_something_does_not_wait_and_tells_the_rest(
    any_app: Flask, server: MailServer
) -> None:
    story = Post(any_app, server)
    code = story.submit(P6)
    story.post(hours=0)
    story.complete("reception", RECEPTION)
    story.post(hours=0)
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", CLERK)
    assert story.post() == [f"Hồ sơ {code} đã có kết quả"]
    assert "đã được tiếp nhận" in text_of(server.mails[-1])
    assert [notice.state for notice in notices(any_app)] == [
        NoticeState.TOLD,
        NoticeState.MERGED,
        NoticeState.TOLD,
    ]


def test_at_night_only_what_somebody_waits_for_is_sent(any_app: Flask, server: MailServer) -> None:
    story = Post(any_app, server)
    story.wait(hours=13)  # 22:00
    story.submit(P6)
    assert len(story.post(hours=1)) == 1
    story.complete("reception", RECEPTION)
    assert story.post(hours=6) == []
    assert story.post(hours=1.5) == []
    assert len(story.post()) == 1, "half past six in the morning"


def test_what_is_true_no_more_is_not_told(any_app: Flask, server: MailServer) -> None:
    story = Post(any_app, server)
    story.submit(P6)
    story.complete("reception", RECEPTION, reception_decision="supplement")
    story.complete("supplement", "congdan1")
    story.post()
    assert len(server.mails) == 1
    (asked,) = [one for one in notices(any_app) if one.kind == "supplement-requested"]
    assert (asked.state, asked.suppressed) == (NoticeState.SUPPRESSED, Suppressed.OVERTAKEN)


def test_whoever_fetches_the_result_is_told_that_it_is_paid_for(any_app: Flask) -> None:
    story, pigeons = Story(any_app), Pigeons()
    story.submit(publish_fee(any_app, PayWhen.AT_RESULT))
    story.complete("reception", RECEPTION)
    story.complete("appraisal", SPECIALIST)
    story.complete("approval", LEADER)
    story.tick()
    story.complete("stamping", CLERK)
    deliver(any_app, pigeons.office, story.at)
    last = pigeons.parcels[-1]
    assert last.kind == "payment-requested"
    assert "nộp phí, lệ phí" in last.text
    assert "tạm dừng" not in last.text, "the office is done: no clock waits"
    assert "Mời Ông/Bà đến nhận" in last.text, "and that the result is there"


def test_a_message_does_not_say_the_same_twice(any_app: Flask) -> None:
    story, pigeons = Story(any_app), Pigeons()
    code = story.submit(publish_fee(any_app, PayWhen.PREPAID))
    deliver(any_app, pigeons.office, story.at)
    (asked,) = pigeons.parcels
    assert asked.kind == "payment-requested"
    assert asked.text.count(f"Hồ sơ {code} cần") == 0, "not told as something earlier too"


def test_officers_hear_of_late_work_once_an_hour(any_app: Flask) -> None:
    story, pigeons = Story(any_app), Pigeons()
    with any_app.app_context(), transaction() as session:
        session.execute(update(Person).values(email=Person.username + "@office.example.vn"))
    for _ in range(2):
        story.submit(P6)
        story.claim("reception", RECEPTION)
    story.wait(days=1, hours=5)
    story.tick()
    deliver(any_app, pigeons.office, story.at)
    staff = [one for one in pigeons.parcels if one.kind != "dossier-submitted"]
    assert len(staff) == len({one.address for one in staff}), "one message each"
    assert any(story.code in one.text for one in staff)
    assert all(one.url.endswith(one.code) for one in staff)


@pytest.mark.parametrize(
    "leave",
    [
        update(Person).where(Person.username.not_like("congdan%")).values(is_active=False),
        update(Membership).values(valid_to=date(2024, 11, 4)),
    ],
    ids=["locked", "seat ended"],
)
def test_who_has_left_is_not_told_what_was_held_back(any_app: Flask, leave: Update) -> None:
    story, pigeons = Story(any_app), Pigeons()
    story.submit(P6)
    story.claim("reception", RECEPTION)
    story.wait(days=1, hours=5)
    story.tick()
    with any_app.app_context(), transaction() as session:
        session.execute(leave)
    deliver(any_app, pigeons.office, story.at)
    assert pigeons.kinds() == ["dossier-submitted"]
    staff = [one for one in notices(any_app) if one.party is Party.STAFF]
    assert {KINDS[one.kind].audience for one in staff} >= {Audience.ASSIGNEE, Audience.SUPERIOR}
    assert {one.suppressed for one in staff} == {Suppressed.LEFT}
