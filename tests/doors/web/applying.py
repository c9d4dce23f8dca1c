"""The way from a procedure's page to a dossier's code."""

from typing import Any

from flask import Flask

from tests.doors.web.answers import answers
from tests.doors.web.page_client import Page, Reader

BUSINESS = "thanh-lap-ho-kinh-doanh"
APPLICANT = {
    "owner_kind": "CITIZEN",
    "owner_name": "Lê Thị Thanh",
    "owner_identity": "042000000009",
    "owner_phone": "0900000009",
    "owner_email": "thanh@example.vn",
    "owner_address": "Xã Cẩm Bình, huyện Cẩm Xuyên",
}


def begin(reader: Reader, procedure: str = BUSINESS) -> Page:
    """The form page of a fresh draft."""
    start = f"/thu-tuc/{procedure}/nop"
    page = reader.open(f"/thu-tuc/{procedure}").form(action=start).send()
    # Who has begun is asked first.
    return page.form(action=start).send() if page.path == start else page


def fill_in(app: Flask, page: Page, procedure: str = BUSINESS, **choose: Any) -> Page:
    """Everything answered and sent on to the check page, part by part where the form is long."""
    if not any(one.get("name") == "owner_name" for one in page.root.iter()):
        return _part_by_part(app, page, procedure, **choose)
    form = page.form("owner_name")
    told = APPLICANT | answers(app, procedure, "application", form, **choose)
    return form.send(told, button=("action", "check"))


def _part_by_part(app: Flask, page: Page, procedure: str, **choose: Any) -> Page:
    page = page.reader.open(f"{page.path}/phan/1")
    while "/phan/" in page.path:
        form = page.form("seen")
        told = answers(app, procedure, "application", form, **choose)
        told |= APPLICANT if "owner_name" in form.names else {}
        page = form.send(told, button=("action", "next"))
    return page


def send(page: Page) -> str:
    """Declare and send; returns the dossier's code."""
    sent = page.form("declaration").send(declaration="yes")
    assert sent.path.endswith("/da-gui")
    return sent.path.split("/")[2]


def applied(app: Flask, reader: Reader, procedure: str = BUSINESS) -> str:
    """A dossier handed in through the pages; returns its code."""
    return send(fill_in(app, begin(reader, procedure), procedure))
