"""What makes a form file unusable, and that every problem is told at once."""

import json
from typing import Any

import pytest

from app.forms import FormUnreadable, Kind, read_form
from app.forms.model import Option
from tests.unit.forms.building import field, form_of, problems_of, source_of


def test_the_same_content_gives_the_same_form() -> None:
    source = source_of(field("textfield"), properties={"title": "Tờ khai"})
    form = read_form(source)
    assert form is read_form(source.encode())
    assert (form.id, form.title, len(form.digest)) == ("test", "Tờ khai", 64)
    assert form_of(field("number")).title is None


def test_a_component_is_read_with_all_it_has() -> None:
    form = form_of(
        field(
            "select",
            "owner.ward",
            id="w",
            description="Nơi ở",
            properties={"autocomplete": "address-level3", "order": 2, "odd": [1]},
            validate={"required": True},
            defaultValue="b",
        )
    )
    (ward,) = form.components
    assert (ward.kind, ward.id, ward.hint, ward.default) == (Kind.SELECT, "w", "Nơi ở", "b")
    assert ward.path == ("owner", "ward")
    assert ward.options == (Option(value="a", label="Apple"), Option(value="b", label="Banana"))
    assert ward.properties == {"autocomplete": "address-level3", "order": "2"}
    assert ward.rules.required


def test_keys_name_rows_and_files() -> None:
    row = [field("filepicker", "photo"), field("textfield", "name")]
    form = form_of(field("dynamiclist", "members", components=row), field("filepicker", "papers"))
    assert form.keys == {"members", "members[].photo", "members[].name", "papers"}
    assert form.file_keys == {"members[].photo", "papers"}


def test_harmless_components_are_read_over() -> None:
    form = form_of(
        {"type": "button", "label": "Send"},
        {"type": "separator"},
        {"type": "spacer", "height": 20},
        {"type": "text", "text": "Hello"},
    )
    assert [item.kind for item in form.components] == [Kind.SEPARATOR, Kind.SPACER, Kind.TEXT]
    assert form.keys == frozenset()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"components": [NaN]}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b" " * 1_000_001, "larger than 1000000 bytes"),
        (b"[]", "not a form"),
        (b'{"type": "other", "components": []}', "not a form"),
        (b'{"id": "a", "components": {}}', "not a form"),
    ],
)
def test_a_file_that_is_no_form_is_refused(source: bytes, told: str) -> None:
    with pytest.raises(FormUnreadable, match=told):
        read_form(source)


PROBLEMS: list[tuple[dict[str, Any], str]] = [
    (field("image"), "type “image”"),
    (field("html"), "type “html”"),
    (field("table"), "type “table”"),
    (field("expression"), "type “expression”"),
    ({"key": "x"}, "object with a type"),
    (field("textfield", key=None), "needs a key"),
    (field("textfield", key="a b"), "cannot be a key"),
    (field("textfield", key="a" * 101), "cannot be a key"),
    (field("textfield", key="_x"), "is reserved"),
    (field("textfield", key="csrf_token"), "is reserved"),
    (field("textfield", label=""), "needs a label"),
    (field("textfield", label="=name"), "“label” must be fixed"),
    (field("textfield", description="Dear {{name}}"), "“description” must be fixed"),
    (field("textfield", label=5), "“label” must be a text"),
    (field("textfield", disabled="=true"), "“disabled” must be fixed"),
    (field("textfield", readonly="yes"), "“readonly” must be true or false"),
    (field("textfield", validate=[]), "“validate” must be an object"),
    (field("textfield", validate={"maxLength": -1}), "“maxLength” must be a whole number"),
    (field("textfield", validate={"maxLength": "=5"}), "“maxLength” must be fixed"),
    (field("textfield", validate={"maxLength": 3000}), "from 0 to 2000"),
    (field("textfield", validate={"minLength": 5, "maxLength": 3}), "from 0 to 3"),
    (field("textfield", validate={"pattern": "("}), "not a regular expression"),
    (field("textfield", validate={"pattern": "(a+)+"}), "too long"),
    (field("textfield", validate={"validationType": "iban"}), "“iban” is not known"),
    (field("textfield", disabled=True, validate={"required": True}), "Nobody can answer"),
    (field("textfield", readonly=True, validate={"required": True}), "Nobody can answer"),
    (field("textfield", defaultValue=5), "does not fit"),
    (field("number", validate={"min": "a"}), "“min” must be a number"),
    (field("number", validate={"min": "=1"}), "“min” must be fixed"),
    (field("number", validate={"min": 1e300}), "“min” must be a number"),
    (field("number", validate={"min": 5, "max": 3}), "greater than the largest"),
    (field("number", increment=0), "greater than 0"),
    (field("number", decimalDigits=1.5), "“decimalDigits” must be a whole number"),
    (field("number", serializeToString=True), "serializeToString"),
    (field("number", defaultValue="5"), "does not fit"),
    (field("datetime", subtype="week"), "“week” is no subtype"),
    (field("datetime", timeSerializingFormat="utc_normalized"), "timeSerializingFormat"),
    (field("datetime", properties={"latest": "soon"}), "“latest” must be a date"),
    (field("datetime", properties={"earliest": "2026-02-30"}), "“earliest” must be a date"),
    (field("radio", values=[]), "at least one option"),
    (field("radio", values={}), "“values” must be a list"),
    (field("radio", values=[{"value": 1, "label": "One"}]), "Each option"),
    (field("radio", values=["a"]), "Each option"),
    (field("radio", values=[{"value": "a", "label": "A"}] * 2), "Two options"),
    (field("radio", valuesKey="wards"), "“valuesKey” is not supported"),
    (field("select", valuesExpression="=wards"), "“valuesExpression” is not supported"),
    (field("select", defaultValue="c"), "does not fit"),
    (field("filepicker", accept="<b>"), "“accept” must list"),
    (field("filepicker", multiple="=many"), "“multiple” must be fixed"),
    (field("dynamiclist", components=[]), "at least one component"),
    (field("dynamiclist", components="many"), "“components” must be a list"),
    (
        field("dynamiclist", isRepeating=False, components=[field("number", "n")]),
        "is a group",
    ),
    (field("textfield", conditional={"hide": "y = 1"}), "begins with “=”"),
    (field("textfield", conditional={"hide": True}), "must be a FEEL expression"),
    (field("textfield", conditional={"hide": "=((("}), "cannot be understood"),
    (field("textfield", conditional={"hide": "=unheard = 1"}), "asks for “unheard”"),
]


@pytest.mark.parametrize(("component", "told"), PROBLEMS)
def test_a_component_that_cannot_be_used_is_told_with_its_name(component: Any, told: str) -> None:
    found = problems_of(component)
    (where,) = found
    name = component.get("key") or component.get("path") or "components[0]"
    assert where == name[:100]
    assert told in " ".join(found[where])


def test_all_problems_are_told_at_once() -> None:
    found = problems_of(field("image", "a"), field("textfield", "b", label=""), id="no id!")
    assert set(found) == {"a", "b", "form"}
    with pytest.raises(FormUnreadable, match=r"a: .*image.*; b: ") as refusal:
        form_of(field("image", "a"), field("textfield", "b", label=""))
    assert refusal.value.errors["a"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (field("textfield", "x"), field("number", "x")),
        (field("textfield", "x"), field("number", "x.y")),
        (field("textfield", "x.y"), field("number", "x")),
        (
            field("textfield", "x.y"),
            field("group", "x", components=[field("number", "y")]),
        ),
    ],
)
def test_two_questions_cannot_share_a_place(first: Any, second: Any) -> None:
    assert "already uses the path" in str(problems_of(first, second))


def test_the_same_key_may_stand_in_different_rows() -> None:
    row = [field("textfield", "name")]
    form = form_of(
        field("textfield", "name"),
        field("dynamiclist", "a", components=row),
        field("dynamiclist", "b", components=row),
    )
    assert form.keys == {"name", "a", "a[].name", "b", "b[].name"}


def test_two_components_cannot_share_an_id() -> None:
    found = problems_of(field("textfield", "a", id="i"), field("textfield", "b", id="i"))
    assert "Two components have the id “i”" in str(found)


def test_a_form_has_limits() -> None:
    deep = field("textfield", "x")
    for _ in range(10):
        deep = {"type": "group", "components": [deep]}
    assert "more than 8 deep" in str(problems_of(deep))
    many = [field("number", f"n{at}") for at in range(501)]
    assert problems_of(*many) == {"form": ["The form has more than 500 components."]}


def test_a_component_must_be_an_object() -> None:
    source = json.dumps({"id": "a", "components": ["x", {"type": 5}]})
    with pytest.raises(FormUnreadable) as refusal:
        read_form(source)
    assert set(refusal.value.errors) == {"components[0]", "components[1]"}


def test_a_date_may_carry_its_label_in_the_way_of_the_modelers() -> None:
    date = field("datetime", "d", dateLabel="Ngày sinh")
    del date["label"]
    assert form_of(date).components[0].label == "Ngày sinh"


def test_expressions_may_ask_for_answers_and_for_the_row() -> None:
    row = [
        field("checkbox", "c"),
        field("textfield", "t", conditional={"hide": "=not(this.c) or x = 1 or i = [1]"}),
    ]
    form = form_of(field("number", "x"), field("dynamiclist", "rows", components=row))
    assert form.components[1].components[1].hide is not None
    alien = {"type": "text", "text": "t", "conditional": {"hide": "=c"}}
    found = problems_of(
        field("dynamiclist", "rows", components=[*row, alien]), field("number", "x")
    )
    assert "asks for “c”" in str(found)
