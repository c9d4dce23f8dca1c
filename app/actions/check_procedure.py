"""Say whether a procedure's files may be published, and everything that is wrong with them."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.check_fees import ensure_fees
from app.actions.check_lengths import length_problems
from app.actions.check_names import name_problems
from app.actions.examine_diagram import Examination, examine_family
from app.actions.services import HANDLERS
from app.domain.people.model import Unit
from app.domain.people.queries import UnknownUnit, role_keys
from app.domain.procedures.catalogue import Catalogue, CatalogueInvalid, read_catalogue
from app.engine import DefinitionInvalid, Problem, Severity, look_over
from app.engine.decisions import gather
from app.forms import FormUnreadable, read_form
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext


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
    """Every diagram checked, proven and added up, and every table checked, by file.

    All diagrams are one family: a call activity calls the process of another one of them, and the
    version that is published carries both.
    """
    sources = {
        path: source.encode() if isinstance(source, str) else source
        for path, source in files.items()
    }
    decisions, found = gather(_ending(sources, ".dmn"))
    family = look_over(
        _ending(sources, ".bpmn"),
        forms=[
            path.removeprefix("forms/").removesuffix(".form") for path in _ending(sources, ".form")
        ],
        roles=roles,
        services=HANDLERS.keys(),
        decisions=decisions,
    )
    texts = {path: _text(source) for path, source in files.items()}
    diagrams = examine_family(family, _terms(texts))
    for more in (
        name_problems(texts, family.definitions, decisions),
        length_problems(family.definitions),
    ):
        diagrams |= {path: diagrams[path].with_problems(told) for path, told in more.items()}
    return diagrams | {path: Examination(problems=problems) for path, problems in found.items()}


def _ending(sources: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    return {path: source for path, source in sources.items() if path.endswith(suffix)}


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode(errors="replace")


def _terms(files: Mapping[str, str]) -> dict[str, dict[str, Decimal]]:
    """Legal terms in hours by diagram and case; none while the catalogue entry has errors."""
    try:
        catalogue = read_catalogue(files.get("procedure.toml", ""))
    except CatalogueInvalid:
        return {}
    terms: dict[str, dict[str, Decimal]] = {}
    for case in catalogue.cases:
        if (path := f"bpmn/{case.diagram}") in files:
            terms.setdefault(path, {})[case.key] = case.term_hours
    return terms


class FormFileInvalid(Invalid):
    """A form of the procedure cannot be used; `errors` maps a component to its problems."""

    message = lazy_gettext("The form %(path)s has errors.")


def ensure_publishable(session: Session, files: Mapping[str, str]) -> None:
    """Raise the error of the first file that cannot be published.

    CatalogueInvalid, FormFileInvalid or DefinitionInvalid.
    """
    catalogue = read_catalogue(files.get("procedure.toml", ""))
    for path, text in files.items():
        if path.endswith(".form"):
            _ensure_form(path, text)
    ensure_complete(catalogue, files)
    ensure_fees(catalogue, files)
    for problems in check_files(files, role_keys(session)).values():
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise DefinitionInvalid(problems=problems)


def _ensure_form(path: str, text: str) -> None:
    try:
        read_form(text)
    except FormUnreadable as error:
        raise FormFileInvalid(errors=error.errors, path=path) from error


def ensure_complete(catalogue: Catalogue, files: Mapping[str, str]) -> None:
    """Each case finds its diagram and its form, each paper its form. Raises CatalogueInvalid."""
    missing: dict[str, list[str]] = {}
    wanted = [
        (f"case.{case.key}", path)
        for case in catalogue.cases
        for path in (f"bpmn/{case.diagram}", f"forms/{case.application_form}.form")
    ]
    wanted += [
        (f"paper.{paper.key}", f"forms/{paper.template}.form")
        for paper in catalogue.papers
        if paper.template
    ]
    for place, path in wanted:
        if path not in files:
            text = gettext("There is no file “%(path)s”.", path=path)
            missing.setdefault(place, []).append(text)
    if missing:
        raise CatalogueInvalid(errors=missing)


def ensure_units(session: Session, catalogue: Catalogue) -> None:
    """Every unit that offers it exists, once there are units. Raises CatalogueInvalid."""
    codes = frozenset(session.scalars(select(Unit.code)))
    unknown = {
        f"offer.{at}.unit": [str(UnknownUnit(code=offer.unit))]
        for at, offer in enumerate(catalogue.offers)
        if codes and offer.unit not in codes
    }
    if unknown:
        raise CatalogueInvalid(errors=unknown)
