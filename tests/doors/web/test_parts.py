"""A long form is a list of parts: each is kept by itself, and all are checked at the end."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.doors.web.answers import answers
from tests.doors.web.applying import APPLICANT, BUSINESS, begin, fill_in, send
from tests.doors.web.page_client import PDF, Page, Reader
from tests.doors.web.test_statements import MOST, counted

BIRTH = "dang-ky-khai-sinh"
#: Numbers of its parts.
WHO, RELATION, CHILD, MOTHER, FATHER, MARRIAGE, COPIES, PAPERS = range(1, 9)


@pytest.fixture
def parts(reader: Reader) -> Page:
    """The list of parts of a fresh draft."""
    reader.open("/?lang=en")
    return begin(reader, BIRTH)


def part(parts: Page, number: int, query: str = "") -> Page:
    return parts.reader.open(f"{parts.path}/phan/{number}{query}")


def keep(page: Page, action: str = "save", status: int = 200, **told: object) -> Page:
    named = {name.replace("__", "."): value for name, value in told.items()}
    return page.form("seen").send(named, button=("action", action), status=status)


def test_a_long_form_begins_with_the_list_of_its_parts_and_a_short_one_does_not(
    parts: Page, reader: Reader
) -> None:
    assert "7 of 8 parts still have to be filled in" in parts.text
    assert "Người được khai sinh Not begun" in parts.text
    assert "Giấy tờ kèm theo Optional" in parts.text
    assert "owner_name" in begin(reader, BUSINESS).html


def test_a_part_is_kept_as_a_draft_right_or_wrong(parts: Page) -> None:
    back = keep(part(parts, CHILD), child__full_name="LÊ AN")
    assert back.path == parts.path
    assert "Người được khai sinh Begun, not complete" in back.text
    assert part(parts, CHILD).form("seen").held()["child.full_name"] == "LÊ AN"
    assert "Thông tin về mẹ Not begun" in back.text


def test_going_on_names_what_is_wrong_and_may_be_done_all_the_same(parts: Page) -> None:
    wrong = keep(part(parts, CHILD), "next", 422, child__full_name="LÊ AN")
    assert "There is a problem" in wrong.text
    assert 'href="#field-child-gender"' in wrong.html
    assert "Enter your full name" not in wrong.text, "other parts have their own page"
    later = keep(wrong, "later")
    assert later.path == f"{parts.path}/phan/{MOTHER}"
    assert part(parts, CHILD).form("seen").held()["child.full_name"] == "LÊ AN"


def test_pages_do_not_take_from_each_other(app: Flask, parts: Page) -> None:
    keep(part(parts, CHILD), child__full_name="LÊ AN")
    keep(part(parts, COPIES), copies_wanted="3")
    keep(part(parts, WHO), owner_name="Lê Thị Thanh")
    keep(part(parts, PAPERS), paper_identity=("a.pdf", PDF))
    keep(part(parts, RELATION), requester_relation="mother")
    assert part(parts, CHILD).form("seen").held()["child.full_name"] == "LÊ AN"
    assert part(parts, COPIES).form("seen").held()["copies_wanted"] == "3"
    assert part(parts, WHO).form("seen").held()["owner_name"] == "Lê Thị Thanh"
    assert "a.pdf" in part(parts, PAPERS).text


def test_what_one_part_answers_decides_what_another_asks(app: Flask, reader: Reader) -> None:
    conference = begin(reader, "hoi-nghi-quoc-te")
    assert "schedule.platform" in part(conference, 4).html
    page = fill_in(app, conference, "hoi-nghi-quoc-te")
    assert page.path.endswith("/kiem-tra")


def test_a_part_saved_in_two_windows_is_told_and_other_parts_are_not_disturbed(
    parts: Page,
) -> None:
    first, second, other = part(parts, CHILD), part(parts, CHILD), part(parts, MOTHER)
    keep(first, child__full_name="MỘT")
    told = keep(second, "save", 409, child__full_name="HAI")
    assert told.form("seen").held()["child.full_name"] == "HAI"
    keep(other, mother__full_name="MẸ")
    keep(told, child__full_name="HAI")
    assert part(parts, CHILD).form("seen").held()["child.full_name"] == "HAI"
    assert part(parts, MOTHER).form("seen").held()["mother.full_name"] == "MẸ"


def test_a_part_keeps_itself_while_it_is_written(parts: Page) -> None:
    page = part(parts, CHILD)
    form = page.form("seen")
    address = form.element.get("data-autosave") or ""
    assert address == f"{page.path}/tu-luu"
    client = parts.reader.client
    told = form.held()
    told["child.full_name"] = "LÊ AN"
    saved = client.post(address, data=told)
    assert saved.status_code == 200
    assert saved.json is not None
    assert client.post(address, data=told).status_code == 409
    told["seen"] = saved.json["seen"]
    assert client.post(address, data=told).status_code == 200
    assert client.get(address).json.keys() == {"csrf_token"}
    assert part(parts, CHILD).form("seen").held()["child.full_name"] == "LÊ AN"


def test_the_check_leads_to_every_problem_in_its_part(parts: Page) -> None:
    keep(part(parts, CHILD), child__full_name="LÊ AN")
    back = parts.reader.open(f"{parts.path}/kiem-tra")
    assert back.path == parts.path
    assert "There is a problem" in back.text
    address = f"{parts.path}/phan/{CHILD}?check=1#field-child-birth_date-day"
    assert address in back.html
    assert f"{parts.path}/phan/{WHO}?check=1#owner_name" in back.html
    assert "Người được khai sinh: " in back.text
    there = parts.reader.open(address)
    assert "There is a problem" in there.text
    assert 'id="field-child-birth_date-day"' in there.html


def test_the_check_shows_part_by_part_and_a_change_comes_back(app: Flask, parts: Page) -> None:
    check = fill_in(app, parts, BIRTH)
    assert check.path.endswith("/kiem-tra")
    for title in ("Người được khai sinh", "Thông tin về mẹ", "Giấy tờ kèm theo"):
        assert title in check.text
    address = f"{parts.path}/phan/{CHILD}?back=check"
    assert f"{address}#field-child-full_name" in check.html
    page = parts.reader.open(address)
    form = page.form("seen")
    told = dict(form.held().items(multi=True)) | {"child.full_name": "LÊ BÌNH", "action": "next"}
    again = parts.reader.post(address, told)
    assert again.path == check.path
    assert "LÊ BÌNH" in again.text
    assert send(again)


def test_rows_are_added_and_taken_away_without_scripts(reader: Reader) -> None:
    conference = begin(reader, "hoi-nghi-quoc-te")
    page = part(conference, 5)
    more = page.form("seen").send(button=("_add", "sponsors"))
    assert more.path == page.path
    assert "sponsors[0].organisation_name" in more.form("seen").names
    fewer = more.form("seen").send(button=("_remove", "sponsors[0]"))
    assert "sponsors[0].organisation_name" not in fewer.form("seen").names


def test_there_are_no_other_parts(parts: Page, reader: Reader) -> None:
    reader.open(f"{parts.path}/phan/9", status=404)
    reader.open(f"{parts.path}/phan/0", status=404)
    reader.open(f"{begin(reader, BUSINESS).path}/phan/1", status=404)


def test_parts_ask_the_database_little(app: Flask, logged_in: Callable[[str], Reader]) -> None:
    me = logged_in("congdan1")
    listed = begin(me, BIRTH)
    keep(part(listed, PAPERS), paper_identity=("a.pdf", PDF))
    for address in (listed.path, f"{listed.path}?check=1", f"{listed.path}/phan/{PAPERS}"):
        with counted(app) as told:
            me.open(address)
        assert len(told) <= MOST, (address, told)


def test_the_list_says_what_is_ready(app: Flask, parts: Page) -> None:
    form = part(parts, RELATION).form("seen")
    keep(part(parts, RELATION), **answers(app, BIRTH, "application", form))
    form = part(parts, WHO).form("seen")
    back = form.send(APPLICANT, button=("action", "save"))
    assert "About the applicant Ready" in back.text
    assert "Quan hệ với người được khai sinh Ready" in back.text
    assert "5 of 8 parts still have to be filled in" in back.text
