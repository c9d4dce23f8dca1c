"""Each kind of question: what it accepts, and what it tells people otherwise."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.forms import validate
from app.foundation import clock
from tests.unit.forms.building import errors_of, field, form_of

GOOD: list[tuple[dict[str, Any], Any, Any]] = [
    (field("textfield"), " Nguyễn  An ", "Nguyễn  An"),
    (field("textfield"), "Viê\u0323t", "Việt"),
    (field("textfield", validate={"minLength": 2, "maxLength": 3}), "abc", "abc"),
    (field("textfield", validate={"pattern": r"\d{12}"}), "001099123456", "001099123456"),
    (field("textfield", validate={"validationType": "email"}), "an@ha-tinh.gov.vn", None),
    (field("textfield", validate={"validationType": "phone"}), "0912.345 678", "0912345678"),
    (field("textfield", validate={"validationType": "phone"}), "+84 912 345 678", "+84912345678"),
    (field("textfield", validate={"validationType": "custom"}), "anything", None),
    (field("textarea"), "a\r\nb\tc", "a\nb\tc"),
    (field("number"), 5, 5),
    (field("number"), 5.0, 5),
    (field("number"), -0.5, -0.5),
    (field("number", validate={"min": 0, "max": "10"}), 10, 10),
    (field("number", decimalDigits=2), 1.25, 1.25),
    (field("number", decimalDigits=0), 100, 100),
    (field("number", increment="0.1"), 0.3, 0.3),
    (field("datetime", subtype="date"), "2026-02-28", "2026-02-28"),
    (field("datetime", subtype="time"), "08:30", "08:30"),
    (field("datetime", subtype="time"), "08:30+07:00", "08:30"),
    (
        field("datetime", subtype="time", timeSerializingFormat="utc_offset"),
        "08:30",
        "08:30+07:00",
    ),
    (field("datetime", subtype="datetime"), "2026-02-28T23:59", "2026-02-28T23:59"),
    (field("checkbox"), True, True),
    (field("checkbox"), False, False),
    (field("radio"), "a", "a"),
    (field("select"), "b", "b"),
    (field("checklist"), ["b", "a"], ["a", "b"]),
    (field("taglist", validate={"minItems": 1, "maxItems": 1}), ["b"], ["b"]),
    (field("filepicker"), ["f1"], ["f1"]),
    (field("filepicker", multiple=True, properties={"maxFiles": "2"}), ["1", "2"], ["1", "2"]),
    (field("dynamiclist", components=[field("number", "n")]), [{"n": 1}], [{"n": 1}]),
    (field("textfield", readonly=True, defaultValue="k"), "k", "k"),
]


@pytest.mark.parametrize(("component", "sent", "kept"), GOOD)
def test_a_good_answer_is_kept_in_its_one_form(component: Any, sent: Any, kept: Any) -> None:
    assert validate(form_of(component), {"x": sent}) == {"x": sent if kept is None else kept}


LIST = field("dynamiclist", components=[field("textfield", "n", validate={"required": True})])

BAD: list[tuple[dict[str, Any], Any, str]] = [
    (field("textfield"), 5, "Field x must be text"),
    (field("textfield"), ["a"], "Field x must be text"),
    (field("textfield"), "a" * 2001, "Field x must be 2000 characters or fewer"),
    (
        field("textfield", validate={"maxLength": 3}),
        "abcd",
        "Field x must be 3 characters or fewer",
    ),
    (field("textfield", validate={"minLength": 3}), "ab", "Field x must be 3 characters or more"),
    (field("textfield"), "a\x00b", "Field x must not contain control characters"),
    (field("textfield"), "a\nb", "Field x must not contain control characters"),
    (field("textfield"), "a\ud800b", "Field x must not contain control characters"),
    (
        field("textfield", validate={"pattern": r"\d{12}"}),
        "x1",
        "Enter field x in the correct format",
    ),
    (
        field("textfield", validate={"pattern": r"\d+", "patternErrorMessage": "Digits only"}),
        "1a",
        "Digits only",
    ),
    (
        field("textfield", validate={"pattern": r"\d+"}, properties={"patternHint": "Chỉ chữ số"}),
        "٣",
        "Chỉ chữ số",
    ),
    (
        field("textfield", validate={"validationType": "email"}),
        "an@",
        "Enter field x in the correct format, like name@example.com",
    ),
    (
        field("textfield", validate={"validationType": "phone"}),
        "12",
        "Enter field x, like 0912 345 678 or +84 912 345 678",
    ),
    (field("textarea"), "a" * 20_001, "Field x must be 20000 characters or fewer"),
    (field("number"), "5", "Field x must be a number"),
    (field("number"), True, "Field x must be a number"),
    (field("number"), float("nan"), "Field x must be a number"),
    (field("number"), 10**400, "Field x must be a number"),
    (field("number"), 10**15, "Field x must be 999.999.999.999.999 or less"),
    (field("number", validate={"min": 1}), 0, "Field x must be 1 or more"),
    (field("number", validate={"max": 1.5}), 2, "Field x must be 1,5 or less"),
    (field("number", decimalDigits=0), 1.5, "Field x must be a whole number"),
    (field("number", decimalDigits=1), 1.25, "Field x must have 1 decimal places or fewer"),
    (field("number"), 1e-11, "Field x must have 10 decimal places or fewer"),
    (field("number", increment=5), 7, "Field x must be a multiple of 5"),
    (field("datetime"), 5, "Field x must be a real date, like 27 3 2026"),
    (field("datetime"), "2026-02-30", "Field x must be a real date, like 27 3 2026"),
    (field("datetime"), "1026-02-03", "Field x must be a real date, like 27 3 2026"),
    (field("datetime"), "20260203", "Field x must be a real date, like 27 3 2026"),
    (field("datetime"), "27/3/", "Field x must include a year"),
    (field("datetime", subtype="time"), "25:00", "Field x must be a real time, like 08:30"),
    (
        field("datetime", subtype="datetime"),
        "2026-02-01T9",
        "Field x must be a real date and time, like 27 3 2026 08:30",
    ),
    (field("datetime", subtype="datetime"), "2026-02-01T", "Field x must include a time"),
    (
        field("datetime", properties={"latest": "today"}),
        "2026-07-21",
        "Field x must be today or in the past",
    ),
    (
        field("datetime", disallowPassedDates=True),
        "2026-07-19",
        "Field x must be today or in the future",
    ),
    (
        field("datetime", properties={"latest": "2000-01-31"}),
        "2000-02-01",
        "Field x must be 31/1/2000 or earlier",
    ),
    (
        field("datetime", properties={"earliest": "2000-01-31"}),
        "2000-01-30",
        "Field x must be 31/1/2000 or later",
    ),
    (field("checkbox"), "true", "Field x must be yes or no"),
    (field("checkbox", validate={"required": True}), False, "Tick “Field x” to continue"),
    (field("radio"), "c", "Select field x from the list"),
    (field("select"), ["a"], "Select field x from the list"),
    (field("checklist"), "a", "Field x must be a list"),
    (field("checklist"), [1], "Field x must be a list"),
    (field("checklist"), ["a", "a"], "Field x must not contain the same choice twice"),
    (field("checklist"), ["a", "c"], "Select field x from the list"),
    (field("checklist", validate={"required": True}), [], "Select field x"),
    (field("checklist", validate={"minItems": 2}), ["a"], "Select at least 2 for field x"),
    (field("taglist", validate={"maxItems": 1}), ["a", "b"], "Select at most 1 for field x"),
    (field("filepicker"), "f1", "Field x must be a list"),
    (field("filepicker"), ["f" * 201], "Field x must be a list"),
    (field("filepicker"), ["1", "2"], "You can upload at most 1 files for field x"),
    (
        field("filepicker", multiple=True, validate={"maxFiles": 1}),
        ["1", "2"],
        "You can upload at most 1 files for field x",
    ),
    (field("filepicker", validate={"required": True}), [], "Upload field x"),
    (LIST, {"n": "a"}, "Field x must be a list"),
    ({**LIST, "validate": {"minItems": 1}}, [], "Add at least 1 to field x"),
    (
        {**LIST, "validate": {"maxItems": 1}},
        [{"n": "a"}, {"n": "b"}],
        "You can add at most 1 to field x",
    ),
    (LIST, [{"n": str(n)} for n in range(150)], "You can add at most 100 to field x"),
]


@pytest.mark.parametrize(("component", "sent", "told"), BAD)
def test_a_bad_answer_is_refused_by_the_name_of_its_question(
    component: Any, sent: Any, told: str
) -> None:
    with clock.at(datetime(2026, 7, 20, 3, tzinfo=UTC)):
        assert errors_of(form_of(component), {"x": sent}) == {"x": [told]}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("textfield", "Enter field x"),
        ("textarea", "Enter field x"),
        ("number", "Enter field x"),
        ("datetime", "Enter field x"),
        ("radio", "Select field x"),
        ("select", "Select field x"),
        ("checklist", "Select field x"),
        ("taglist", "Select field x"),
        ("checkbox", "Tick “Field x” to continue"),
        ("filepicker", "Upload field x"),
    ],
)
@pytest.mark.parametrize("data", [{}, {"x": None}, {"x": ""}, {"x": "  "}])
def test_a_missing_required_answer_is_asked_for(kind: str, told: str, data: Any) -> None:
    assert errors_of(form_of(field(kind, validate={"required": True})), data) == {"x": [told]}


@pytest.mark.parametrize(
    ("kind", "empty"),
    [
        ("textfield", {}),
        ("number", {}),
        ("datetime", {}),
        ("radio", {}),
        ("checkbox", {"x": False}),
        ("checklist", {"x": []}),
        ("filepicker", {"x": []}),
    ],
)
def test_an_optional_answer_may_be_left_out(kind: str, empty: dict[str, Any]) -> None:
    assert validate(form_of(field(kind)), {}) == empty


def test_every_missing_part_of_a_date_is_named() -> None:
    form = form_of(field("datetime", subtype="datetime"))
    told = ["Field x must include a day", "Field x must include a year"]
    assert errors_of(form, {"x": "/3/T08:30"}) == {"x": told}


def test_answers_the_form_does_not_ask_for_are_refused() -> None:
    form = form_of(field("group", "owner", components=[field("textfield", "name")]))
    data = {"y": 1, "owner.name": "a", "owner": {"name": "b", "age": 3}, "bad\x00": 1}
    assert errors_of(form, data) == {
        "y": ["“y” is not part of this form"],
        "owner.name": ["“owner.name” is not part of this form"],
        "owner.age": ["“owner.age” is not part of this form"],
        "bad�": ["“bad�” is not part of this form"],
    }


def test_a_group_must_be_a_group() -> None:
    form = form_of(field("group", "owner", components=[field("textfield", "name")]))
    assert errors_of(form, {"owner": "me"}) == {"owner": ["“owner” must be a group of answers"]}
    assert errors_of(form, ["owner"]) == {"": ["“test” must be a group of answers"]}
    assert validate(form, {"owner": None}) == {}


def test_answers_of_groups_and_dotted_keys_are_nested() -> None:
    form = form_of(
        field(
            "group", "owner", components=[field("textfield", "name"), field("number", "at.ward")]
        ),
        {"type": "group", "components": [field("textfield", "flat")]},
    )
    data = {"owner": {"name": "An", "at": {"ward": 3}}, "flat": "f"}
    assert validate(form, data) == data
    assert form.keys == {"owner.name", "owner.at.ward", "flat"}


def test_errors_inside_rows_name_the_row() -> None:
    inner = field("dynamiclist", "jobs", components=[field("number", "year")])
    form = form_of(field("dynamiclist", "members", components=[field("textfield", "n"), inner]))
    data = {"members": [{"n": "a"}, {"n": 1, "jobs": [{"year": 1}, {"year": "x"}]}, "b", {"z": 1}]}
    assert errors_of(form, data) == {
        "members[1].n": ["Field n must be text"],
        "members[1].jobs[1].year": ["Field year must be a number"],
        "members[2]": ["“Field members 3” must be a group of answers"],
        "members[3].z": ["“z” is not part of this form"],
    }


def test_blank_rows_are_dropped_unless_they_are_needed() -> None:
    row = [field("textfield", "n", validate={"required": True}), field("checkbox", "c")]
    assert validate(
        form_of(field("dynamiclist", components=row)), {"x": [{}, {"n": "a"}, {"c": False}]}
    ) == {"x": [{"n": "a", "c": False}]}
    needed = form_of(field("dynamiclist", components=row, validate={"minItems": 2}))
    assert errors_of(needed, {"x": [{}, {"n": "a"}, {}]}) == {"x[0].n": ["Enter field n"]}


def test_a_blank_row_may_hold_blank_rows() -> None:
    inner = field("dynamiclist", "jobs", components=[field("textfield", "n")])
    form = form_of(field("dynamiclist", components=[inner]))
    assert validate(form, {"x": [{"jobs": [{}]}, {"jobs": [{"n": "a"}]}]}) == {
        "x": [{"jobs": [{"n": "a"}]}]
    }


def test_what_cannot_be_changed_comes_from_the_form() -> None:
    form = form_of(
        field("textfield", "seen", readonly=True, defaultValue="k"),
        field("checkbox", "ticked", readonly=True, defaultValue=True),
        field("textfield", "dead", disabled=True, defaultValue="k"),
    )
    assert validate(form, {}) == {"seen": "k", "ticked": True}
    sent = {"dead": "k", "seen": "other", "ticked": False}
    assert validate(form, sent) == {"seen": "k", "ticked": True}


def test_conditions_see_what_the_house_knows_and_the_client_cannot_change() -> None:
    form = form_of(
        field("textfield", "kind", readonly=True),
        field("textfield", "x", conditional={"hide": '=kind != "org"'}),
    )
    sent = {"kind": "org", "x": "HTX"}
    assert validate(form, sent) == {}
    assert validate(form, sent, known={"kind": "org"}) == {"x": "HTX"}


def test_labels_become_part_of_sentences() -> None:
    required = {"validate": {"required": True}}
    form = form_of(
        field("textfield", "a", **required) | {"label": "Số CCCD:"},
        field("textfield", "b", **required) | {"label": "CCCD *"},
        field("textfield", "c", **required) | {"label": "Ý kiến"},
    )
    assert errors_of(form, {}) == {
        "a": ["Enter số CCCD"],
        "b": ["Enter CCCD"],
        "c": ["Enter ý kiến"],
    }
