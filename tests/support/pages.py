"""Every page of citizens, and dossiers that give each of them something to show."""

from collections.abc import Mapping, Sequence

from flask import Flask

from app.cli.demo import PASSWORD
from app.domain.procedures.fees import PayWhen
from app.foundation.clock import now
from app.foundation.db import db
from tests.browser.test_every_page import WAYS
from tests.doors.web.applying import begin, fill_in
from tests.doors.web.page_client import Reader
from tests.stories.test_apologies import Letters
from tests.stories.test_feedback import Complaining
from tests.support.payments import publish_fee
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
CITIZEN = "congdan1"
#: Pages of citizens beyond those of `WAYS`, by who looks at them. `{asked}` is a dossier that waits
#: for a supplement, `{owing}` for its fee, `{draft}` is filled in and not sent.
MORE: dict[str, Sequence[str]] = {
    "": (
        "/thu-tuc?q=kinh+doanh",
        "/thu-tuc/thanh-lap-ho-kinh-doanh",
        "/thu-tuc/hoi-nghi-quoc-te",
        "/co-quan/{unit}",
        "/dang-ky/da-gui",
        "/quen-mat-khau/da-gui",
    ),
    CITIZEN: (
        "/ho-so-cua-toi?folder=drafts",
        "/ho-so-cua-toi?folder=in-progress",
        "/ho-so-cua-toi?q=kinh+doanh",
        "/ho-so-nhap/{draft}",
        "/ho-so-nhap/{draft}?check=1",
        "/ho-so-nhap/{draft}/kiem-tra",
        "/ho-so-nhap/{draft}/nhan-ket-qua",
        "/ho-so/{asked}",
        "/ho-so/{asked}/bo-sung/{asked_item}",
        "/ho-so/{owing}",
        "/ho-so/{owing}/thanh-toan",
        "/tai-khoan/email",
        "/tai-khoan/hai-buoc",
    ),
}
#: Everything citizens look at.
CITIZEN_PAGES = {person: (*WAYS[person], *MORE[person]) for person in MORE}


def scenes(app: Flask) -> Mapping[str, str]:
    """What stands in the braces of the pages, made in this application."""
    # Before a fee is asked for: what is said is said of dossiers that nobody had to pay for.
    said = _said(app)
    late = Letters(app).received()
    late.on("06/11 09:00").tick()
    late.approve()
    asked, owing = Story(app), Story(app)
    # By the clock of a server, so that the time to answer has not passed long ago.
    asked.at = owing.at = now()
    asked.submit(P6, key="asked")
    asked.complete("reception", "linh.camxuyen", reception_decision="supplement")
    owing.submit(publish_fee(app, PayWhen.PREPAID), key="owing")
    with app.app_context():
        db.session.remove()
        items = {"item": late.item(late.open_steps()[0]).id, "asked_item": _open_item(asked)}
    return {
        "code": late.code,
        "asked": asked.code,
        "owing": owing.code,
        "draft": draft_of(app, P6),
        "unit": "H27.30",
        **said,
        **{name: str(number) for name, number in items.items()},
    }


def _said(app: Flask) -> dict[str, str]:
    """What citizens have said of dossiers that are settled."""
    other = Complaining(app)
    settled = other.received().settled().code
    rated = other.received().settled().code
    other.rate(comment="Nhanh, rõ ràng")
    return {"settled": settled, "rated": rated, "feedback": other.send(officer="Linh")}


def draft_of(app: Flask, procedure: str) -> str:
    """An application of the citizen, filled in and not sent."""
    writer = Reader(app.test_client())
    writer.log_in(CITIZEN, PASSWORD)
    return fill_in(app, begin(writer, procedure), procedure).path.split("/")[2]


def _open_item(story: Story) -> int:
    return story.item("supplement").id
