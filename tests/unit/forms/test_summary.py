"""Answers to read: in the words of the form, as Vietnamese people write them."""

from typing import Any

import pytest

from app.forms import SummaryGroup, SummaryRow, summary
from tests.unit.forms.building import field, form_of

NUMBER = field("number", appearance={"suffixAdorner": "đồng"})
MOMENT = field("datetime", subtype="datetime", timeSerializingFormat="utc_offset")


@pytest.mark.parametrize(
    ("component", "value", "text"),
    [
        (field("textfield"), "An <b>", "An <b>"),
        (field("textarea"), "a\nb", "a\nb"),
        (NUMBER, 1_500_000, "1.500.000 đồng"),
        (NUMBER, -1234.5, "-1.234,5 đồng"),
        (NUMBER, -999, "-999 đồng"),
        (NUMBER, "abc", "abc đồng"),
        (field("number", properties={"grouping": "none"}), 2026, "2026"),
        (field("number"), 1e-07, "0,0000001"),
        (field("datetime"), "1990-06-05", "5/6/1990"),
        (field("datetime"), 5, "5"),
        (field("datetime", subtype="time"), "08:30", "08:30"),
        (MOMENT, "1990-06-05T08:30+07:00", "5/6/1990 08:30"),
        (field("checkbox"), True, "Yes"),
        (field("checkbox"), False, "No"),
        (field("checkbox"), None, "No"),
        (field("checkbox"), "maybe", "maybe"),
        (field("radio"), "a", "Apple"),
        (field("select"), "gone", "gone"),
        (field("checklist"), ["b", "a"], "Banana\nApple"),
        (field("checklist"), [], "Not provided"),
        (field("textfield"), None, "Not provided"),
        (field("filepicker"), ["f1"], "paper.pdf"),
        (field("filepicker"), ["f2"], "f2"),
        (field("filepicker"), [], "Not provided"),
        (field("filepicker"), "f1", "f1"),
        (field("textfield", disabled=True, defaultValue="k"), None, "k"),
        (field("textfield", readonly=True), "known", "known"),
    ],
)
def test_each_answer_reads_well(component: Any, value: Any, text: str) -> None:
    (row,) = summary(form_of(component), {"x": value}, file_names={"f1": "paper.pdf"})
    assert isinstance(row, SummaryRow)
    assert (row.label, row.text, row.name, row.anchor) == ("Field x", text, "x", "field-x")
    assert row.provided is (text != "Not provided")
    assert row.changeable is not component.get("disabled", component.get("readonly", False))


def test_files_can_be_linked() -> None:
    (row,) = summary(form_of(field("filepicker")), {"x": ["f1"]}, file_names={"f1": "p.pdf"})
    assert isinstance(row, SummaryRow)
    assert [(file.id, file.name) for file in row.files] == [("f1", "p.pdf")]


def test_groups_and_rows_keep_together() -> None:
    inner = {"type": "group", "components": [field("textfield", "note")]}
    form = form_of(
        field("group", "owner", components=[field("textfield", "name")]),
        field("group", "empty", components=[{"type": "separator"}]),
        field("dynamiclist", "members", components=[field("textfield", "name")]),
        field("dynamiclist", "none", components=[field("textfield", "name")]),
        inner,
    )
    told = summary(form, {"owner": {"name": "A"}, "members": [{}, {"name": "B"}], "note": "n"})
    assert [(type(one).__name__, one.label) for one in told] == [
        ("SummaryGroup", "Field owner"),
        ("SummaryGroup", "Field members 1"),
        ("SummaryRow", "Field none"),
        ("SummaryRow", "Field note"),
    ]
    member = told[1]
    assert isinstance(member, SummaryGroup)
    assert member.rows[0].name == "members[1].name"  # type: ignore[union-attr] # a row


def test_hidden_answers_are_not_told() -> None:
    hidden = field("textfield", "y", conditional={"hide": "=x = null"})
    form = form_of(field("textfield", "x"), hidden)
    assert [one.label for one in summary(form, {"y": "stale"})] == ["Field x"]
