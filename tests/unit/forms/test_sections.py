"""Long forms are divided into parts that people can take one at a time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.forms import (
    FormDefinition,
    Progress,
    errors_in,
    from_html,
    initial,
    is_asked,
    progress,
    sections,
    summary,
    validate,
    view,
    with_part,
)
from tests.unit.forms.building import errors_of, field, form_of, post_of

REQUIRED = {"validate": {"required": True}}


def questions(*keys: str, **more: Any) -> list[dict[str, Any]]:
    return [field("textfield", key, **more) for key in keys]


def many(prefix: str, count: int = 12) -> list[dict[str, Any]]:
    return questions(*(f"{prefix}{number}" for number in range(count)))


def group(name: str, *inside: dict[str, Any], **more: Any) -> dict[str, Any]:
    return field("group", name, components=list(inside), **more)


def long_form(*more: dict[str, Any]) -> FormDefinition:
    return form_of(group("a", *many("q")), group("b", *many("q")), group("c", *many("q")), *more)


def divided(form: FormDefinition) -> list[tuple[str, list[str]]]:
    """Titles, and the kinds of their components."""
    return [
        (one.title, [item.name or item.kind.value for item in one.part.components])
        for one in sections(form)
    ]


def test_a_short_form_stays_one_page() -> None:
    assert sections(form_of(group("a", *many("q", 10)), group("b", *many("q", 20)))) == ()


def test_a_long_form_without_parts_stays_one_page() -> None:
    assert sections(form_of(*many("q", 60))) == ()
    assert sections(form_of(group("a", *many("q", 20)), group("b", *many("q", 20)))) == ()


def test_groups_and_lists_are_parts() -> None:
    rows = field("dynamiclist", "rows", components=questions("name"))
    assert [title for title, _ in divided(long_form(rows))] == [
        "Field a", "Field b", "Field c", "Field rows",
    ]  # fmt: skip


def test_a_question_that_decides_over_a_group_stands_on_its_page() -> None:
    asks = field("radio", "married")
    decided = group("m", *questions("place"), conditional={"hide": '=married != "a"'})
    form = long_form(*questions("town"), asks, decided)
    assert divided(form)[-2:] == [("Field town", ["town"]), ("Field m", ["married", "m"])]


def test_words_go_with_the_question_after_them() -> None:
    words = {"type": "text", "id": "note", "text": "Read this"}
    form = long_form(*questions("x", "y"), words, group("d", *questions("z")))
    assert divided(form)[-2:] == [("Further information", ["x", "y"]), ("Field d", ["text", "d"])]


def test_papers_come_on_a_page_of_their_own() -> None:
    words = {"type": "text", "id": "note", "text": "Papers"}
    files = [field("filepicker", "one"), field("filepicker", "two")]
    form = long_form(*questions("x"), words, *files)
    assert divided(form)[-2:] == [
        ("Field x", ["x"]), ("Papers attached", ["text", "one", "two"]),
    ]  # fmt: skip


def test_marks_decide_where_there_are_any() -> None:
    marked = {"properties": {"section": "Where"}}
    form = form_of(
        *questions("before"),
        group("a", *many("q"), properties={"section": "What"}),
        group("b", *many("q")),
        field("textfield", "town", **marked),
        group("c", *many("q")),
        field("filepicker", "paper", properties={"section": "Papers"}),
    )
    assert divided(form) == [
        ("What", ["before", "a", "b"]), ("Where", ["town", "c"]), ("Papers", ["paper"]),
    ]  # fmt: skip


FORM = long_form(
    field("radio", "kind"),
    group("d", *questions("x", **REQUIRED), conditional={"hide": '=kind != "a"'}),
    field("dynamiclist", "rows", components=questions("name", **REQUIRED)),
    field("textfield", "late", conditional={"hide": '=kind != "a"'}, **REQUIRED),
    field("textfield", "with_default", defaultValue="Kinh"),
)
PARTS = {one.title: one for one in sections(FORM)}


def test_every_question_belongs_to_exactly_one_part() -> None:
    names = [item.name for one in sections(FORM) for item in one.part.inputs]
    assert names == [item.name for item in FORM.inputs]


def test_errors_are_found_in_the_part_that_asks() -> None:
    errors = errors_of(FORM, {"kind": "a", "rows": [{"name": "x" * 3000}]})
    found = {title: set(errors_in(one, errors)) for title, one in PARTS.items()}
    assert found["Field d"] == {"d.x"}
    assert found["Field rows"] == {"rows[0].name"}
    assert found["Further information"] == {"late"}
    assert set.union(*found.values()) == set(errors)


@pytest.mark.parametrize(
    ("title", "data", "state"),
    [
        ("Field a", {}, Progress.OPTIONAL),
        ("Field a", {"a": {"q1": "x"}}, Progress.DONE),
        ("Field d", {"kind": "b"}, Progress.DONE),
        ("Field d", {"kind": "a"}, Progress.IN_PROGRESS),
        ("Further information", {"kind": "a", "with_default": "Kinh"}, Progress.NOT_BEGUN),
        ("Further information", {"kind": "a", "with_default": "Tày"}, Progress.IN_PROGRESS),
        ("Field rows", {"rows": [{}]}, Progress.OPTIONAL),
        ("Field rows", {"rows": [{"name": "x"}]}, Progress.DONE),
        ("Field rows", {"rows": [{"name": "x" * 3000}]}, Progress.IN_PROGRESS),
    ],
)
def test_how_far_a_part_has_come(title: str, data: dict[str, Any], state: Progress) -> None:
    assert progress(FORM, PARTS[title], data, errors_of(FORM, data)) is state


def test_what_another_page_asks_decides_at_the_server() -> None:
    part = PARTS["Further information"].part
    shown = {one.name for one in view(FORM, {"kind": "a"}, part=part)}
    hidden = {one.name for one in view(FORM, {"kind": "b"}, part=part)}
    assert shown - hidden == {"late"}
    assert not any(one.show_when for one in view(FORM, {"kind": "a"}, part=part))
    asked = PARTS["Field d"].part
    assert any(one.show_when for one in view(FORM, {"kind": "a"}, part=asked))


def test_the_default_values_of_all_parts_come_with_the_first() -> None:
    saved = with_part(FORM, PARTS["Field a"].part, {}, {"a": {"q1": "x"}})
    assert saved == initial(FORM) | {"a": {"q1": "x"}}
    emptied = with_part(FORM, PARTS["Further information"].part, saved, {})
    assert "with_default" not in emptied


def test_a_part_of_which_nothing_is_asked_is_left_out() -> None:
    form = long_form(
        field("radio", "kind"),
        field(
            "dynamiclist", "rows", components=questions("n"), conditional={"hide": '=kind != "a"'}
        ),
        field("filepicker", "paper"),
    )
    rows = next(one for one in sections(form) if one.title == "Field rows")
    assert is_asked(form, rows, {"kind": "a"})
    kind_and_rows = {item.name for item in rows.part.inputs}
    assert kind_and_rows == {"kind", "rows"}, "who decides stands beside what is decided over"


def test_a_part_can_be_read_alone() -> None:
    told = summary(FORM, {"kind": "a", "late": "x"}, part=PARTS["Further information"].part)
    assert [row.label for row in told] == ["Field late", "Field with_default"]


answers = some.fixed_dictionaries(
    {"a": some.dictionaries(some.sampled_from(["q1", "q2"]), some.just("x"), min_size=1)},
    optional={
        "kind": some.sampled_from(["a", "b"]),
        "d": some.fixed_dictionaries({"x": some.sampled_from(["one", "two"])}),
        "late": some.sampled_from(["x", "y" * 3000]),
        "with_default": some.sampled_from(["Kinh", "Tày"]),
        "rows": some.lists(
            some.fixed_dictionaries({"name": some.sampled_from(["", "n"])}), max_size=3
        ),
    },
)


@given(data=answers, order=some.permutations(range(len(sections(FORM)))))
def test_part_by_part_gives_what_one_page_gives(data: dict[str, Any], order: list[int]) -> None:
    """Saving every part untouched, in any order, changes nothing that is valid or wrong."""
    kept = dict(data)
    for number in order:
        part = sections(FORM)[number].part
        post = post_of(*view(FORM, kept, part=part))
        kept = with_part(FORM, part, kept, from_html(part, post))
    assert errors_of(FORM, kept) == errors_of(FORM, data)
    if not errors_of(FORM, kept):
        assert validate(FORM, kept) == validate(FORM, data)
