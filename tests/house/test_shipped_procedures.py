"""Every shipped diagram and form can be published as it lies in the folder."""

from pathlib import Path

import pytest

from app.actions.check_procedure import check_files
from app.cli.files import files_of_procedure
from app.domain.procedures.catalogue import read_catalogue
from app.forms import read_form
from tests.house.files import ROOT, written

FOLDERS = sorted(path.parent for path in (ROOT / "bpmn").glob("*/procedure.toml"))
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_procedures() -> None:
    assert FOLDERS


@each_folder
def test_the_diagrams_have_no_problem_of_any_kind(folder: Path) -> None:
    found = check_files(files_of_procedure(folder), None)
    assert {name: problems for name, problems in found.items() if problems} == {}


@each_folder
def test_the_forms_can_be_read(folder: Path) -> None:
    forms = {n: t for n, t in files_of_procedure(folder).items() if n.endswith(".form")}
    assert forms
    assert all(read_form(text) for text in forms.values())


@each_folder
def test_the_catalogue_entry_carries_the_name_of_its_folder(folder: Path) -> None:
    assert read_catalogue(files_of_procedure(folder)["procedure.toml"]).key == folder.name


def test_every_file_belongs_to_a_procedure() -> None:
    keys = {folder.name for folder in FOLDERS}
    strays = {str(path) for path in written(".form", ".bpmn", below="forms")}
    strays |= {str(path) for path in written(".form", ".bpmn", below="bpmn")}
    assert {path for path in strays if path.split("/")[1] not in keys} == set()
