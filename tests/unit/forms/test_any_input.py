"""Whatever is sent: a refusal or an answer, never a crash; and what was shown can be sent again."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from app.forms import FormInvalid, FormUnreadable, from_html, read_form, summary, validate, view
from tests.unit.forms.building import OPTIONS, field, form_of, post_of

ROW = [
    field("textfield", "name", validate={"required": True, "maxLength": 20}),
    field("number", "share", decimalDigits=1),
    field("checkbox", "foreign"),
    field("textfield", "passport", conditional={"hide": "=not(this.foreign)"}),
]
FORM = form_of(
    field("radio", "kind", validate={"required": True}),
    field("textfield", "org", conditional={"hide": '=kind != "b"'}, validate={"minLength": 2}),
    field("group", "owner", components=[field("textfield", "name"), field("datetime", "birth")]),
    field("datetime", "meeting", subtype="datetime", timeSerializingFormat="utc_offset"),
    field("datetime", "opens", subtype="time"),
    field("textarea", "reason"),
    field("number", "capital", validate={"min": 0, "max": 10**9}),
    field("select", "ward"),
    field("checklist", "goods", validate={"maxItems": 1}),
    field("textfield", "phone", validate={"validationType": "phone"}),
    field("filepicker", "papers", multiple=True),
    field("textfield", "office", readonly=True, defaultValue="one-stop"),
    field("dynamiclist", "members", components=ROW, validate={"maxItems": 3}),
    field("checkbox", "agree"),
)

scalars = (
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
    | some.sampled_from(["a", "b", "2026-02-28", "08:30", "2026-02-28T08:30", "0912345678"])
)  # fmt: skip
names = some.sampled_from(
    [*FORM.tree, "name", "birth", "share", "foreign", "passport", "owner.name", ""]
)
anything = some.recursive(
    scalars,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
likely = some.fixed_dictionaries(
    {"kind": some.sampled_from(["a", "b"])},
    optional={
        "org": some.text(min_size=2, max_size=9),
        "owner": some.fixed_dictionaries(
            {}, optional={"name": some.text(max_size=9), "birth": some.just("1990-06-05")}
        ),
        "meeting": some.just("2027-01-02T08:05+07:00"),
        "opens": some.just("07:30"),
        "reason": some.text(max_size=20),
        "capital": some.integers(0, 10**9)
        | some.integers(0, 10**9).map(lambda eighths: eighths / 8),
        "ward": some.sampled_from([option["value"] for option in OPTIONS]),
        "goods": some.sampled_from([[], ["a"], ["b"]]),
        "phone": some.just("+84 912 345 678"),
        "papers": some.sampled_from([[], ["f1"], ["f2", "f1"]]),
        "members": some.lists(
            some.fixed_dictionaries(
                {"name": some.text(min_size=1, max_size=9)},
                optional={
                    "share": some.integers(-99, 999).map(lambda tenths: tenths / 10),
                    "foreign": some.booleans(),
                    "passport": some.text(max_size=5),
                },
            ),
            max_size=3,
        ),
        "agree": some.booleans(),
    },
)


def accepted(data: Any) -> dict[str, Any] | None:
    try:
        return validate(FORM, data)
    except FormInvalid as refusal:
        return ensure_told(refusal.errors)


def ensure_told(errors: dict[str, list[str]]) -> None:
    """A refusal names at least one place, and says something about each."""
    assert errors
    assert all(texts and all(isinstance(text, str) for text in texts) for texts in errors.values())


@settings(max_examples=80)
@given(anything | some.dictionaries(names, anything, max_size=6))
def test_any_json_is_answered_or_refused(data: Any) -> None:
    clean = accepted(data)
    if isinstance(data, dict):
        assert view(FORM, data)
        assert summary(FORM, data)
    if clean is not None:
        assert validate(FORM, json.loads(json.dumps(clean))) == clean


@settings(max_examples=50)
@given(likely)
def test_what_a_page_shows_can_be_sent_again(data: dict[str, Any]) -> None:
    clean = accepted(data)
    if clean is None:
        return
    files = {"papers": clean["papers"]}
    assert validate(FORM, from_html(FORM, post_of(*view(FORM, clean)), files)) == clean


@settings(max_examples=50)
@given(likely)
def test_a_draft_is_shown_as_it_was_typed(data: dict[str, Any]) -> None:
    shown = view(FORM, data)
    again = from_html(FORM, post_of(*shown), {"papers": data.get("papers", [])})
    assert view(FORM, again) == shown


KEYS = [
    *("type", "key", "path", "label", "id", "values", "components", "validate", "conditional"),
    *("properties", "defaultValue", "text", "disabled"),
]
KINDS = some.sampled_from(["textfield", "number", "radio", "group", "dynamiclist", "text"])


@settings(max_examples=50)
@given(some.dictionaries(some.sampled_from(KEYS), anything | KINDS, max_size=8))
def test_any_component_is_read_or_refused(component: dict[str, Any]) -> None:
    try:
        form = read_form(json.dumps({"id": "f", "components": [component]}))
    except FormUnreadable as refusal:
        ensure_told(refusal.errors)
    else:
        assert summary(form, {}) is not None
