"""The pages that explain dates: for the applicant, the office and the auditor."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.applying import applied
from tests.doors.web.page_client import Reader


@pytest.fixture
def code(app: Flask, reader: Reader) -> str:
    """A dossier that waits for reception."""
    return applied(app, reader)


def test_the_applicant_reads_why_the_date_is_what_it_is(code: str, reader: Reader) -> None:
    status = reader.open(f"/ho-so/{code}?lang=en")
    assert "How this date was counted" in status.text
    assert "Until the deadline there are 8 working hours (1 working day)." in status.text
    page = status.link("How all dates of the dossier are counted")
    assert page.path == f"/ho-so/{code}/thoi-han"
    assert "To be received by" in page.text
    assert "Whose time it was" not in page.text
    assert "Every stretch" not in page.text


def test_strangers_are_told_nothing(
    code: str, logged_in: Callable[[str], Reader], reader: Reader
) -> None:
    del reader
    logged_in("quyen.cambinh").open(f"/viec/ho-so/{code}/thoi-han", status=404)
    logged_in("congdan2").open(f"/ho-so/{code}/thoi-han", status=404)


def test_officers_see_steps_and_shares_too(code: str, logged_in: Callable[[str], Reader]) -> None:
    page = logged_in("linh.camxuyen").open(f"/viec/ho-so/{code}/thoi-han?lang=en")
    assert "Whose time it was" in page.text
    assert "Tiếp nhận và kiểm tra hồ sơ" in page.text
    assert "One working hour after" not in page.text


def test_auditors_see_every_reading_and_the_edition(
    code: str, logged_in: Callable[[str], Reader]
) -> None:
    page = logged_in("kiemtra").open(f"/kiem-tra/{code}/thoi-han?lang=en")
    assert "One working hour after the next opening" in page.text
    assert "Counted with edition 1 of the calendar." in page.text
