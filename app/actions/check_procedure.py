"""Say whether a procedure's files may be published, and everything that is wrong with them."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from app.actions.services import HANDLERS
from app.domain.people.queries import role_keys
from app.domain.procedures.catalogue import Catalogue, CatalogueInvalid, read_catalogue
from app.engine import DefinitionInvalid, Problem, Severity, check
from app.engine.decisions import gather
from app.forms import FormUnreadable, read_form


def check_files(
    files: Mapping[str, str | bytes], roles: Collection[str] | None
) -> dict[str, tuple[Problem, ...]]:
    """Every problem of every diagram and table by file; `roles` None leaves roles unchecked.

    The decisions that diagrams name are only looked for while all tables can be read.
    """
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
    diagrams = {
        path: check(source, forms=forms, roles=roles, services=HANDLERS.keys(), decisions=decisions)
        for path, source in sources.items()
        if path.endswith(".bpmn")
    }
    return diagrams | found


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
