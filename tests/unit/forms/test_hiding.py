"""Hidden questions: dropped, not asked for, and unanswered for other conditions."""

import json
from typing import Any

import pytest

from app.forms import validate, view
from tests.unit.forms.building import errors_of, field, form_of

REQUIRED = {"required": True}
KIND = field("radio", "kind")


def hidden_if(expression: str, component: dict[str, Any]) -> dict[str, Any]:
    return {**component, "conditional": {"hide": f"={expression}"}}


def test_a_hidden_answer_is_dropped_and_not_asked_for() -> None:
    form = form_of(KIND, hidden_if('kind != "a"', field("textfield", "x", validate=REQUIRED)))
    assert validate(form, {"kind": "b", "x": "stale"}) == {"kind": "b"}
    assert validate(form, {}) == {}
    assert errors_of(form, {"kind": "a"}) == {"x": ["Enter field x"]}
    assert validate(form, {"kind": "a", "x": "v"}) == {"kind": "a", "x": "v"}


def test_a_hidden_group_hides_everything_in_it() -> None:
    inner = {"type": "group", "components": [field("textfield", "y", validate=REQUIRED)]}
    group = field("group", "g", components=[field("number", "x", validate=REQUIRED), inner])
    form = form_of(KIND, hidden_if('kind = "a"', group))
    assert validate(form, {"kind": "a", "g": {"x": "bad", "y": 1}}) == {"kind": "a"}
    assert set(errors_of(form, {"kind": "b"})) == {"g.x", "g.y"}


def test_a_hidden_answer_counts_as_unanswered() -> None:
    form = form_of(
        KIND,
        hidden_if('kind = "a"', field("textfield", "b")),
        hidden_if("b = null", field("textfield", "c")),
        hidden_if("c != null", field("textfield", "d")),
    )
    answered = {"kind": "b", "b": "1", "c": "2", "d": "3"}
    assert validate(form, answered) == {"kind": "b", "b": "1", "c": "2"}
    assert validate(form, answered | {"kind": "a"}) == {"kind": "a", "d": "3"}


def test_conditions_that_chase_each_other_come_to_an_end() -> None:
    form = form_of(
        hidden_if("b != null", field("textfield", "a")),
        hidden_if("a != null", field("textfield", "b")),
    )
    assert set(validate(form, {"a": "1", "b": "2"})) <= {"a", "b"}


@pytest.mark.parametrize(
    ("expression", "data", "kept"),
    [
        ("not(box)", {}, False),
        ("not(box)", {"box": True}, True),
        ("box = false", {}, False),
        ("count(many) = 0", {}, False),
        ("count(many) = 0", {"many": ["a"]}, True),
        ("number > 5", {"number": 6}, False),
        ("number > 5", {"number": "6"}, True),
        ("number > 5", {}, True),
        ("owner.name = null", {"owner": {"name": "An"}}, True),
        ("owner.name = null", {"owner": "An"}, False),
        ("today() > date(day)", {"day": "1990-01-01"}, False),
        ("number", {"number": 1}, True),
        ("count(for n in 1..1000000000 return n) > 1", {}, True),
        ("number / 0 > 1", {"number": 1}, True),
        ('some row in rows satisfies row.n = "x"', {"rows": [{"n": "x"}]}, False),
        ("count(rows) > 1", {"rows": [{"n": "x"}, {}]}, True),
        ("count(rows) > 1", {"rows": "rows"}, True),
    ],
)
def test_conditions_see_answers_with_their_types(
    expression: str, data: dict[str, Any], *, kept: bool
) -> None:
    form = form_of(
        field("checkbox", "box"),
        field("checklist", "many"),
        field("number", "number"),
        field("textfield", "owner.name"),
        field("datetime", "day"),
        field("dynamiclist", "rows", components=[field("textfield", "n")]),
        hidden_if(expression, field("textfield", "x", validate=REQUIRED)),
    )
    assert ("x" in errors_of(form, data)) is kept


def test_each_row_is_judged_by_itself() -> None:
    row = [
        field("checkbox", "foreign"),
        hidden_if("not(this.foreign)", field("textfield", "passport", validate=REQUIRED)),
        hidden_if("kind != null and i = [1]", field("textfield", "note")),
        hidden_if("_parent_.kind != null", field("textfield", "n")),
    ]
    form = form_of(KIND, field("dynamiclist", "members", components=row))
    members = [{"foreign": True, "note": "1"}, {"n": "x", "passport": "1", "note": "2"}]
    assert errors_of(form, {"members": members}) == {
        "members[0].passport": ["Enter field passport"]
    }
    members[0]["passport"] = "P1"
    assert validate(form, {"kind": "a", "members": members}) == {
        "kind": "a",
        "members": [{"foreign": True, "passport": "P1"}, {"foreign": False, "note": "2"}],
    }


def test_a_row_with_hidden_answers_only_is_blank() -> None:
    row = [field("checkbox", "c"), hidden_if("not(this.c)", field("textfield", "t"))]
    form = form_of(field("dynamiclist", "x", components=row))
    assert validate(form, {"x": [{"t": "stale"}]}) == {"x": []}


SHOWN: list[tuple[str, Any]] = [
    ('kind != "org"', {"all": [{"name": "kind", "op": "=", "value": "org"}]}),
    ('kind = "org"', {"all": [{"name": "kind", "op": "!=", "value": "org"}]}),
    ("box", {"all": [{"name": "box", "op": "!=", "value": "true"}]}),
    ("not(box)", {"all": [{"name": "box", "op": "=", "value": "true"}]}),
    ("box = false", {"all": [{"name": "box", "op": "=", "value": "true"}]}),
    ("box != false", {"all": [{"name": "box", "op": "!=", "value": "true"}]}),
    ("owner.box = true", {"all": [{"name": "owner.box", "op": "!=", "value": "true"}]}),
    (
        'box or kind = "org"',
        {
            "all": [
                {"name": "box", "op": "!=", "value": "true"},
                {"name": "kind", "op": "!=", "value": "org"},
            ]
        },
    ),
    (
        'box and text != "a"',
        {
            "any": [
                {"name": "box", "op": "!=", "value": "true"},
                {"name": "text", "op": "=", "value": "a"},
            ]
        },
    ),
    ("number > 5", None),
    ("number = 5", None),
    ("kind = null", None),
    ('kind = ""', None),
    ("kind", None),
    ("not(box = true)", None),
    ('box and kind = "a" or text = "b"', None),
    ('box and contains(text, "a")', None),
]


@pytest.mark.parametrize(("expression", "shown"), SHOWN)
def test_simple_conditions_are_told_to_the_browser(expression: str, shown: Any) -> None:
    form = form_of(
        field("radio", "kind"),
        field("checkbox", "box"),
        field("checkbox", "owner.box"),
        field("textfield", "text"),
        field("number", "number"),
        hidden_if(expression, field("textfield", "x")),
    )
    hints = [one.show_when for one in view(form, {"number": 6}) if one.name == "x"]
    told = json.loads(hints[0]) if hints and hints[0] else None
    assert told == shown


def test_inside_a_row_the_browser_watches_the_row() -> None:
    row = [field("checkbox", "c"), hidden_if("not(this.c)", field("textfield", "t"))]
    form = form_of(field("dynamiclist", "x", components=row))
    (rows,) = view(form, {"x": [{}, {"c": True}]})
    boxes = [one.children[1] for one in rows.list_rows]
    assert [box.hidden for box in boxes] == [True, False]
    assert json.loads(boxes[1].show_when)["all"][0]["name"] == "x[1].c"


def test_what_only_the_server_can_show_is_left_out_until_then() -> None:
    form = form_of(field("number", "n"), hidden_if("n < 5", field("textfield", "x")))
    assert [one.name for one in view(form, {"n": 1})] == ["n"]
    assert [one.name for one in view(form, {"n": 5})] == ["n", "x"]


def test_a_group_that_the_browser_may_show_is_drawn_whole() -> None:
    inner = {"type": "group", "components": [field("number", "y")]}
    hard = hidden_if("g.y < 5", field("textfield", "z"))
    group = field("group", "g", components=[field("number", "x"), inner, hard])
    form = form_of(KIND, hidden_if('kind != "a"', group))
    drawn = view(form, {})[1]
    assert drawn.show_when
    assert [one.name for one in drawn.children] == ["g.x", ""]
    assert [one.name for one in drawn.children[1].children] == ["g.y"]
