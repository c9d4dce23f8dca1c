"""What auditors find, and that nobody else comes in."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.journal.model import JournalEntry
from app.foundation.db import transaction
from tests.doors.web.applying import applied
from tests.doors.web.page_client import Reader


@pytest.fixture
def code(app: Flask, reader: Reader) -> str:
    """A dossier with a short history."""
    return applied(app, reader)


def test_a_dossier_is_found_by_code_person_unit_and_day(
    code: str, logged_in: Callable[[str], Reader]
) -> None:
    auditor = logged_in("kiemtra")
    assert code not in auditor.open("/kiem-tra").text
    for asked in (f"code={code[:9]}", "person=thanh", "unit=H27.30", "from=2020-01-01"):
        assert code in auditor.open(f"/kiem-tra?{asked}").text
    for asked in ("code=XXX", "person=nobody", "unit=H27.01", "to=2020-01-01"):
        assert code not in auditor.open(f"/kiem-tra?{asked}").text


def test_the_journal_stands_beside_the_diagram(
    code: str, logged_in: Callable[[str], Reader]
) -> None:
    auditor = logged_in("kiemtra")
    page = auditor.open("/kiem-tra").form("code").send(code=code).link(code)
    assert page.path == f"/kiem-tra/{code}"
    xml = auditor.client.get(f"{page.path}/so-do.bpmn")
    assert xml.mimetype == "application/xml"
    assert b"bpmn:definitions" in xml.data
    step, clock = auditor.client.get(f"{page.path}/dien-lai.json").json["steps"]
    assert clock["open"] == step["open"], "an entry that moves nothing"
    assert step["open"] == ["reception"]
    assert step["seq"] == 1
    assert step["flows"] == ["flow_start", "flow_to_reception"]


def test_a_changed_record_is_found(
    app: Flask, code: str, logged_in: Callable[[str], Reader]
) -> None:
    auditor = logged_in("kiemtra")
    address = f"/kiem-tra/{code}"
    good = auditor.open(f"{address}?lang=en").form(action=f"{address}/kiem-chung").send()
    assert "does not hold" not in good.text
    with app.app_context(), transaction() as session:
        session.execute(update(JournalEntry).values(actor_name="Somebody else"))
    bad = auditor.open(address).form(action=f"{address}/kiem-chung").send()
    assert "Chain of digests: does not hold" in bad.text


def test_only_auditors_come_in(
    code: str, reader: Reader, logged_in: Callable[[str], Reader]
) -> None:
    for path in ("/kiem-tra", f"/kiem-tra/{code}", f"/kiem-tra/{code}/dien-lai.json"):
        assert reader.open(path).path == "/dang-nhap"
        logged_in("linh.camxuyen").open(path, status=403)
        logged_in("congdan1").open(path, status=403)
    logged_in("kiemtra").open("/kiem-tra/H27.30-241104-9999", status=404)
