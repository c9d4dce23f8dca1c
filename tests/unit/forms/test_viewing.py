"""The render model: what a template gets for each question."""

from typing import Any

import pytest

from app.forms import ErrorLink, FieldView, view
from tests.unit.forms.building import field, form_of


def only(component: dict[str, Any], data: Any = None, errors: Any = None, **more: Any) -> FieldView:
    (one,) = view(form_of(component), data, errors, **more)
    return one


@pytest.mark.parametrize(
    ("component", "value", "shown"),
    [
        (field("textfield"), "An", {"value": "An", "type": "text", "max_length": None}),
        (field("textfield"), 5, {"value": "5"}),
        (field("textfield"), ["a"], {"value": ""}),
        (field("textfield", validate={"validationType": "email"}), "a", {"type": "email"}),
        (field("textfield", validate={"validationType": "phone"}), "0", {"type": "tel"}),
        (field("textarea", validate={"maxLength": 500}), "a", {"max_length": 500, "rows": 5}),
        (field("textarea", properties={"rows": 9}), "a", {"max_length": None, "rows": 9}),
        (field("textarea", properties={"rows": "many"}), "a", {"rows": 5}),
        (field("number"), 1.5, {"value": "1,5", "inputmode": "decimal", "width": "10"}),
        (field("number", decimalDigits=0), "abc", {"value": "abc", "inputmode": "numeric"}),
        (
            field("number", properties={"inputmode": "text", "width": "5"}),
            1,
            {"inputmode": "text", "width": "5"},
        ),
        (field("textfield", properties={"autocomplete": "name"}), "", {"autocomplete": "name"}),
        (
            field("number", appearance={"prefixAdorner": "≈", "suffixAdorner": "đồng"}),
            1,
            {"prefix": "≈", "suffix": "đồng"},
        ),
        (
            field("datetime"),
            "1990-06-05",
            {"parts": {"day": "5", "month": "6", "year": "1990", "time": ""}, "moment": "date"},
        ),
        (
            field("datetime"),
            "31/2/90/x",
            {"parts": {"day": "31", "month": "2", "year": "90/x", "time": ""}},
        ),
        (
            field("datetime", subtype="datetime", timeSerializingFormat="utc_offset"),
            "1990-06-05T08:30+07:00",
            {"parts": {"day": "5", "month": "6", "year": "1990", "time": "08:30"}},
        ),
        (
            field("datetime", subtype="time"),
            "8:99",
            {"parts": {"day": "", "month": "", "year": "", "time": "8:99"}},
        ),
        (
            field("datetime"),
            5,
            {"parts": {"day": "", "month": "", "year": "", "time": ""}},
        ),
        (field("checkbox"), True, {"checked": True, "optional": False}),
        (
            field("filepicker", accept=".pdf", multiple=True),
            ["1"],
            {"accept": ".pdf", "multiple": True},
        ),
        (field("textfield", readonly=True), "k", {"fixed": True, "lines": ("k",)}),
        (
            field("radio", disabled=True, defaultValue="a"),
            None,
            {"fixed": True, "lines": ("Apple",)},
        ),
    ],
)
def test_each_question_has_what_its_template_needs(
    component: Any, value: Any, shown: dict[str, Any]
) -> None:
    one = only(component, {"x": value})
    assert {key: getattr(one, key) for key in shown} == shown
    assert (one.name, one.id, one.label) == ("x", "field-x", "Field x")


@pytest.mark.parametrize("kind", ["radio", "select", "checklist", "taglist"])
def test_chosen_options_are_marked(kind: str) -> None:
    value = "b" if kind in ("radio", "select") else ["b"]
    options = only(field(kind), {"x": value}).options
    assert [(one.value, one.label, one.chosen) for one in options] == [
        ("a", "Apple", False),
        ("b", "Banana", True),
    ]


def test_files_are_shown_by_name() -> None:
    one = only(field("filepicker", multiple=True), {"x": ["1", "2"]}, file_names={"1": "a.pdf"})
    assert [(file.id, file.name) for file in one.files] == [("1", "a.pdf"), ("2", "2")]


def test_what_may_be_left_out_says_so() -> None:
    assert only(field("textfield")).optional
    assert not only(field("textfield", validate={"required": True})).optional
    assert not only(field("checklist", validate={"minItems": 1})).optional
    assert not only(field("textfield", readonly=True)).optional


def test_defaults_are_shown_at_first_and_not_again() -> None:
    assert only(field("textfield", defaultValue="k")).value == "k"
    assert only(field("textfield", defaultValue="k"), {}).value == ""


def test_groups_and_words_are_drawn_with_what_is_in_them() -> None:
    group = field("group", "owner", id="g", components=[field("textfield", "name")])
    words, line, owner = view(
        form_of({"type": "text", "text": "**Hi**", "id": "t"}, {"type": "separator"}, group),
        {"owner": {"name": "An"}},
        {"owner.name": ["Too short"]},
    )
    assert str(words.content) == '<p class="govuk-body"><strong>Hi</strong></p>'
    assert line.kind == "separator"
    assert (owner.kind, owner.label, owner.id) == ("group", "Field owner", "group-field-g")
    assert (owner.children[0].value, owner.children[0].errors) == ("An", ("Too short",))
    assert owner.error_links == (ErrorLink(text="Too short", href="#field-owner-name"),)


LIST = field("dynamiclist", components=[field("textfield", "n"), field("datetime", "d")])


def test_lists_are_drawn_row_by_row() -> None:
    one = only(LIST, {"x": [{"n": "a"}, {}]})
    assert [row.name for row in one.list_rows] == ["x[0]", "x[1]"]
    assert [row.id for row in one.list_rows] == ["field-x-0", "field-x-1"]
    assert [row.label for row in one.list_rows] == ["Field x 1", "Field x 2"]
    assert one.list_rows[0].children[0].name == "x[0].n"
    assert one.list_rows[0].removable
    assert one.can_add
    assert one.has_list
    assert one.next_id == "field-x-2"


def test_a_list_shows_the_rows_it_needs() -> None:
    needed = {**LIST, "validate": {"minItems": 2, "maxItems": 2}}
    one = only(needed, {})
    assert len(one.list_rows) == 2
    assert not one.can_add
    assert not one.list_rows[0].removable
    fixed = only({**LIST, "allowAddRemove": False}, {"x": [{}]})
    assert not fixed.can_add
    assert not fixed.list_rows[0].removable
    assert only(LIST, {"x": "not a list"}).list_rows == ()


def test_errors_lead_to_the_first_input_and_name_their_row() -> None:
    errors = {"x": ["Too few"], "x[1]": ["Odd"], "x[1].n": ["Enter n"], "x[1].d": ["Enter d"]}
    one = only({**LIST, "description": "All of them"}, {"x": [{}, {}]}, errors)
    assert one.error_links == (
        ErrorLink(text="Too few", href="#field-x"),
        ErrorLink(text="Odd", href="#field-x-1"),
        ErrorLink(text="Field x 2: Enter n", href="#field-x-1-n"),
        ErrorLink(text="Field x 2: Enter d", href="#field-x-1-d-day"),
    )
    assert one.described_by == "field-x-hint field-x-error"
    assert only(LIST).described_by == ""


def test_no_error_is_lost() -> None:
    drawn = view(form_of(field("textfield")), {}, {"x": ["Here"], "y": ["Elsewhere"], "": ["All"]})
    assert [one.kind for one in drawn] == ["textfield", "problem"]
    assert drawn[1].error_links == (
        ErrorLink(text="Elsewhere", href=""),
        ErrorLink(text="All", href=""),
    )


def test_time_questions_take_the_focus_themselves() -> None:
    assert only(field("datetime", subtype="time")).focus_id == "field-x"
    assert only(field("datetime")).focus_id == "field-x-day"
