"""Who was told what, how one wants to be told, and what failed: in pages without a script."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.deliver_notice import WAITS
from app.actions.post_office import Attempt, Fate
from app.domain.notices.model import Channel, DeliveryState
from app.foundation import clock
from app.queries.notice_facts import LETTER_PAGE, PAGES, POST_PAGE, PREFERENCES_PAGE
from tests.doors.web.menu import marked
from tests.doors.web.page_client import Reader
from tests.support.post import Pigeons, deliver, deliveries
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
LogIn = Callable[[str], Reader]


@pytest.fixture
def story(app: Flask) -> Story:
    """A supplement was asked for; the first message arrived, the second was refused."""
    made, pigeons = Story(app), Pigeons()
    made.submit(P6)
    deliver(app, pigeons.office, made.at)
    made.wait(hours=1)
    made.complete("reception", "linh.camxuyen", reception_decision="supplement")
    pigeons.fates = [Attempt(fate=Fate.NEVER, reason="the server answered 550")]
    deliver(app, pigeons.office, made.at)
    return made


def test_a_citizen_reads_again_what_he_was_told(story: Story, logged_in: LogIn) -> None:
    with clock.at(story.at):
        page = logged_in("congdan1").open(f"/ho-so/{story.code}?lang=en").link("What we told you")
        assert "By e-mail to m…i@example.vn" in page.text
        assert "Hồ sơ của Ông/Bà đã được gửi đến" in page.text
        assert "550" not in page.text
        logged_in("congdan2").open(f"/ho-so/{story.code}/thong-bao", status=404)


@pytest.mark.parametrize(
    ("who", "path"), [("linh.camxuyen", "/viec/ho-so/{}"), ("kiemtra", "/kiem-tra/{}")]
)
def test_officers_and_auditors_see_who_was_told_what_and_what_failed(
    story: Story, logged_in: LogIn, who: str, path: str
) -> None:
    with clock.at(story.at):
        page = logged_in(who).open(path.format(story.code) + "?lang=en").link("Who was told what")
        assert "failed" in page.text
        assert "the server answered 550" in page.text
        assert "Supplement requested" in page.text
        assert "mai@example.vn" not in page.text


def test_an_administrator_has_a_failed_message_tried_again(
    app: Flask, story: Story, logged_in: LogIn
) -> None:
    with clock.at(story.at):
        admin = logged_in("quantri")
        page = admin.open("/quan-tri/thong-bao?lang=en")
        assert story.code in page.text
        assert "the server answered 550" in page.text
        again = page.form(action=f"/quan-tri/thong-bao/{deliveries(app)[-1].id}/gui-lai").send()
        assert "tried again now" in again.text
        assert "There is nothing in this view" in again.text
        twice = page.form(action=f"/quan-tri/thong-bao/{deliveries(app)[-1].id}/gui-lai")
        assert marked(twice.send(status=409)) == "Messages"
    pigeons = Pigeons()
    deliver(app, pigeons.office, story.at)
    assert pigeons.kinds() == ["supplement-requested"]
    assert deliveries(app)[-1].state is DeliveryState.SENT


def test_only_administrators_see_the_log(story: Story, logged_in: LogIn) -> None:
    for username in ("congdan1", "linh.camxuyen", "kiemtra"):
        logged_in(username).open("/quan-tri/thong-bao", status=403)


def test_every_view_of_the_log_opens(story: Story, logged_in: LogIn) -> None:
    admin = logged_in("quantri")
    for view in ("failed", "waiting", "unreached", "all"):
        admin.open(f"/quan-tri/thong-bao?view={view}")
    admin.open("/quan-tri/thong-bao?view=none", status=404)


def test_a_citizen_chooses_how_he_is_told(app: Flask, logged_in: LogIn) -> None:
    story = Story(app)
    page = logged_in("congdan1").open("/tai-khoan/thong-bao?lang=en")
    page.form("quiet_from").send(
        by_email=[], by_sms=["yes"], language=["en"], quiet_from="20:00", quiet_to="07:00"
    )
    story.submit(P6)
    pigeons = Pigeons(*Channel)
    deliver(app, pigeons.office, story.at)
    (parcel,) = pigeons.parcels
    assert (parcel.channel, parcel.language) == (Channel.SMS, "en")
    assert parcel.subject == f"We have your dossier {story.code}"


def test_mistakes_are_told_and_what_was_typed_stays(logged_in: LogIn) -> None:
    page = logged_in("congdan1").open("/tai-khoan/thong-bao?lang=en")
    again = page.form("quiet_from").send(by_email=[], by_sms=[], quiet_from="never", status=422)
    assert "Choose at least one way to be told." in again.text
    assert "Enter a time such as 21:00." in again.text
    assert 'value="never"' in again.html


def test_links_in_messages_lead_to_pages(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    code = "H27.30-241104-0001"
    found = {adapter.match(path.format(code=code))[0] for path in PAGES.values()}
    assert found == {"portal.status", "desk.dossier"}
    assert adapter.match(LETTER_PAGE.format(code=code))[0] == "desk.letter"
    assert adapter.match(POST_PAGE)[0] == "admin.postal"
    assert adapter.match(PREFERENCES_PAGE)[0] == "account.notices"


def test_messages_of_legal_weight_stand_in_the_record(story: Story) -> None:
    assert story.events()[-1] == "notice_failed"
    failed = story.entries()[-1].payload
    assert failed is not None
    assert failed["kind"] == "supplement-requested"
    assert "mai@example.vn" not in str(failed)
    assert story.replayed().identical


def test_visitors_have_no_preferences(client: FlaskClient) -> None:
    assert client.get("/tai-khoan/thong-bao").status_code == 303


def test_waits_end_within_a_day_or_two() -> None:
    assert sum(wait.total_seconds() for wait in WAITS) < 48 * 3600
