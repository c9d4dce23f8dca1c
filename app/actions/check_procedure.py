"""Say whether a procedure's files may be published, and everything that is wrong with them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from app.actions.check_names import name_problems
from app.actions.examine_diagram import Examination, examine_diagram
from app.domain.people.queries import role_keys
from app.domain.procedures.catalogue import Catalogue, CatalogueInvalid, read_catalogue
from app.engine import DefinitionInvalid, Problem, Severity
from app.engine.decisions import gather
from app.forms import FormUnreadable, read_form


def check_files(
    files: Mapping[str, str | bytes], roles: Collection[str] | None
) -> dict[str, tuple[Problem, ...]]:
    """Every problem of every diagram and table by file; `roles` None leaves roles unchecked.

    The decisions that diagrams name are only looked for while all tables can be read.
    """
    return {path: found.problems for path, found in examine_files(files, roles).items()}


def examine_files(
    files: Mapping[str, str | bytes], roles: Collection[str] | None
) -> dict[str, Examination]:
    """Every diagram checked, proven and added up, and every table checked, by file."""
    sources = {
        path: source.encode() if isinstance(source, str) else source
        for path, source in files.items()
        if path.endswith((".bpmn", ".dmn"))
    }
    decisions, found = gather({p: source for p, source in sources.items() if p.endswith(".dmn")})
    forms = {
        path.removeprefix("forms/").removesuffix(".form")
        for path in files
        if path.endswith(".form")
    }
    terms = _terms(files)
    diagrams = {
        path: examine_diagram(
            source,
            forms=forms,
            roles=roles,
            decisions=decisions,
            terms=terms.get(path.removeprefix("bpmn/")),
        )
        for path, source in sources.items()
        if path.endswith(".bpmn")
    }
    named = name_problems({path: _text(source) for path, source in files.items()}, decisions)
    for path, more in named.items():
        diagrams[path] = replace(diagrams[path], problems=(*more, *diagrams[path].problems))
    return diagrams | {path: Examination(problems=problems) for path, problems in found.items()}


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode(errors="replace")


def _terms(files: Mapping[str, str | bytes]) -> dict[str, dict[str, Decimal]]:
    """Legal terms in hours by diagram and case; none while the catalogue entry has errors."""
    try:
        catalogue = read_catalogue(_text(files.get("procedure.toml", "")))
    except CatalogueInvalid:
        return {}
    terms: dict[str, dict[str, Decimal]] = {}
    for case in catalogue.cases:
        terms.setdefault(case.diagram, {})[case.key] = case.term_hours
    return terms


def ensure_publishable(session: Session, files: Mapping[str, str]) -> None:
    """Raise the error of the first file that cannot be published."""
    catalogue = read_catalogue(files.get("procedure.toml", ""))
    for path, text in files.items():
        if path.endswith(".form"):
            _ensure_form(path, text)
    _ensure_complete(catalogue, files)
    for problems in check_files(files, role_keys(session)).values():
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise DefinitionInvalid(problems=problems)


def _ensure_form(path: str, text: str) -> None:
    try:
        read_form(text)
    except FormUnreadable as error:
        raise CatalogueInvalid(
            errors={f"{path}: {where}": messages for where, messages in error.errors.items()}
        ) from error


def _ensure_complete(catalogue: Catalogue, files: Mapping[str, str]) -> None:
    """Each case finds its diagram and its form."""
    missing = {
        f"case.{case.key}": [path]
        for case in catalogue.cases
        for path in (f"bpmn/{case.diagram}", f"forms/{case.application_form}.form")
        if path not in files
    }
    if missing:
        raise CatalogueInvalid(errors=missing)
