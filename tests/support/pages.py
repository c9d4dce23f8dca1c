"""Every page, by who looks at it; and dossiers that give each of them something to show."""

from collections.abc import Mapping, Sequence

from flask import Flask

from app.cli.demo import PASSWORD
from app.domain.procedures.fees import PayWhen
from app.foundation.db import db
from tests.doors.web.applying import begin, fill_in
from tests.doors.web.page_client import Reader
from tests.stories.test_apologies import Letters
from tests.support.payments import publish_fee
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
CITIZEN = "congdan1"
#: Who looks, and at what. `{code}` is a dossier long overdue and `{item}` its open step, `{asked}`
#: waits for a supplement, `{owing}` for its fee, `{draft}` is filled in and not sent.
WAYS: dict[str, Sequence[str]] = {
    "": (
        "/",
        "/thu-tuc",
        "/thu-tuc?q=kinh+doanh",
        "/thu-tuc/dang-ky-khai-sinh",
        "/thu-tuc/thanh-lap-ho-kinh-doanh",
        "/thu-tuc/hoi-nghi-quoc-te",
        "/co-quan",
        "/co-quan/{unit}",
        "/huong-dan",
        "/tra-cuu",
        "/dang-nhap",
        "/can-bo/dang-nhap",
        "/dang-ky",
        "/dang-ky/da-gui",
        "/quen-mat-khau",
        "/quen-mat-khau/da-gui",
    ),
    CITIZEN: (
        "/ho-so-cua-toi",
        "/ho-so-cua-toi?folder=drafts",
        "/ho-so-cua-toi?folder=in-progress",
        "/ho-so-cua-toi?q=kinh+doanh",
        "/ho-so-nhap/{draft}",
        "/ho-so-nhap/{draft}?check=1",
        "/ho-so-nhap/{draft}/kiem-tra",
        "/ho-so/{code}",
        "/ho-so/{code}/da-gui",
        "/ho-so/{code}/qua-trinh",
        "/ho-so/{code}/thoi-han",
        "/ho-so/{code}/thong-bao",
        "/ho-so/{code}/xin-loi",
        "/ho-so/{asked}",
        "/ho-so/{asked}/bo-sung/{asked_item}",
        "/ho-so/{owing}",
        "/ho-so/{owing}/thanh-toan",
        "/tai-khoan",
        "/tai-khoan/sua",
        "/tai-khoan/email",
        "/tai-khoan/mat-khau",
        "/tai-khoan/hai-buoc",
        "/tai-khoan/phien",
        "/tai-khoan/thong-bao",
    ),
    "nam.camxuyen": (
        "/viec",
        "/viec/{item}",
        "/viec/ho-so/{code}",
        "/viec/ho-so/{code}/thoi-han",
        "/viec/ho-so/{code}/thong-bao",
        "/viec/ho-so/{code}/thanh-toan",
        "/tai-khoan/hai-buoc",
    ),
    "oanh.camxuyen": ("/viec/bao-len-toi", "/viec/xin-loi", "/viec/ho-so/{code}/xin-loi"),
    "quantri": (
        "/quan-tri/lich",
        "/quan-tri/lich/ha-tinh",
        "/quan-tri/lich/ha-tinh/sua",
        "/quan-tri/lich/ha-tinh/sua/de-xuat",
        "/quan-tri/lich/ha-tinh/sua/gio",
        "/quan-tri/lich/ha-tinh/sua/ngay",
        "/quan-tri/lich/ha-tinh/sua/quy-tac",
        "/quan-tri/thong-bao",
    ),
    "quantri.cambinh": ("/quan-tri/can-bo",),
    "kiemtra": (
        "/kiem-tra",
        "/kiem-tra/{code}",
        "/kiem-tra/{code}?checked=1",
        "/kiem-tra/{code}/thoi-han",
        "/kiem-tra/{code}/thong-bao",
    ),
}


def scenes(app: Flask) -> Mapping[str, str]:
    """What stands in the braces of `WAYS`, made in this application."""
    late = Letters(app).received()
    late.on("06/11 09:00").tick()
    late.approve()
    asked = Story(app)
    asked.submit(P6, key="asked")
    asked.complete("reception", "linh.camxuyen", reception_decision="supplement")
    owing = Story(app)
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
        **{name: str(number) for name, number in items.items()},
    }


def draft_of(app: Flask, procedure: str) -> str:
    """An application of the citizen, filled in and not sent."""
    writer = Reader(app.test_client())
    writer.log_in(CITIZEN, PASSWORD)
    return fill_in(app, begin(writer, procedure), procedure).path.split("/")[2]


def _open_item(story: Story) -> int:
    return story.item("supplement").id
