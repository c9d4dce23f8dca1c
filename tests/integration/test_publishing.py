"""What is refused before it is published, and what is said about it at the terminal."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.actions.check_procedure import check_files, ensure_publishable
from app.actions.known_names import START
from app.actions.new_dossier import first_variables
from app.actions.services import HANDLERS, OUTPUTS
from app.cli.files import files_of_procedure
from app.domain.dossiers.status import ApplicantKind, Channel
from app.domain.procedures.model import Procedure
from app.engine import DefinitionInvalid, Problem
from app.foundation.db import db
from app.queries.definitions import current_version
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
        case=SimpleNamespace(key="a", prepaid=False),
        application=SimpleNamespace(applicant=SimpleNamespace(kind=ApplicantKind.CITIZEN)),
        unit=SimpleNamespace(code="H1"),
        receiving_unit="H1",
    )
    given = first_variables(cast(Any, opening), cast(Any, work))
    assert given.keys() == names


def version_of(app: Flask) -> tuple[int, str]:
    """Number and catalogue entry of what new dossiers begin with."""
    with app.app_context():
        row = db.session.scalars(select(Procedure).where(Procedure.key == P6)).one()
        version = current_version(db.session(), row)
        return version.number, version.files["procedure.toml"]


def test_loading_the_demo_again_keeps_what_was_published(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", "name = ", "# our own\nname = ")
    assert run(app, "procedures", "deploy", folder).output == f"{P6}: version 2\n"
    published = version_of(app)
    assert run(app, "demo", "load").exit_code == 0
    assert version_of(app) == published
    assert "# our own" in published[1]


@pytest.mark.parametrize("name", ["process.bpmn", "procedure.toml", "application.form"])
def test_files_that_are_no_text_are_named(app: Flask, folder: Path, name: str) -> None:
    place = folder.parent.parent / "forms" / P6 if name.endswith(".form") else folder
    (place / name).write_bytes(b"\xff\xe1\x80 no text")
    result = run(app, "procedures", "check", "--json", folder)
    (report,) = orjson.loads(result.output)
    assert (result.exit_code, Path(report["file"]).name) == (1, name)
    assert [problem["code"] for problem in report["problems"]] == ["file.encoding"]
    result = run(app, "procedures", "deploy", folder)
    assert (result.exit_code, name in result.output) == (1, True)
    assert "save it as UTF-8" in result.output


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "windows-1258"])
def test_diagrams_in_other_encodings_are_kept_as_utf_8(
    app: Flask, folder: Path, encoding: str
) -> None:
    file = folder / "process.bpmn"
    told = encoding.removesuffix("-le").removesuffix("-sig").upper()
    text = file.read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{told}"', 1)
    # The code page has no precomposed letters with two marks.
    file.write_bytes(text.encode(encoding, errors="xmlcharrefreplace"))
    assert run(app, "procedures", "check", folder).exit_code == 0
    assert run(app, "procedures", "deploy", folder).exit_code == 0
    with app.app_context():
        row = db.session.scalars(select(Procedure).where(Procedure.key == P6)).one()
        source = current_version(db.session(), row).diagram_source("process.bpmn")
    assert source.startswith('<?xml version="1.0" encoding="UTF-8"?>')


def test_line_ends_make_no_new_version(app: Flask, folder: Path) -> None:
    file = folder / "process.bpmn"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(app, "procedures", "deploy", folder).output == f"{P6}: version 1\n"


def test_the_key_is_the_name_of_the_folder(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", f'key = "{P6}"', 'key = "another"')
    for command in ("check", "deploy"):
        result = run(app, "procedures", command, folder)
        assert (result.exit_code, "the name of the folder" in result.output) == (1, True)


def test_units_that_do_not_exist_are_told_before_publishing(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", 'unit = "', 'unit = "X')
    result = run(app, "procedures", "check", folder)
    assert (result.exit_code, "offer.0.unit: There is no unit" in result.output) == (1, True)


def test_files_that_a_case_lacks_are_told_before_publishing(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", 'diagram = "process.bpmn"', 'diagram = "gone.bpmn"')
    for command in ("check", "deploy"):
        result = run(app, "procedures", command, folder)
        assert (result.exit_code, "no file “bpmn/gone.bpmn”" in result.output) == (1, True)


def test_every_folder_of_procedures_can_be_given_at_once(app: Flask, tmp_path: Path) -> None:
    folders = sorted(path for path in (ROOT / "bpmn").iterdir() if path.is_dir())
    assert "element-templates" in {path.name for path in folders}
    result = run(app, "procedures", "deploy", *folders)
    assert (result.exit_code, result.output.count(": version 1\n")) == (0, len(folders) - 1)
    assert run(app, "procedures", "check", *folders).exit_code == 0
    for wrong in ([ROOT / "bpmn" / "element-templates"], [*folders, tmp_path]):
        result = run(app, "procedures", "deploy", *wrong)
        assert (result.exit_code, "no procedure.toml" in result.output) == (1, True)


def test_a_broken_form_is_called_a_form(app: Flask, folder: Path) -> None:
    (folder.parent.parent / "forms" / P6 / "approval.form").write_text("{", "utf-8")
    result = run(app, "procedures", "deploy", folder)
    assert result.exit_code == 1
    assert result.output.startswith("Error: The form forms/approval.form has errors.")


def test_a_timer_that_waits_for_another_kind_of_time_is_not_published(
    app: Flask, folder: Path
) -> None:
    change(folder / "process.bpmn", ">P30D<", ">=working hours from(now(), 8)<")
    (problem,) = problems(folder)
    assert problem.code == "timer.wrong-kind"
    with app.app_context(), pytest.raises(DefinitionInvalid):
        ensure_publishable(db.session(), files_of_procedure(folder))
