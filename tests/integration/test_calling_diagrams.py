"""Diagrams of one procedure that call each other: looked over, proven and added up together."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from app.actions.check_procedure import check_files, ensure_publishable, examine_files
from app.actions.examine_diagram import Examination
from app.analysis import Fit, Verdict
from app.cli.files import files_of_procedure
from app.engine import DefinitionInvalid
from app.foundation.db import db
from app.queries.definitions import parse_version
from tests.house.files import ROOT
from tests.support.bpmn import Bpmn

KEY = "thanh-lap-ho-kinh-doanh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped procedure whose diagram calls another one."""
    for kind in ("bpmn", "forms"):
        shutil.copytree(ROOT / kind / KEY, tmp_path / kind / KEY)
    found = tmp_path / "bpmn" / KEY
    (found / "process.bpmn").write_bytes(caller().xml())
    (found / "review.bpmn").write_bytes(review().xml())
    return found


def task(bpmn: Bpmn, name: str, hours: str, **props: str) -> Bpmn:
    return bpmn.user(name, form="approval", roles="specialist", workingHours=hours, **props)


def caller(process: str = "review") -> Bpmn:
    bpmn = task(Bpmn("main").start(), "first", "8").call("ask", process)
    return task(bpmn, "last", "4").end().path("start", "first", "ask", "last", "end")


def review(condition: str = '=case = "mac-dinh"') -> Bpmn:
    bpmn = task(Bpmn("review").start(), "short", "2").xor("which", default="usual")
    task(bpmn, "long", "12").end().flow("which", "long", id_="usual")
    bpmn.flow("which", "short", condition).flow("short", "end")
    return bpmn.path("start", "which").path("long", "end")


def stuck() -> Bpmn:
    bpmn = Bpmn("review").start().end().xor("which", default="on").parallel("join")
    for step in ("a", "b"):
        task(bpmn, step, "4").flow(step, "join")
    bpmn.flow("which", "a", '=case = "mac-dinh"').flow("which", "b", id_="on")
    return bpmn.path("start", "which").path("join", "end")


def looked_over(folder: Path) -> dict[str, Examination]:
    return examine_files(files_of_procedure(folder), None)


def errors(found: Examination) -> list[tuple[str, str | None]]:
    return [(p.code, p.element_id) for p in found.problems if p.severity.value == "error"]


def test_diagrams_that_call_each_other_are_published_together(app: Flask, folder: Path) -> None:
    files = files_of_procedure(folder)
    with app.app_context():
        ensure_publishable(db.session(), files)
    version = parse_version(files)
    assert set(version.diagram("process.bpmn").called) == {"review"}
    assert version.diagram("process.bpmn").steps["review/long"].name == "long"


def test_a_called_process_takes_its_own_hours(folder: Path) -> None:
    found = looked_over(folder)["bpmn/process.bpmn"]
    budget = found.budgets["mac-dinh"]
    assert (budget.fit, budget.total_hours) == (Fit.EQUAL, Decimal(24))
    assert [row.step for row in budget.rows if row.critical] == ["first", "review/long", "last"]
    assert budget.rows[1].cumulative == 20
    assert budget.outcomes[0].steps == ("first", "review/long", "last")


def test_hours_may_depend_on_the_case(folder: Path) -> None:
    text = review().text().replace('value="12"', 'value="=if case = &quot;x&quot; then 1 else 12"')
    (folder / "review.bpmn").write_text(text, "utf-8")
    budget = looked_over(folder)["bpmn/process.bpmn"].budgets["mac-dinh"]
    assert (budget.fit, budget.depends_on) == (Fit.EQUAL, ())


def test_missing_hours_are_told_where_they_are_missing(folder: Path) -> None:
    text = review().text().replace('<zeebe:property name="workingHours" value="12"/>', "")
    (folder / "review.bpmn").write_text(text, "utf-8")
    found = looked_over(folder)
    told = {path: [(p.code, p.element_id) for p in one.problems] for path, one in found.items()}
    assert told["bpmn/review.bpmn"] == [("budget.no-hours", "long")]
    assert told["bpmn/process.bpmn"] == [("budget.under", None)]


def test_a_called_process_that_gets_stuck_makes_its_caller_unsound(folder: Path) -> None:
    (folder / "review.bpmn").write_bytes(stuck().xml())
    found = looked_over(folder)
    assert errors(found["bpmn/review.bpmn"]) == [("proof.deadlock", "join")]
    assert errors(found["bpmn/process.bpmn"]) == [("proof.deadlock", "ask")]
    proof = found["bpmn/process.bpmn"].proof
    assert proof is not None
    (finding,) = proof.findings
    assert finding.verdict is Verdict.DEADLOCK
    assert finding.trace == ("start", "first", "ask", "review/start", "review/which", "review/a")
    assert finding.marking == ("review/join",)
    assert "“ask”" in str(finding.sentence)
    assert "“join”" in str(finding.sentence)


def test_the_way_leads_through_several_calls(folder: Path) -> None:
    (folder / "process.bpmn").write_bytes(caller("middle").xml())
    (folder / "middle.bpmn").write_bytes(
        Bpmn("middle").start().call("again", "review").end().path("start", "again", "end").xml()
    )
    (folder / "review.bpmn").write_bytes(stuck().xml())
    proof = looked_over(folder)["bpmn/process.bpmn"].proof
    assert proof is not None
    assert proof.findings[0].elements == ("ask",)
    assert proof.findings[0].trace[2:6] == ("ask", "middle/start", "middle/again", "review/start")


def test_calls_in_a_circle_are_refused_and_end(folder: Path) -> None:
    (folder / "review.bpmn").write_bytes(caller("main").xml().replace(b'id="main"', b'id="review"'))
    found = looked_over(folder)
    assert ("call.cycle", "ask") in errors(found["bpmn/review.bpmn"])
    assert ("call.cycle", "ask") in errors(found["bpmn/process.bpmn"])


def test_a_name_is_looked_for_in_the_case_that_calls(folder: Path) -> None:
    (folder / "review.bpmn").write_bytes(review('=nobodys_name = "x"').xml())
    found = looked_over(folder)
    assert [code for code, _ in errors(found["bpmn/review.bpmn"])] == ["name.unknown"]
    assert errors(found["bpmn/process.bpmn"]) == []


def test_names_wait_while_nobody_can_tell_who_calls(folder: Path) -> None:
    (folder / "process.bpmn").write_text("<broken", "utf-8")
    (folder / "review.bpmn").write_bytes(review('=approval_decision = "return"').xml())
    assert errors(looked_over(folder)["bpmn/review.bpmn"]) == []


def test_an_unknown_process_is_told_with_the_nearest_one(folder: Path) -> None:
    (folder / "process.bpmn").write_bytes(caller("reviw").xml())
    (problem,) = check_files(files_of_procedure(folder), None)["bpmn/process.bpmn"]
    assert (problem.code, problem.element_id) == ("call.unknown", "ask")
    assert "review" in str(problem.hint)
    with pytest.raises(DefinitionInvalid):
        parse_version(files_of_procedure(folder))


@pytest.mark.parametrize(
    ("process", "step", "fits"), [("p" * 40, "s" * 39, True), ("p" * 41, "s" * 39, False)]
)
def test_what_the_record_cannot_keep_is_refused(
    folder: Path, process: str, step: str, *, fits: bool
) -> None:
    bpmn = task(Bpmn(process).start(), step, "12").end().path("start", step, "end")
    (folder / "review.bpmn").write_bytes(bpmn.xml())
    (folder / "process.bpmn").write_bytes(caller(process).xml())
    found = errors(looked_over(folder)["bpmn/review.bpmn"])
    assert found == ([] if fits else [("limit.length", step)])


def checked(app: Flask, *paths: Path, status: int = 0) -> list[dict[str, Any]]:
    with app.app_context():
        result = app.test_cli_runner().invoke(
            args=["procedures", "check", "--json", *map(str, paths)]
        )
    assert result.exit_code == status, result.output
    reports: list[dict[str, Any]] = orjson.loads(result.output)
    return reports


def test_a_single_file_is_checked_among_the_files_of_its_procedure(
    app: Flask, folder: Path
) -> None:
    (report,) = checked(app, folder / "process.bpmn")
    assert report["file"].endswith("process.bpmn")
    assert report["budget"]["total_hours"] == "24"
    (folder / "review.bpmn").write_bytes(review('=nobodys_name = "x"').xml())
    (report,) = checked(app, folder / "review.bpmn", status=1)
    assert [problem["code"] for problem in report["problems"]] == ["name.unknown"]


def test_a_single_file_elsewhere_may_call_its_neighbours(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "main.bpmn").write_bytes(caller().xml())
    (report,) = checked(app, tmp_path / "main.bpmn", status=1)
    assert [problem["code"] for problem in report["problems"]] == ["call.unknown"]
    (tmp_path / "review.bpmn").write_bytes(stuck().xml())
    (report,) = checked(app, tmp_path / "main.bpmn", status=1)
    assert report["proof"]["findings"][0]["marking"] == ["review/join"]
