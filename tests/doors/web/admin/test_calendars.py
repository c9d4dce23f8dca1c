"""Administrators read calendars, change them in a draft, check the effect and save."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.cli.demo import PASSWORD
from app.foundation import clock
from app.foundation.db import db
from tests.doors.web.applying import applied
from tests.doors.web.page_client import Form, Page, Reader
from tests.doors.web.test_statements import counted
from tests.integration.calendars.changing import editions

LIST = "/quan-tri/lich"
PROVINCE = f"{LIST}/ha-tinh"
DRAFT = f"{PROVINCE}/sua"


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    """Days that are entered lie ahead, and the year to come is the first that is estimated."""
    with clock.at(datetime(2026, 11, 20, 2, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def logged_in(app: Flask) -> Callable[[str], Reader]:
    """Somebody with an account, who reads English."""

    def enter(username: str) -> Reader:
        reader = Reader(app.test_client())
        reader.log_in(username, PASSWORD)
        reader.open("/?lang=en")
        return reader

    return enter


@pytest.fixture
def admin(logged_in: Callable[[str], Reader]) -> Reader:
    return logged_in("quantri")


def begin(reader: Reader, calendar: str = PROVINCE) -> Page:
    return reader.open(calendar).form(action=f"{calendar}/sua").send()


def day_form(reader: Reader) -> Form:
    return reader.open(f"{DRAFT}/ngay").form("kind")


STORM = {
    "day": "2026-11-24",
    "kind": "holiday",
    "name": "Bão số 9",
    "confirmed": "yes",
    "source": "CV 1/UBND",
}


def test_after_logging_in_an_administrator_stands_before_the_calendars(
    app: Flask, admin: Reader
) -> None:
    page = Reader(app.test_client()).log_in("quantri.cambinh", PASSWORD)
    assert page.path == LIST
    shown = admin.open(LIST)
    assert "Lịch làm việc tỉnh Hà Tĩnh" in shown.text
    assert "2027 estimated" in shown.text


def test_a_calendar_shows_its_year_day_by_day(admin: Reader) -> None:
    page = admin.open(f"{PROVINCE}?nam=2026")
    for told in (
        "The year 2026",
        "10: Worked in exchange, Thứ Bảy làm bù cho 02/01/2026, 07:30–11:30, 13:30–17:30",
        "Công văn 12729/VPCP-KGVX",
        "Monday to Friday 07:30–11:30, 13:30–17:30",
        "40 hours a week",
    ):
        assert told in page.text
    assert "Estimated, no notice yet" in page.text
    assert "estimated" in admin.open(f"{PROVINCE}?nam=2027").text
    for odd in ("abc", "1800", "99999", "²", "", "2026'"):
        assert admin.open(f"{PROVINCE}?nam={odd}").heading


def test_a_day_is_entered_checked_saved_and_told(app: Flask, admin: Reader) -> None:
    begin(admin)
    page = day_form(admin).send(STORM | {"day": "2026-12-01"})
    assert page.path == DRAFT
    assert "1 change so far." in page.text
    check = page.link("Check and save")
    assert "Bão số 9" in check.text
    saved = check.form("reason").send(reason="Nghỉ bão", legal_document="CV 1/UBND")
    assert saved.path == PROVINCE
    assert "Edition 2 is in force." in saved.text
    edition = saved.link("Edition 2")
    for told in ("Nghỉ bão", "CV 1/UBND", "Phạm Minh Tuấn", "a day like any of its week"):
        assert told in edition.text
    with app.app_context():
        assert [one.number for one in editions(db.session())] == [1, 2]
    assert saved.form(action=DRAFT).send().text.count("Nothing is changed yet") == 1


def test_the_check_page_shows_which_dossiers_move(
    app: Flask, reader: Reader, admin: Reader
) -> None:
    code = applied(app, reader)
    begin(admin)
    for number in range(1, 31):
        day_form(admin).send(STORM | {"day": f"2027-03-{number:02}", "confirmed": "no"})
    check = admin.open(f"{DRAFT}/kiem-tra")
    assert "Open dossiers that keep this calendar 1" in check.text
    assert code not in check.text, "it is due long before"
    kept = admin.open(DRAFT).form(action=f"{PROVINCE}/bo").send()
    assert "Your changes are gone" in kept.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": ""}, "Enter the day."),
        ({"day": "2026-13-45"}, "must be a date"),
        ({"day": "2026-09-02"}, "02/09/2026 is entered already."),
        ({"name": ""}, "Give the day a name."),
        ({"source": ""}, "Name the document that confirms the day."),
        ({"kind": "special"}, "Give the working hours of this day."),
        ({"kind": "special", "intervals": "8-12; 11-13"}, "does not come after"),
        ({"kind": "special", "intervals": "12-8"}, "does not lie before"),
        ({"kind": "special", "intervals": "from 8"}, "Write opening and closing"),
        ({"kind": "special", "intervals": "25-26"}, "must be a time like 07:30"),
        ({"intervals": "8-12"}, "A day off has no working hours."),
        ({"kind": "half_day", "day": "2026-12-05"}, "That day is not worked"),
    ],
)
def test_a_day_that_cannot_be_is_shown_again_with_the_reason(
    admin: Reader, typed: dict[str, str], told: str
) -> None:
    begin(admin)
    page = day_form(admin).send(STORM | {"day": "2026-12-01"} | typed, status=422)
    assert told in page.text
    assert page.html.count("govuk-error-summary__title") == 1
    assert "Nothing is changed yet" in admin.open(DRAFT).text


def test_a_day_is_changed_moved_and_removed(admin: Reader) -> None:
    begin(admin)
    form = admin.open(f"{DRAFT}/ngay/2026-11-24").form("kind")
    moved = form.send(day="2026-11-25", kind="half_day", intervals="7h30-11h")
    assert "25/11/2026 Wednesday" in moved.text
    assert "07:30–11:00" in moved.text
    gone = admin.open(f"{DRAFT}/ngay/2026-11-25").form(action=f"{DRAFT}/ngay/2026-11-25/xoa")
    assert "1 change so far." in gone.send().text
    admin.open(f"{DRAFT}/ngay/2026-11-25", status=404)
    admin.open(f"{DRAFT}/ngay/yesterday!", status=404)


def test_hours_of_a_season_are_entered_and_removed(admin: Reader) -> None:
    begin(admin)
    form = admin.open(f"{DRAFT}/gio").form("valid_from")
    assert form.held()["mon"] == "07:30-11:30, 13:30-17:30", "as in force"
    season = {"name": "Mùa đông", "valid_from": "2026-12-15", "valid_to": "2027-02-15"}
    wrong = form.send(season | {"mon": "8-7", "tue": "soon", "valid_to": "2020-01-01"}, status=422)
    assert "does not lie before" in wrong.text
    assert "Write opening and closing" in wrong.text
    page = wrong.form("valid_from").send(season | {"mon": "8-11:30;13-17:30", "tue": ""})
    assert "15/12/2026 to 15/02/2027" in page.text
    assert "Monday 08:00–11:30, 13:00–17:30 Tuesday Closed" in page.text
    again = admin.open(f"{DRAFT}/gio/1").form(action=f"{DRAFT}/gio/1/xoa").send()
    assert "Nothing is changed yet" in again.text
    admin.open(f"{DRAFT}/gio/7", status=404)


def test_the_last_hours_cannot_be_removed(admin: Reader) -> None:
    begin(admin)
    page = admin.open(f"{DRAFT}/gio/0").form(action=f"{DRAFT}/gio/0/xoa").send(status=422)
    assert "The calendar has no working time at all." in page.text


def test_hours_that_end_cannot_be_saved(admin: Reader) -> None:
    begin(admin)
    form = admin.open(f"{DRAFT}/gio/0").form("valid_from")
    form.send(valid_to="2030-12-31")
    check = admin.open(f"{DRAFT}/kiem-tra")
    assert "The hours end." in check.text
    assert 'name="reason"' not in check.html


def test_rules_are_changed(admin: Reader) -> None:
    begin(admin)
    form = admin.open(f"{DRAFT}/quy-tac").form("out_of_hours")
    wrong = form.send(warn_ratios="much", handover_cutoff="late", status=422)
    assert wrong.html.count("govuk-form-group--error") == 2
    form.send(out_of_hours="lenient", warn_ratios="0.5, 1", handover_cutoff="")
    check = admin.open(f"{DRAFT}/kiem-tra")
    assert "One working hour after the next opening" in check.text


def test_estimates_are_confirmed_and_proposals_entered(admin: Reader) -> None:
    begin(admin)
    estimates = admin.open(f"{DRAFT}/de-xuat?nam=2027").form("source")
    refused = estimates.send(button=("every", "confirm"), status=422)
    assert "Name the document that confirms the day." in refused.text
    page = refused.form("source").send(source="TB 99/TB-BNV", button=("every", "confirm"))
    assert "15 days decided." in page.text
    assert "Bộ luật Lao động 2019, Điều 112; TB 99/TB-BNV" in page.text
    assert "Every known day" in admin.open(f"{DRAFT}/de-xuat?nam=2027").text
    proposed = admin.open(f"{DRAFT}/de-xuat?nam=2028").form("source")
    page = proposed.send({"d-2028-01-01": "confirm", "source": "TB 1"})
    assert "The year 2028" in page.text
    assert "01/01/2028 Saturday What" not in page.text
    assert "Gói phần mềm holidays" in page.text


def test_the_second_administrator_sees_what_differs_and_carries_his_changes_over(
    app: Flask, admin: Reader, logged_in: Callable[[str], Reader]
) -> None:
    other = logged_in("quantri.cambinh")
    commune = f"{LIST}/cam-binh"
    for reader, day, name in ((admin, "2026-12-01", "Bão"), (other, "2026-12-02", "Lũ")):
        begin(reader, commune)
        form = reader.open(f"{commune}/sua/ngay").form("kind")
        form.send(STORM | {"day": day, "name": name})
    checked = other.open(f"{commune}/sua/kiem-tra").form("reason")
    admin.open(f"{commune}/sua/kiem-tra").form("reason").send(reason="Bão")
    conflict = checked.send(reason="Lũ", status=409)
    assert "Phạm Minh Tuấn has saved edition 2" in conflict.text
    assert "01/12/2026" in conflict.text
    assert 'name="reason"' not in conflict.html
    carried = conflict.form(action=f"{commune}/noi-tiep").send()
    assert "1 change so far." in carried.text
    saved = carried.link("Check and save").form("reason").send(reason="Lũ")
    shown = saved.reader.open(f"{commune}?nam=2026").text
    assert "Bão" in shown
    assert "Lũ" in shown


def test_a_unit_gets_a_calendar_of_its_own(app: Flask, admin: Reader) -> None:
    page = admin.open(LIST).form("unit").send(unit="H27.20")
    assert page.path == f"{LIST}/h27-20/sua"
    check = admin.open(f"{LIST}/h27-20/sua/kiem-tra")
    assert "Tết Nguyên đán" in check.text, "it begins with the days of the province"
    saved = check.form("reason").send(reason="Sáng thứ Bảy")
    assert "Edition 1 is in force." in saved.text
    admin.post(LIST, {"unit": "H27.20", "csrf_token": _token(saved)}, status=409)
    admin.post(LIST, {"unit": "nowhere", "csrf_token": _token(saved)}, status=404)


def _token(page: Page) -> str:
    return str(page.form("csrf_token").held()["csrf_token"])


@pytest.mark.parametrize("stranger", ["kiemtra", "lan.sngv", "congdan1", "phantich"])
def test_nobody_else_gets_in(logged_in: Callable[[str], Reader], stranger: str) -> None:
    reader = logged_in(stranger)
    for address in (LIST, PROVINCE, DRAFT, f"{DRAFT}/kiem-tra"):
        reader.open(address, status=403)


def test_a_unit_administrator_reads_all_and_changes_his_own_only(
    logged_in: Callable[[str], Reader],
) -> None:
    reader = logged_in("quantri.cambinh")
    page = reader.open(PROVINCE)
    assert "Change the calendar" not in page.text
    token = _token(reader.open(f"{LIST}/cam-binh"))
    for address in (DRAFT, f"{DRAFT}/ngay", f"{DRAFT}/kiem-tra", f"{DRAFT}/gio/0/xoa"):
        reader.post(address, {"csrf_token": token}, status=403)
    reader.open(f"{DRAFT}/kiem-tra", status=403)
    assert 'name="unit"' not in reader.open(LIST).html


def test_without_a_draft_there_is_nothing_to_change(admin: Reader) -> None:
    for address in (DRAFT, f"{DRAFT}/ngay", f"{DRAFT}/gio", f"{DRAFT}/kiem-tra"):
        admin.open(address, status=404)
    admin.open(f"{LIST}/none", status=404)
    admin.open(f"{PROVINCE}/ban/9", status=404)


def test_pages_of_calendars_ask_a_dozen_questions_at_most(app: Flask, admin: Reader) -> None:
    begin(admin)
    for address in (LIST, PROVINCE, f"{PROVINCE}/ban/1", DRAFT, f"{DRAFT}/kiem-tra"):
        admin.open(address)
        with counted(app) as told:
            admin.open(address)
        assert len(told) <= 12, (address, told)
