"""What is refused before it is published, and what is said about it at the terminal."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from click.testing import Result
from flask import Flask

from app.actions.check_procedure import check_files, ensure_publishable
from app.actions.known_names import START
from app.actions.new_dossier import first_variables
from app.actions.services import HANDLERS, OUTPUTS
from app.cli.files import files_of_procedure
from app.domain.dossiers.status import ApplicantKind, Channel
from app.engine import DefinitionInvalid, Problem
from app.foundation.db import db
from tests.house.files import ROOT

P6 = "thanh-lap-ho-kinh-doanh"
ACCEPTED = 'reception_decision = "refuse"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped procedure, to be changed."""
    for kind in ("bpmn", "forms"):
        shutil.copytree(ROOT / kind / P6, tmp_path / kind / P6)
    return tmp_path / "bpmn" / P6


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(app: Flask, *args: str | Path) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def problems(folder: Path) -> list[Problem]:
    found = check_files(files_of_procedure(folder), None)
    return [problem for told in found.values() for problem in told]


def test_a_mistyped_name_is_not_published(app: Flask, folder: Path) -> None:
    change(folder / "process.bpmn", ACCEPTED, 'recepton_decision = "refuse"')
    (problem,) = problems(folder)
    assert problem.code == "name.unknown"
    assert problem.element_id in {flow_of(folder, "recepton_decision")}
    assert "reception_decision" in str(problem.hint)
    with app.app_context(), pytest.raises(DefinitionInvalid):
        ensure_publishable(db.session(), files_of_procedure(folder))
    assert "recepton_decision" in run(app, "procedures", "check", folder).output


def flow_of(folder: Path, text: str) -> str:
    """The id of the flow whose condition holds the text."""
    before = (folder / "process.bpmn").read_text("utf-8").split(text)[0]
    return before.rpartition("<bpmn:sequenceFlow ")[2].partition('id="')[2].partition('"')[0]


def test_a_name_like_no_other_is_told_with_general_advice(folder: Path) -> None:
    change(folder / "process.bpmn", ACCEPTED, "zzzzzzzz")
    assert [(p.code, "key of a field" in str(p.hint)) for p in problems(folder)] == [
        ("name.unknown", True)
    ]


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ('reception_decision = "refused"', ["option.unknown"]),
        ('"refused" = reception_decision', ["option.unknown"]),
        ('not(reception_decision != "refused")', ["option.unknown"]),
        ('reception_decision = "refuse" or channel = "ONLINE"', ["option.unknown"]),
        ('if channel = "post" then owner_kind = "citizen" else case = "mac-dinh"', []),
        ('case = "gap"', ["option.unknown"]),
        ('handling_unit = "anything"', []),
        ('reception_decision = "ref" + "use"', []),
        ('"reception_decision = x" = register_number', []),
        ('reception_decision = "refused" // a note', []),
        ('some x in [1, 2] satisfies x = 1 and reception_decision = "refuse"', []),
    ],
)
def test_only_values_that_can_be_chosen_are_compared_with(
    folder: Path, condition: str, codes: list[str]
) -> None:
    change(folder / "process.bpmn", ACCEPTED, condition)
    assert [problem.code for problem in problems(folder)] == codes


def test_nested_answers_are_no_variables(folder: Path) -> None:
    form = folder.parent.parent / "forms" / P6 / "application.form"
    asked = orjson.loads(form.read_bytes())
    asked["components"].append({"type": "number", "id": "n1", "key": "shop.area", "label": "Area"})
    form.write_bytes(orjson.dumps(asked))
    change(folder / "process.bpmn", ACCEPTED, "shop.area > 3")
    assert [problem.code for problem in problems(folder)] == ["name.unknown"]


def test_names_wait_until_the_other_files_can_be_read(folder: Path) -> None:
    change(folder / "process.bpmn", ACCEPTED, "zzzzzzzz")
    (folder.parent.parent / "forms" / P6 / "application.form").write_text("{", "utf-8")
    assert problems(folder) == []


def test_every_service_says_what_it_gives() -> None:
    assert OUTPUTS.keys() == HANDLERS.keys()


def test_the_first_variables_are_known() -> None:
    names = {*START, "case"}
    work = SimpleNamespace(definition=SimpleNamespace(variables=names))
    opening = SimpleNamespace(
        data={},
        channel=Channel.POST,
        case=SimpleNamespace(key="a"),
        application=SimpleNamespace(applicant=SimpleNamespace(kind=ApplicantKind.CITIZEN)),
        unit=SimpleNamespace(code="H1"),
        receiving_unit="H1",
    )
    given = first_variables(cast(Any, opening), cast(Any, work))
    assert given.keys() == names
