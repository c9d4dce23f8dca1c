"""Catalogue entries and forms fit each other and the diagrams."""

import re
from typing import Any

import pytest

from tests.unit.procedures_as_files.shelf import (
    CALLED,
    DIAGRAMS,
    FORMS,
    PROCEDURES,
    ROOT,
    catalogue,
    components,
    form,
    form_path,
)

each_procedure = pytest.mark.parametrize("procedure", PROCEDURES)
each_form = pytest.mark.parametrize(("procedure", "name"), FORMS, ids=str)
FLAT_KEY = re.compile(r"[a-z][a-z0-9_]*")


@each_procedure
def test_the_entry_tells_citizens_everything_they_need(procedure: str) -> None:
    entry = catalogue(procedure)
    assert entry["key"] == procedure
    assert re.fullmatch(r"\d\.\d{6}", entry["code"])
    assert entry["level"] in {"PROVINCE", "DISTRICT", "COMMUNE"}
    for told in ("name", "field", "summary", "who", "result"):
        assert entry[told].strip()
    for listed in ("legal_basis", "paper", "offer", "keywords"):
        assert entry[listed]
    assert [case.get("default", False) for case in entry["case"]].count(True) == 1


@each_procedure
def test_every_paper_can_be_attached_when_applying_and_when_supplementing(procedure: str) -> None:
    wanted = {paper["key"] for paper in catalogue(procedure)["paper"]}
    applications = {case["application_form"] for case in catalogue(procedure)["case"]}
    for name in (*applications, "supplement"):
        assert wanted <= _keys_of(procedure, name, "filepicker")


@each_procedure
def test_what_may_be_asked_for_again_names_every_paper(procedure: str) -> None:
    (items,) = [
        part for key, part in components(form(procedure, "reception")) if key == "supplement_items"
    ]
    offered = {option["value"] for option in items["values"]}
    assert offered > {paper["key"] for paper in catalogue(procedure)["paper"]}


@each_procedure
def test_no_file_lies_about_unused(procedure: str) -> None:
    cases = catalogue(procedure)["case"]
    mine = [diagram for diagram in DIAGRAMS if diagram.procedure == procedure]
    begun = {case["diagram"] for case in cases}
    called = {diagram.path.name for diagram in mine if diagram.process.get("id") in CALLED}
    assert {diagram.path.name for diagram in mine} == begun | called
    used = {task.form for diagram in mine for task in diagram.of("userTask")}
    used |= {case["application_form"] for case in cases}
    assert {path.stem for path in (ROOT / "forms" / procedure).glob("*.form")} == used


@each_form
def test_a_form_has_its_own_name_a_title_and_no_key_twice(procedure: str, name: str) -> None:
    loaded = form(procedure, name)
    assert (loaded["type"], loaded["id"], loaded["schemaVersion"]) == ("default", name, 16)
    assert loaded["properties"]["title"]
    parts = list(components(loaded))
    keys = [key for key, _ in parts if key]
    assert len(set(keys)) == len(keys)
    assert len({part["id"] for _, part in parts}) == len(parts)
    assert all(FLAT_KEY.fullmatch(piece) for key in keys for piece in key.split("."))


@each_form
def test_no_file_is_demanded_but_an_electronic_result_because_papers_may_come_over_the_counter(
    procedure: str, name: str
) -> None:
    for key, part in components(form(procedure, name)):
        if part["type"] == "filepicker" and part.get("validate", {}).get("required"):
            assert key.endswith("result_file"), key
            assert part["conditional"]["hide"] == '=result_method != "electronic"'


@each_form
def test_every_pattern_is_explained_in_words(procedure: str, name: str) -> None:
    for key, part in components(form(procedure, name)):
        pattern = part.get("validate", {}).get("pattern")
        if pattern:
            re.compile(pattern)
            assert part["properties"]["patternHint"].endswith("."), key


@each_form
def test_reasons_are_demanded_only_where_they_are_shown(procedure: str, name: str) -> None:
    """A reason that is required for the happy answer too would only invite empty words."""
    for key, part in components(form(procedure, name)):
        if key in {"supplement_reason", "refusal_reason", "return_opinion", "supplement_items"}:
            assert _required(part), key
            assert part["conditional"]["hide"], key


@each_procedure
def test_the_result_is_named_dated_and_described(procedure: str) -> None:
    parts = dict(components(form(procedure, "return_result")))
    for key in ("result_number", "result_date", "result_summary", "receiver_name"):
        assert _required(parts[key]), key
    assert parts["result_file"]["type"] == "filepicker"


@each_form
def test_files_are_written_as_the_modelers_read_them(procedure: str, name: str) -> None:
    text = form_path(procedure, name).read_text()
    assert text.endswith("}\n")
    assert "\\u" not in text


def _keys_of(procedure: str, name: str, kind: str) -> set[str]:
    return {key for key, part in components(form(procedure, name)) if part["type"] == kind}


def _required(part: dict[str, Any]) -> bool:
    return part.get("validate", {}).get("required") is True
