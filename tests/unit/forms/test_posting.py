"""What browsers post becomes what JSON clients send; lists work without scripts."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.forms import (
    apply_list_action,
    file_ids,
    from_html,
    initial,
    stored_files,
)
from tests.unit.forms.building import errors_of, field, form_of

Pairs = list[tuple[str, str]]

DATE = field("datetime", "d")
TIME = field("datetime", "t", subtype="time")
MOMENT = field("datetime", "m", subtype="datetime", timeSerializingFormat="utc_offset")


def date(day: str, month: str, year: str, name: str = "d") -> Pairs:
    return [(f"{name}-day", day), (f"{name}-month", month), (f"{name}-year", year)]


POSTS: list[tuple[dict[str, Any], Pairs, dict[str, Any]]] = [
    (field("textfield"), [("x", " a ")], {"x": "a"}),
    (field("textfield"), [("x", "  ")], {}),
    (field("textfield"), [("x", "a"), ("x", "b")], {"x": "a"}),
    (field("textfield", "owner.name"), [("owner.name", "a")], {"owner": {"name": "a"}}),
    (field("number"), [("x", "")], {}),
    (field("number"), [("x", "5")], {"x": 5}),
    (field("number"), [("x", "1.500.000")], {"x": 1_500_000}),
    (field("number"), [("x", "1.500,25")], {"x": 1500.25}),
    (field("number"), [("x", "-1,5")], {"x": -1.5}),
    (field("number"), [("x", "−2.5")], {"x": -2.5}),
    (field("number"), [("x", "1 500")], {"x": 1500}),
    (field("number"), [("x", "1,234,567")], {"x": "1,234,567"}),
    (field("number"), [("x", "１２")], {"x": "１２"}),
    (field("number"), [("x", "1e5")], {"x": "1e5"}),
    (DATE, date("", "", ""), {}),
    (DATE, date("5", "6", "1990"), {"d": "1990-06-05"}),
    (DATE, date("05", "06", "1990"), {"d": "1990-06-05"}),
    (DATE, date("31", "2", "1990"), {"d": "31/2/1990"}),
    (DATE, date("5", "", "1990"), {"d": "5//1990"}),
    (DATE, date("5", "6", "90"), {"d": "5/6/90"}),
    (DATE, date("５", "6", "1990"), {"d": "５/6/1990"}),
    (TIME, [("t", "8h")], {"t": "08:00"}),
    (TIME, [("t", "8:30")], {"t": "08:30"}),
    (TIME, [("t", "14 giờ 05")], {"t": "14:05"}),
    (TIME, [("t", "25:00")], {"t": "25:00"}),
    (MOMENT, [*date("5", "6", "1990", "m"), ("m-time", "7h30")], {"m": "1990-06-05T07:30+07:00"}),
    (MOMENT, date("5", "6", "1990", "m"), {"m": "1990-06-05T"}),
    (MOMENT, [("m-time", "7:30")], {"m": "T07:30+07:00"}),
    (field("checkbox"), [("x", "true")], {"x": True}),
    (field("checkbox"), [], {}),
    (field("radio"), [("x", "a")], {"x": "a"}),
    (field("checklist"), [("x", "a"), ("x", "b"), ("x", "a")], {"x": ["a", "b"]}),
    (field("taglist"), [], {}),
    (field("textfield", readonly=True), [("x", "a")], {}),
    (field("textfield"), [("csrf_token", "t"), ("other", "o")], {}),
]


@pytest.mark.parametrize(("component", "pairs", "data"), POSTS)
def test_each_question_is_decoded(component: Any, pairs: Pairs, data: dict[str, Any]) -> None:
    assert from_html(form_of(component), MultiDict(pairs)) == data


ROW = [field("textfield", "n"), field("checkbox", "c"), field("filepicker", "f")]
LISTS = form_of(
    field(
        "dynamiclist",
        "members",
        validate={"maxItems": 4},
        components=[*ROW, field("dynamiclist", "jobs", components=[field("textfield", "n")])],
    ),
    field("dynamiclist", "owner.fixed", allowAddRemove=False, components=[field("number", "n")]),
    field("textfield", "name"),
)


def rows(*names: str, extra: Pairs | None = None) -> MultiDict[str, str]:
    pairs = [(f"members[{at}]", "") for at in range(len(names))]
    pairs += [(f"members[{at}].n", name) for at, name in enumerate(names)]
    return MultiDict([*pairs, *(extra or [])])


def names_after(post: MultiDict[str, str]) -> list[str | None] | None:
    changed = apply_list_action(LISTS, from_html(LISTS, post), post)
    return None if changed is None else [row.get("n") for row in changed.get("members", [])]


def test_blank_rows_keep_their_place() -> None:
    assert from_html(LISTS, rows("a", "", "b")) == {"members": [{"n": "a"}, {}, {"n": "b"}]}


def test_rows_stand_in_the_order_of_their_numbers_and_are_bounded() -> None:
    post = MultiDict([("members[7].n", "b"), ("members[2].n", "a"), ("members[9999].n", "c")])
    assert from_html(LISTS, post) == {"members": [{"n": "a"}, {"n": "b"}]}
    many = MultiDict([(f"members[{at}]", "") for at in range(500)])
    assert len(from_html(LISTS, many)["members"]) == 101
    assert errors_of(LISTS, from_html(LISTS, many)) == {}


def test_files_are_those_stored_without_those_taken_away() -> None:
    form = form_of(field("filepicker", "one"), field("filepicker", "many", multiple=True))
    files = {"one": ["old", "new"], "many": ["1", "2", "3"]}
    post = MultiDict([("many-remove", "2"), ("one-remove", "x")])
    assert from_html(form, post, files) == {"one": ["new"], "many": ["1", "3"]}
    assert from_html(form, MultiDict([("one-remove", "new")]), {"one": ["new"]}) == {}


def test_stored_files_are_found_by_path_and_by_id() -> None:
    data = {"members": [{"f": ["1"]}, {}, {"f": ["2", 5]}, "x"], "name": "n"}
    assert stored_files(LISTS, data) == {"members[0].f": ["1"], "members[2].f": ["2"]}
    assert file_ids(LISTS, data) == {"1": "members[0].f", "2": "members[2].f"}
    assert stored_files(LISTS, {"members": "x"}) == {}


@pytest.mark.parametrize(
    ("action", "target", "names"),
    [
        ("_add", "members", ["a", "", "b", None]),
        ("_remove", "members[0]", ["", "b"]),
        ("_remove", "members[1]", ["a", "b"]),
        ("_remove", "members[9]", ["a", "", "b"]),
        ("_remove", "members", ["a", "", "b"]),
        ("_add", "members[1]", ["a", "", "b"]),
        ("_add", "name", ["a", "", "b"]),
        ("_add", "nobody", ["a", "", "b"]),
        ("_add", "", ["a", "", "b"]),
        ("_add", "members[x]", ["a", "", "b"]),
        ("_add", "members[5].jobs", ["a", "", "b"]),
        ("_add", "members.jobs", ["a", "", "b"]),
        ("_add", "owner.fixed", ["a", "", "b"]),
    ],
)
def test_buttons_add_and_remove_rows(action: str, target: str, names: list[str | None]) -> None:
    wanted = [name or None for name in names]
    assert names_after(rows("a", "", "b", extra=[(action, target)])) == wanted


def test_without_a_button_the_list_stays() -> None:
    assert names_after(rows("a")) is None


def test_a_row_is_found_by_the_number_the_page_gave_it() -> None:
    post = MultiDict([("members[3].n", "a"), ("members[8].n", "b"), ("_remove", "members[8]")])
    assert names_after(post) == ["a"]


def test_a_full_list_takes_no_more_rows() -> None:
    assert names_after(rows("a", "b", "c", "d", extra=[("_add", "members")])) == list("abcd")


def test_lists_inside_rows_have_buttons_too() -> None:
    post = rows("a", "b", extra=[("members[1].jobs[0].n", "x"), ("_add", "members[1].jobs")])
    data = from_html(LISTS, post)
    changed = apply_list_action(LISTS, data, post)
    assert changed == {"members": [{"n": "a"}, {"n": "b", "jobs": [{"n": "x"}, {}]}]}
    assert data["members"][1]["jobs"] == [{"n": "x"}]
    post.setlist("_add", ["members[0].jobs"])
    assert apply_list_action(LISTS, data, post)["members"][0] == {"n": "a", "jobs": [{}]}


def test_a_form_begins_with_its_defaults() -> None:
    row = [field("number", "n", defaultValue=2)]
    form = form_of(
        field("textfield", "a", defaultValue="k"),
        field("textfield", "b", defaultValue="k", disabled=True),
        field("textfield", "c"),
        field("dynamiclist", "one", components=row),
        field("dynamiclist", "none", defaultRepetitions=0, components=row),
        field("dynamiclist", "two", validate={"minItems": 2}, components=row),
    )
    assert initial(form) == {"a": "k", "one": [{"n": 2}], "none": [], "two": [{"n": 2}, {"n": 2}]}
