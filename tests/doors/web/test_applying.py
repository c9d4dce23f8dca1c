"""An application from the first click to the code."""

import pytest
from flask import Flask

from tests.doors.web.applying import APPLICANT, applied, begin, fill_in, send
from tests.doors.web.page_client import PDF, Reader


def test_a_visitor_applies_and_follows_the_dossier(app: Flask, reader: Reader) -> None:
    page = begin(reader)
    assert page.path.startswith("/ho-so-nhap/")
    check = fill_in(app, page)
    assert check.path.endswith("/kiem-tra")
    assert "Lê Thị Thanh" in check.text
    assert "paper_identity.pdf" in check.text
    code = send(check)
    status = reader.open(f"/ho-so/{code}?lang=en")
    assert "Waiting for reception" in status.text
    assert "Tiếp nhận và kiểm tra hồ sơ" in status.text
    assert "paper_identity.pdf" in status.text


def test_wrong_answers_are_kept_and_named(reader: Reader) -> None:
    page = begin(reader)
    wrong = page.form("owner_name").send(
        owner_name="Lê Thị Thanh", owner_identity="?", button=("action", "check"), status=422
    )
    assert wrong.form("owner_name").held()["owner_name"] == "Lê Thị Thanh"
    assert wrong.form("owner_name").held()["owner_identity"] == "?"
    again = reader.open(wrong.path)
    assert again.form("owner_name").held()["owner_name"] == "Lê Thị Thanh"


def test_a_visitor_needs_an_e_mail_address_and_somebody_with_an_account_does_not(
    app: Flask, reader: Reader, logged_in
) -> None:
    form = begin(reader).form("owner_name")
    told = APPLICANT | {"owner_email": ""}
    page = form.send(told, button=("action", "check"), status=422)
    assert 'id="owner_email-error"' in page.html
    citizen = logged_in("congdan1")
    form = begin(citizen).form("owner_name")
    assert form.held()["owner_name"] == "Nguyễn Thị Mai"
    page = form.send(told, button=("action", "check"), status=422)
    assert 'id="owner_email-error"' not in page.html


def test_a_draft_is_saved_without_judging_it(reader: Reader) -> None:
    page = begin(reader)
    saved = page.form("owner_name").send(owner_name="Chưa xong", button=("action", "save"))
    assert saved.path == page.path
    procedure = reader.open("/thu-tuc/thanh-lap-ho-kinh-doanh")
    assert page.path in procedure.html


def test_starting_twice_gives_one_empty_draft(reader: Reader) -> None:
    assert begin(reader).path == begin(reader).path


def test_a_row_is_added_and_removed_without_scripts(reader: Reader) -> None:
    page = begin(reader)
    form = page.form("owner_name")
    listed = sorted(name.split("[")[0] for name in form.names if "[0]" in name)[0]
    more = form.send(button=("_add", listed))
    assert f"{listed}[1]" in more.form("owner_name").names
    names = sorted(more.form("owner_name").names)
    field = next(name for name in names if name.startswith(f"{listed}[1].") and "name" in name)
    more = more.form("owner_name").send({field: "4711"}, button=("action", "save"))
    fewer = more.form("owner_name").send(button=("_remove", f"{listed}[0]"))
    assert fewer.form("owner_name").held()[field.replace("[1]", "[0]")] == "4711"


def test_an_upload_survives_wrong_answers_and_can_be_taken_away(reader: Reader) -> None:
    page = begin(reader)
    form = page.form("owner_name")
    page = form.send(paper_identity=("căn cước.pdf", PDF), button=("action", "check"), status=422)
    assert "căn cước.pdf" in page.text
    form = page.form("owner_name")
    file_id = next(
        one.get("value")
        for one in form.element.iter()
        if one.get("name") == "paper_identity-remove"
    )
    got = reader.client.get(f"/tep/{file_id}")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    page = form.send({"paper_identity-remove": file_id}, button=("action", "save"))
    assert "căn cước.pdf" not in page.text


def test_a_file_that_is_no_paper_is_refused_at_its_question(reader: Reader) -> None:
    form = begin(reader).form("owner_name")
    page = form.send(
        paper_identity=("virus.exe", b"MZ" + bytes(500)), button=("action", "save"), status=422
    )
    assert "virus.exe" in page.text
    assert 'href="#field-paper-identity"' in page.html or "paper_identity" in page.html


def test_a_second_click_and_a_lost_answer_give_the_same_dossier(app: Flask, reader: Reader) -> None:
    check = fill_in(app, begin(reader))
    first = send(check)
    assert send(check) == first
    draft = check.path.removesuffix("/kiem-tra")
    for address in (draft, check.path):
        assert reader.open(address).path == f"/ho-so/{first}/da-gui"


def test_nothing_is_sent_without_the_declaration(app: Flask, reader: Reader) -> None:
    check = fill_in(app, begin(reader))
    again = check.form("declaration").send(status=422)
    assert 'id="declaration-error"' in again.html


def test_a_draft_that_is_not_complete_goes_back_to_the_form(reader: Reader) -> None:
    page = begin(reader)
    back = reader.open(f"{page.path}/kiem-tra")
    assert back.path == page.path
    assert "owner_name-error" in back.html


def test_a_draft_is_nobody_elses(app: Flask, logged_in) -> None:
    page = begin(logged_in("congdan1"))
    stranger = logged_in("congdan2").open(page.path, status=404)
    assert "congdan1" not in stranger.text


def test_a_matter_of_somebody_else_names_both(app: Flask, logged_in) -> None:
    citizen = logged_in("congdan1")
    form = begin(citizen).form("owner_name")
    page = form.send(on_behalf="yes", button=("action", "check"), status=422)
    assert 'id="represented_name-error"' in page.html
    assert 'id="basis-error"' in page.html


@pytest.mark.parametrize("procedure", ["hoi-nghi-quoc-te", "dang-ky-khai-sinh"])
def test_the_other_procedures_are_applied_for_in_the_same_way(
    app: Flask, reader: Reader, procedure: str
) -> None:
    code = applied(app, reader, procedure)
    assert code in reader.open(f"/ho-so/{code}").text


def test_nothing_is_sent_that_was_not_checked(app: Flask, reader: Reader) -> None:
    form = begin(reader)
    check = fill_in(app, form)
    reader.open(form.path).form("owner_name").send(owner_name="TÊN KHÁC", button=("action", "save"))
    told = check.form("declaration").send(declaration="yes", status=409)
    assert "cửa sổ khác" in told.text
    assert "TÊN KHÁC" in told.text, "what would be sent now"
    assert "TÊN KHÁC" in reader.open(f"/ho-so/{send(told)}").text


def test_what_was_made_unfit_in_another_window_goes_back(app: Flask, reader: Reader) -> None:
    form = begin(reader)
    check = fill_in(app, form)
    reader.open(form.path).form("owner_name").send(owner_name="", button=("action", "save"))
    back = check.form("declaration").send(declaration="yes")
    assert back.path == form.path


def test_a_visitor_is_told_of_everything_missing_about_him_at_once(reader: Reader) -> None:
    page = begin(reader).form("owner_name").send(button=("action", "check"), status=422)
    for name in ("owner_name", "owner_identity", "owner_email"):
        assert f'href="#{name}"' in page.html
