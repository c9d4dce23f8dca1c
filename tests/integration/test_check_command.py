"""`flask procedures check`: the proof and the hours of each diagram, as JSON and as a table."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from app.actions.check_procedure import ensure_publishable
from app.actions.examine_diagram import examine_diagram
from app.cli.files import files_of_procedure
from app.engine import DefinitionInvalid
from app.foundation.db import db
from tests.house.files import ROOT
from tests.support.bpmn import Bpmn

KEY = "thanh-lap-ho-kinh-doanh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped procedure, to be changed."""
    for kind in ("bpmn", "forms"):
        shutil.copytree(ROOT / kind / KEY, tmp_path / kind / KEY)
    return tmp_path / "bpmn" / KEY


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def checked(app: Flask, *paths: Path, status: int = 0) -> list[dict[str, Any]]:
    with app.app_context():
        result = app.test_cli_runner().invoke(
            args=["procedures", "check", "--json", *map(str, paths)]
        )
    assert result.exit_code == status, result.output
    reports: list[dict[str, Any]] = orjson.loads(result.output)
    return reports


def stuck(**props: str) -> Bpmn:
    """A choice joined in parallel, of which the checker sees nothing."""
    bpmn = Bpmn().start().end().xor("choice", default="on").parallel("join")
    for step in ("a", "b"):
        bpmn.user(step, form="approval", roles="specialist", **props).flow(step, "join")
    bpmn.path("start", "choice").flow("choice", "a", '=channel = "online"').flow(
        "choice", "b", id_="on"
    )
    return bpmn.path("join", "end")


def test_shipped_procedures_are_sound_and_use_their_term(app: Flask) -> None:
    folders = sorted(path.parent for path in (ROOT / "bpmn").glob("*/procedure.toml"))
    reports = checked(app, *folders)
    told = {Path(report["file"]).parent.name: [] for report in reports}
    for report in reports:
        assert report["problems"] == []
        verdict, budget = report["proof"]["verdict"], report["budget"] or {}
        told[Path(report["file"]).parent.name].append(
            (verdict, budget.get("verdict"), budget.get("total_hours"))
        )
    assert told == {
        "dang-ky-khai-sinh": [("sound", "equal", "8")],
        "hoi-nghi-quoc-te": [
            ("sound", "equal", "160"),
            ("sound", None, None),  # what both cases call
            ("sound", "equal", "160"),
        ],
        "thanh-lap-ho-kinh-doanh": [("sound", "equal", "24")],
    }


def test_the_budget_names_its_case_and_its_steps(app: Flask, folder: Path) -> None:
    (report,) = checked(app, folder)
    assert report["budgets"] == [report["budget"]]
    assert report["budget"]["case"] == "mac-dinh"
    first = report["budget"]["rows"][0]
    assert (first["role"], first["hours"], first["cumulative"]) == ("reception_officer", "2", "2")


def test_a_counter_example_is_told_in_order(app: Flask, folder: Path) -> None:
    (folder / "process.bpmn").write_bytes(stuck().xml())
    (report,) = checked(app, folder, status=1)
    (finding,) = report["proof"]["findings"]
    assert (finding["verdict"], finding["marking"]) == ("deadlock", ["join"])
    assert finding["trace"] == ["start", "choice", "a"]
    errors = [p for p in report["problems"] if p["severity"] == "error"]
    assert [(p["code"], p["element_id"]) for p in errors] == [("proof.deadlock", "join")]
    assert errors[0]["hint"]


def test_steps_that_take_too_long_are_an_error(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", "term_hours = 24", "term_hours = 16")
    (report,) = checked(app, folder, status=1)
    assert report["budget"]["verdict"] == "over"
    assert [problem["code"] for problem in report["problems"]] == ["budget.over"]


def test_the_strictest_case_comes_first(app: Flask, folder: Path) -> None:
    with (folder / "procedure.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[case]]\nkey = "gap"\nname = "Gấp"\nterm_hours = 30\nterm_text = "30 giờ"\n')
    (report,) = checked(app, folder)
    assert [budget["case"] for budget in report["budgets"]] == ["mac-dinh", "gap"]
    assert report["budget"]["case"] == "mac-dinh"
    assert [problem["code"] for problem in report["problems"]] == ["budget.under"]


def test_hours_that_depend_on_the_channel_are_those_of_the_slowest(
    app: Flask, folder: Path
) -> None:
    change(
        folder / "process.bpmn",
        'name="workingHours" value="12"',
        'name="workingHours" value="=if channel = &quot;online&quot; then 6 else 12"',
    )
    (report,) = checked(app, folder)
    assert (report["budget"]["verdict"], report["budget"]["depends_on"]) == ("equal", [])


def test_single_files_have_a_proof_and_no_budget(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "one.bpmn"
    file.write_bytes(stuck().xml())
    (report,) = checked(app, file, status=1)
    assert report["proof"]["verdict"] == "deadlock"
    assert (report["budget"], report["budgets"]) == (None, [])


def test_a_file_without_a_process_has_no_proof(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "none.bpmn"
    file.write_text("nothing", encoding="utf-8")
    (report,) = checked(app, file, status=1)
    assert report["proof"] is None


def test_a_broken_catalogue_entry_leaves_the_hours_open(app: Flask, folder: Path) -> None:
    change(folder / "procedure.toml", "term_hours = 24", "term_hours = 0")
    diagram, entry = checked(app, folder, status=1)
    assert (diagram["proof"]["verdict"], diagram["budget"]) == ("sound", None)
    assert entry["ok"] is False


def test_what_the_checker_says_is_not_said_twice() -> None:
    xml = Bpmn().start().end().user("a").user("lost").path("start", "a", "end").flow("lost", "end")
    found = examine_diagram(xml.xml())
    assert [problem.code for problem in found.problems] == ["element.unreachable"]
    assert found.proof is not None
    assert found.proof.verdict.value == "dead-task"


def test_the_terminal_shows_the_table(app: Flask, folder: Path) -> None:
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["procedures", "check", str(folder)])
    lines = result.output.splitlines()
    assert "  proof: sound" in lines
    assert "  hours (mac-dinh): equal, 24 of 24" in lines
    assert lines[3].split() == ["#", "Step", "Role", "Hours", "Critical", "Total"]
    assert lines[4].split()[-4:] == ["reception_officer", "2", "yes", "2"]


def test_the_terminal_shows_the_way_into_a_deadlock(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "one.bpmn"
    file.write_bytes(stuck().xml())
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["procedures", "check", str(file)])
    assert "    start > choice > a | join" in result.output.splitlines()


@pytest.mark.parametrize(
    ("xml", "term", "code"),
    [
        (stuck().xml(), "24", "proof.deadlock"),
        (None, "16", "budget.over"),
    ],
)
def test_nothing_unsound_or_too_slow_is_published(
    app: Flask, folder: Path, xml: bytes | None, term: str, code: str
) -> None:
    if xml:
        (folder / "process.bpmn").write_bytes(xml)
    change(folder / "procedure.toml", "term_hours = 24", f"term_hours = {term}")
    with app.app_context(), pytest.raises(DefinitionInvalid) as caught:
        ensure_publishable(db.session(), files_of_procedure(folder))
    assert code in {problem.code for problem in caught.value.problems}
