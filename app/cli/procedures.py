"""`procedures`: check and deploy what analysts edit."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson
from flask.cli import with_appcontext

from app.actions.check_procedure import ensure_complete, ensure_units, examine_files
from app.actions.deploy_procedure import deploy_procedure
from app.actions.examine_diagram import Examination
from app.actions.index_procedure import index_all
from app.cli.budgets import budgets_of, table
from app.cli.files import (
    FilesUnreadable,
    ensure_named_alike,
    files_of_procedure,
    without_templates,
)
from app.cli.importing import import_file
from app.cli.single_file import examine_file
from app.domain.people.queries import role_keys
from app.domain.procedures.catalogue import CatalogueInvalid
from app.engine import Severity
from app.engine.decisions import check_decisions
from app.forms import FormUnreadable, read_form
from app.foundation.actor import SYSTEM
from app.foundation.clock import now
from app.foundation.db import db, transaction

group = click.Group("procedures", help="Check and deploy procedures.")
PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)


@group.command("check")
@PATHS
@click.option("--json", "as_json", is_flag=True, help="One JSON array, one object a file.")
@with_appcontext
def check_paths(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Report every problem of folders below bpmn/ or of single files; exit 1 on errors."""
    roles = role_keys(db.session()) or None
    reports = [report for path in without_templates(paths) for report in _reports(path, roles)]
    if as_json:
        click.echo(orjson.dumps(reports, option=orjson.OPT_INDENT_2).decode())
    else:
        for report in reports:
            _print(report)
    sys.exit(0 if all(report["ok"] for report in reports) else 1)


def _reports(path: Path, roles: frozenset[str] | None) -> list[dict[str, Any]]:
    if path.suffix == ".dmn":
        return [_report(str(path), Examination(problems=check_decisions(path.read_bytes())))]
    if path.is_file():
        return [_report(str(path), examine_file(path, roles))]
    try:
        files = files_of_procedure(path)
    except FilesUnreadable as error:
        return [
            _failure(path / Path(name).name, {"": texts}, "file.encoding")
            for name, texts in error.errors.items()
        ]
    return [
        *(
            _report(str(path / Path(p).name), found)
            for p, found in examine_files(files, roles).items()
        ),
        *_other_reports(path, files),
    ]


def _report(file: str, found: Examination) -> dict[str, Any]:
    return {
        "file": file,
        "ok": all(problem.severity is not Severity.ERROR for problem in found.problems),
        "problems": [problem.as_dict() for problem in found.problems],
        "proof": found.proof.as_dict() if found.proof else None,
        **budgets_of(found),
    }


def _other_reports(folder: Path, files: dict[str, str]) -> list[dict[str, Any]]:
    """Catalogue entry and forms: what is wrong with them, as problems of the same shape."""
    reports = []
    for name, text in files.items():
        try:
            if name.endswith(".form"):
                read_form(text)
            elif name == "procedure.toml":
                _ensure_entry(folder, files)
        except (FormUnreadable, CatalogueInvalid) as error:
            reports.append(_failure(folder / name, error.errors, error.code))
    return reports


def _ensure_entry(folder: Path, files: dict[str, str]) -> None:
    catalogue = ensure_named_alike(folder, files)
    ensure_complete(catalogue, files)
    ensure_units(db.session(), catalogue)


def _failure(file: Path, errors: dict[str, list[str]], code: str) -> dict[str, Any]:
    """A file that is no diagram, with its mistakes by place, as a report of the same shape."""
    problems = [
        {
            "code": code,
            "severity": Severity.ERROR.value,
            "element_id": where,
            "message": " ".join(messages),
        }
        for where, messages in errors.items()
    ]
    return {"file": str(file), "ok": False, "problems": problems}


def _print(report: dict[str, Any]) -> None:
    click.echo(f"{report['file']}: {'ok' if report['ok'] else 'NOT publishable'}")
    for problem in report["problems"]:
        place = problem.get("element_id") or "-"
        click.echo(f"  {problem['severity']:<8} {place}: {problem['message']}")
        if problem.get("hint"):
            click.echo(f"           {problem['hint']}")
    if report.get("proof"):
        click.echo(f"  proof: {report['proof']['verdict']}")
        for finding in report["proof"]["findings"]:
            click.echo(f"    {' > '.join(finding['trace'])} | {', '.join(finding['marking'])}")
    for budget in report.get("budgets", ()):
        click.echo(table(budget))


@group.command("deploy")
@PATHS
@with_appcontext
def deploy_paths(paths: tuple[Path, ...]) -> None:
    """Publish folders below bpmn/; all of them or, if one has errors, none."""
    folders = without_templates(paths)
    files = {folder: files_of_procedure(folder) for folder in folders}
    keys = {folder: ensure_named_alike(folder, files[folder]).key for folder in folders}
    with transaction() as session:
        versions = {
            keys[folder]: deploy_procedure(session, files[folder], actor=SYSTEM, at=now())
            for folder in folders
        }
    for key, version in versions.items():
        click.echo(f"{key}: version {version.number}")


@group.command("index")
@with_appcontext
def index() -> None:
    """Index the whole catalogue anew, as after a change of the synonyms."""
    with transaction() as session:
        count = index_all(session)
    click.echo(f"{count} procedures indexed")


group.add_command(import_file)
