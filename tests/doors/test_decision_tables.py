"""Decision tables travel with their procedure: checked, published, kept and asked."""

import shutil
from pathlib import Path

import orjson
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app import engine
from app.actions.deploy_procedure import deploy_procedure
from app.cli.files import files_of_procedure
from app.domain.procedures.model import ProcedureVersion
from app.foundation.actor import SYSTEM
from app.foundation.db import transaction
from app.queries.definitions import loaded_version, parse_version
from tests.house.files import ROOT
from tests.support.apps import MONDAY
from tests.support.bpmn import Bpmn

SAMPLE = ROOT / "tests" / "support" / "decisions" / "le-phi.dmn"
KEY = "dang-ky-khai-sinh"


def diagram(decision: str = "papers") -> bytes:
    called = f'<zeebe:calledDecision decisionId="{decision}" resultVariable="papers"/>'
    bpmn = Bpmn().start().node("businessRuleTask", "rule", ext=called).end()
    return bpmn.path("start", "rule", "end").xml()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A procedure whose diagram asks a decision."""
    for kind in ("bpmn", "forms"):
        shutil.copytree(ROOT / kind / KEY, tmp_path / kind / KEY)
    made = tmp_path / "bpmn" / KEY
    (made / "process.bpmn").write_bytes(diagram())
    shutil.copy(SAMPLE, made)
    form = tmp_path / "forms" / KEY / "application.form"
    asked = orjson.loads(form.read_bytes())
    asked["components"].append({"type": "number", "id": "area", "key": "area", "label": "Area"})
    form.write_bytes(orjson.dumps(asked))
    return made


def checked(app: Flask, *paths: Path) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["procedures", "check", *map(str, paths)])


def test_the_files_of_a_procedure_are_checked_with_their_tables(app: Flask, folder: Path) -> None:
    result = checked(app, folder, folder / "process.bpmn", folder / "le-phi.dmn")
    assert (result.exit_code, result.output.count(": ok")) == (0, 4)
    (folder / "process.bpmn").write_bytes(diagram("paper"))
    for path in (folder, folder / "process.bpmn"):
        result = checked(app, path)
        assert (result.exit_code, "“papers”" in result.output) == (1, True)


def test_a_broken_table_is_told_and_the_diagram_is_not_blamed(app: Flask, folder: Path) -> None:
    table = folder / "le-phi.dmn"
    table.write_text(table.read_text("utf-8").replace("area * 300", "area *"), "utf-8")
    result = checked(app, folder)
    assert result.exit_code == 1
    assert "base_fee_large_out" in result.output
    assert f"{folder / 'process.bpmn'}: ok" in result.output
    with app.app_context(), transaction() as session, pytest.raises(engine.DefinitionInvalid):
        deploy_procedure(session, files_of_procedure(folder), actor=SYSTEM, at=MONDAY)
    with pytest.raises(engine.DefinitionInvalid):
        parse_version(files_of_procedure(folder))


def test_a_version_keeps_its_tables_and_a_changed_table_makes_a_new_one(
    app: Flask, folder: Path
) -> None:
    numbers = []
    for rate in ("100000", "100000", "120000"):
        table = folder / "le-phi.dmn"
        table.write_text(SAMPLE.read_text("utf-8").replace("100000", rate), "utf-8")
        with app.app_context(), transaction() as session:
            files = files_of_procedure(folder)
            numbers.append(deploy_procedure(session, files, actor=SYSTEM, at=MONDAY).number)
    assert numbers == [2, 2, 3]
    with app.app_context(), transaction() as session:
        row = session.scalars(select(ProcedureVersion).where(ProcedureVersion.number == 3)).one()
        definition = loaded_version(session, row.id).diagram("process.bpmn")
    assert definition.variables == {"area", "owner_kind"}
    outcome = engine.start(definition, {"area": 400}, now=MONDAY, seed="s")
    assert outcome.variables["papers"] == ["fire_safety"]
