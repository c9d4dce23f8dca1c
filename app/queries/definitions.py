"""Deployed versions, parsed once per process and shared: diagrams, forms, catalogue entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, undefer

from app.domain.procedures.cases import Case
from app.domain.procedures.catalogue import Catalogue, read_catalogue
from app.domain.procedures.model import Procedure, ProcedureVersion
from app.domain.procedures.rules import content_hash
from app.engine import Definition, DefinitionInvalid, read_all
from app.engine.decisions import Decision, gather
from app.forms import FormDefinition, read_form
from app.foundation.errors import NotFound


class UnknownForm(NotFound):
    """The version has no such form or diagram."""


@dataclass(frozen=True, kw_only=True)
class LoadedVersion:
    """One immutable version, ready to run; `files` are the sources by path.

    Its diagrams may call each other: what is called is pinned with the version.
    """

    id: int
    procedure_id: int
    number: int
    #: Of the files that were parsed; the journal names it, so that nobody can exchange them later.
    content_hash: bytes
    catalogue: Catalogue
    files: Mapping[str, str]
    diagrams: Mapping[str, Definition]
    forms: Mapping[str, FormDefinition]

    @property
    def key(self) -> str:
        """Key of the procedure."""
        return self.catalogue.key

    def case(self, key: str | None) -> Case:
        """The case, or the default one without a key; raises UnknownForm."""
        found = self.catalogue.case(key)
        if found is None:
            raise UnknownForm
        return found

    def form(self, name: str) -> FormDefinition:
        """The form of that name; raises UnknownForm."""
        if name not in self.forms:
            raise UnknownForm
        return self.forms[name]

    def diagram(self, name: str) -> Definition:
        """The diagram of that file name; raises UnknownForm."""
        if name not in self.diagrams:
            raise UnknownForm
        return self.diagrams[name]

    def diagram_source(self, name: str, process: str | None = None) -> str:
        """The XML of a diagram, or of a process that it calls, for viewers; raises UnknownForm."""
        definition = self.diagram(name)
        if process and process not in definition.called:
            raise UnknownForm
        drawn = definition.called[process] if process else definition
        return next(
            self.files[f"bpmn/{file}"] for file, one in self.diagrams.items() if one is drawn
        )

    def form_source(self, name: str) -> str:
        """The form-js JSON of a form, for clients."""
        self.form(name)
        return self.files[f"forms/{name}.form"]


#: Versions never change, so what was parsed stays true as long as its database is in use.
_loaded: WeakKeyDictionary[Engine, dict[int, LoadedVersion]] = WeakKeyDictionary()
_lock = Lock()
#: Enough for every procedure of a province with several versions each in use.
_MAX_LOADED = 4096


def loaded_version(session: Session, version_id: int) -> LoadedVersion:
    """The version of that number, parsed at most once per process; raises NotFound."""
    with _lock:
        shelf = _loaded.setdefault(session.get_bind().engine, {})
    found = shelf.get(version_id)
    if found is None:
        found = _load(session, version_id)
        with _lock:
            if len(shelf) >= _MAX_LOADED:
                shelf.clear()
            shelf[version_id] = found
    return found


def current_version(session: Session, procedure: Procedure) -> LoadedVersion:
    """What a new dossier of the procedure starts with."""
    if procedure.current_version_id is None:
        raise NotFound
    return loaded_version(session, procedure.current_version_id)


def _load(session: Session, version_id: int) -> LoadedVersion:
    row = session.scalar(
        select(ProcedureVersion)
        .where(ProcedureVersion.id == version_id)
        .options(undefer(ProcedureVersion.files))
    )
    if row is None:
        raise NotFound
    return parse_version(row.files, id=row.id, procedure_id=row.procedure_id, number=row.number)


def parse_version(
    files: Mapping[str, str],
    *,
    id: int = 0,  # noqa: A002 - the row's own name for it
    procedure_id: int = 0,
    number: int = 0,
) -> LoadedVersion:
    """Parse all files of a version; raises the wing's own error for a file that is not valid."""
    forms = {
        path.removeprefix("forms/").removesuffix(".form"): read_form(text)
        for path, text in files.items()
        if path.endswith(".form")
    }
    sources = {
        path.removeprefix("bpmn/"): text.encode()
        for path, text in files.items()
        if path.endswith(".bpmn")
    }
    return LoadedVersion(
        id=id,
        procedure_id=procedure_id,
        number=number,
        content_hash=content_hash(files),
        catalogue=read_catalogue(files["procedure.toml"]),
        files=dict(files),
        diagrams=read_all(sources, forms=forms.keys(), decisions=_decisions(files)),
        forms=forms,
    )


def _decisions(files: Mapping[str, str]) -> Mapping[str, Decision]:
    """The decisions of all `bpmn/*.dmn`, by id; raises DefinitionInvalid."""
    tables = {path: text.encode() for path, text in files.items() if path.endswith(".dmn")}
    decisions, found = gather(tables)
    if decisions is None:
        raise DefinitionInvalid(tuple(one for problems in found.values() for one in problems))
    return decisions
