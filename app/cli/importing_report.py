"""The report of an import: as JSON, and as a table for people."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from app.cli.budgets import width
from app.engine import Problem, Severity
from app.engine.importing import Imported
from app.foundation.text import gettext, lazy_gettext

_LEVELS = {
    "info": lazy_gettext("changed"),
    "warning": lazy_gettext("look at"),
    "error": lazy_gettext("error"),
}
_VERDICTS = {
    "refused": lazy_gettext("The file cannot be imported."),
    "errors": lazy_gettext("Errors remain: the result cannot be published yet."),
    "changed": lazy_gettext("No errors remain."),
    "same": lazy_gettext("Nothing had to be changed."),
}


def report_of(
    file: Path,
    *,
    imported: Imported | None = None,
    problems: Iterable[Problem],
    written: Iterable[Path] = (),
) -> dict[str, Any]:
    """Everything about an import, translated now."""
    told = [problem.as_dict() for problem in problems]
    return {
        "file": str(file),
        "ok": all(problem["severity"] != Severity.ERROR.value for problem in told),
        "process": imported.process_id if imported else None,
        "written": [str(path) for path in written],
        "changes": [change.as_dict() for change in imported.changes] if imported else [],
        "forms": sorted(imported.forms) if imported else [],
        "problems": told,
    }


def show(report: dict[str, Any]) -> None:
    """Print the changes, what remains to do, and the verdict."""
    click.echo(report["file"])
    if report["changes"]:
        click.echo(gettext("Changes: %(count)s", count=len(report["changes"])))
        _table([_change(change) for change in report["changes"]])
    if report["problems"]:
        click.echo(
            gettext(
                "What the checker says about the result: %(count)s", count=len(report["problems"])
            )
        )
        _table([_problem(problem) for problem in report["problems"]])
    for path in report["written"]:
        click.echo(gettext("Written: %(path)s", path=path))
    click.echo(_verdict(report))


def _verdict(report: dict[str, Any]) -> str:
    return str(_VERDICTS[_outcome(report)])


def _outcome(report: dict[str, Any]) -> str:
    if report["process"] is None:
        return "refused"
    if not report["ok"]:
        return "errors"
    return "changed" if report["changes"] else "same"


def _change(change: dict[str, str | None]) -> tuple[str, str, list[str]]:
    lines = [change["message"] or ""]
    before, after = change["before"], change["after"]
    if before is not None or after is not None:
        lines.append(f"{_line(before)} → {_line(after)}")
    return str(_LEVELS[change["level"] or "info"]), _place(change), lines


def _problem(problem: dict[str, Any]) -> tuple[str, str, list[str]]:
    return str(_LEVELS[problem["severity"]]), _place(problem), [problem["message"], problem["hint"]]


def _place(told: dict[str, Any]) -> str:
    name = told["element_name"]
    return f"{told['element_id'] or '–'}{f' “{name[:40]}”' if name else ''}"


def _line(text: str | None) -> str:
    return "–" if text is None else " ".join(text.split()) or "“”"


def _table(rows: list[tuple[str, str, list[str]]]) -> None:
    first = max(width(level) for level, _, _ in rows)
    second = min(40, max(width(place) for _, place, _ in rows))
    for level, place, lines in rows:
        head = f"  {_filled(level, first)}  {_filled(place, second)}  "
        click.echo(head + lines[0])
        for line in lines[1:]:
            if line:
                click.echo(" " * (first + second + 6) + line)


def _filled(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
