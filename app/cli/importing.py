"""`procedures import`: turn a foreign diagram into one of ours, and say what was changed."""

import sys
from pathlib import Path
from typing import Any

import click
import orjson
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import inspect

from app.cli.importing_names import wishes_of
from app.cli.importing_options import LANGUAGE, naming
from app.cli.importing_report import report_of, show
from app.cli.single_file import examine_at
from app.cli.writing import write_new
from app.domain.people.model import Role
from app.domain.people.queries import role_keys
from app.engine import DefinitionInvalid
from app.engine.importing import Imported, Wishes, convert
from app.foundation.db import db


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@click.option("--replace", is_flag=True, help="Replace what is at --out already.")
@click.option(
    "--forms-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put forms made of form fields.",
)
@naming
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@LANGUAGE
@with_appcontext
def import_file(
    file: Path,
    *,
    out: Path | None,
    forms_dir: Path | None,
    replace: bool,
    as_json: bool,
    language: str,
    **names: Any,
) -> None:
    """Turn a BPMN file of another tool into one that runs here, and report every change.

    FILE is never touched; without --out nothing is written. Exit 1 where errors remain.
    """
    with force_locale(language):
        wishes = wishes_of(**names)
        report = _imported(file, wishes, out, forms_dir, replace=replace)
        if as_json:
            click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
        else:
            show(report)
    sys.exit(0 if report["ok"] else 1)


def _imported(
    file: Path, wishes: Wishes, out: Path | None, forms_dir: Path | None, *, replace: bool
) -> dict[str, Any]:
    try:
        imported = convert(file.read_bytes(), wishes)
    except DefinitionInvalid as error:
        return report_of(file, problems=error.problems)
    found = examine_at(out or file, imported.xml, _roles(), imported.forms)
    written = _written(imported, file, out, forms_dir, replace=replace)
    return report_of(file, imported=imported, problems=found.problems, written=written)


def _written(
    imported: Imported, file: Path, out: Path | None, forms_dir: Path | None, *, replace: bool
) -> list[Path]:
    wanted: dict[Path, bytes] = {out: imported.xml} if out else {}
    if forms_dir:
        wanted |= {
            forms_dir / f"{name}.form": text.encode() for name, text in imported.forms.items()
        }
    return write_new(wanted, source=file, replace=replace)


def _roles() -> frozenset[str] | None:
    """Roles of the province; None, which leaves them unchecked, before the database is made."""
    if not inspect(db.engine).has_table(Role.__tablename__):
        return None
    return role_keys(db.session()) or None
