"""What is asked when dossiers shall go on under another version: from where, to where, which names.

Nothing is read of the dossiers here; a move is prepared once and used for each of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.actions.passage import Passage
from app.domain.dossiers.model import Dossier, Draft
from app.domain.procedures.model import Procedure
from app.domain.procedures.queries import procedure_by_key, version_numbered
from app.domain.processes.model import Process, ProcessState
from app.engine.migrating import CannotMove, MappingInvalid, Proposal, mappable, proposals
from app.foundation.text import gettext
from app.queries.definitions import LoadedVersion, loaded_version


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks for."""

    procedure: str
    #: Number of the version to move to.
    to: int
    #: Number of the version to leave; every other one without it.
    leaving: int | None = None
    #: New id by old id, see `Route`.
    mapping: Mapping[str, str] = field(default_factory=dict)
    #: Whether to take the names that are proposed where the mapping says nothing.
    accept: bool = False


@dataclass(frozen=True, kw_only=True)
class VersionMove:
    """A move that can be made: versions found, mapping known."""

    procedure_id: int
    target: LoadedVersion
    #: Versions that dossiers leave, the oldest first.
    sources: tuple[LoadedVersion, ...]
    mapping: Mapping[str, str]
    #: What probably has another name and is not mapped.
    proposals: tuple[Proposal, ...]
    _passages: dict[tuple[int, str], Passage | CannotMove] = field(default_factory=dict)

    def passage(self, old: LoadedVersion, case_key: str) -> Passage:
        """The way for the dossiers of a version and a case; raises CannotMove."""
        key = (old.id, case_key)
        if key not in self._passages:
            try:
                self._passages[key] = Passage(old, self.target, case_key, self.mapping)
            except CannotMove as refusal:
                self._passages[key] = refusal
        found = self._passages[key]
        if isinstance(found, CannotMove):
            raise found
        return found


def prepare_move(session: Session, wanted: Wanted) -> VersionMove:
    """Find everything that is named. Raises UnknownProcedure, UnknownVersion, MappingInvalid."""
    procedure = procedure_by_key(session, wanted.procedure)
    target_id = version_numbered(session, procedure, wanted.to).id
    target = loaded_version(session, target_id)
    sources = _sources(session, procedure, wanted, target)
    proposed = _proposed(sources, target, wanted.mapping)
    taken = {one.old: one.new for one in proposed} if wanted.accept else {}
    move = VersionMove(
        procedure_id=procedure.id,
        target=target,
        sources=sources,
        mapping={**taken, **wanted.mapping},
        proposals=() if wanted.accept else proposed,
    )
    _ensure_known(move, wanted.mapping)
    return move


def _sources(
    session: Session, procedure: Procedure, wanted: Wanted, target: LoadedVersion
) -> tuple[LoadedVersion, ...]:
    if wanted.leaving is not None:
        found = version_numbered(session, procedure, wanted.leaving)
        return (loaded_version(session, found.id),) if found.id != target.id else ()
    running = (
        select(Dossier.version_id)
        .join(Process, Process.dossier_id == Dossier.id)
        .where(Dossier.procedure_id == procedure.id, Process.state != ProcessState.COMPLETED)
    )
    written = select(Draft.version_id).where(
        Draft.procedure_id == procedure.id, Draft.dossier_id.is_(None)
    )
    left = session.scalars(union(running, written))
    loaded = [loaded_version(session, number) for number in left if number != target.id]
    return tuple(sorted(loaded, key=lambda version: version.number))


def _proposed(
    sources: tuple[LoadedVersion, ...], target: LoadedVersion, mapping: Mapping[str, str]
) -> tuple[Proposal, ...]:
    """Proposals of every version and case, but for what two of them see differently."""
    found: dict[str, set[Proposal]] = {}
    for old, case in _ways(sources, target):
        before, after = (
            old.diagram(old.case(case).diagram),
            target.diagram(target.case(case).diagram),
        )
        for one in proposals(before, after):
            found.setdefault(one.old, set()).add(one)
    agreed = [min(pairs, key=lambda one: one.new) for pairs in found.values() if len(pairs) == 1]
    used = set(mapping.values())
    return tuple(one for one in agreed if one.old not in mapping and one.new not in used)


def _ways(
    sources: tuple[LoadedVersion, ...], target: LoadedVersion
) -> Iterator[tuple[LoadedVersion, str]]:
    for old in sources:
        for case in old.catalogue.cases:
            if target.catalogue.case(case.key):
                yield old, case.key


def _ensure_known(move: VersionMove, mapping: Mapping[str, str]) -> None:
    """Every name that somebody wrote is known to some diagram that is left, and leads somewhere."""
    known: set[str] = set()
    errors: dict[str, list[str]] = {}
    for old, case in _ways(move.sources, move.target):
        known |= mappable(old.diagram(old.case(case).diagram)).keys()
        try:
            move.passage(old, case)
        except MappingInvalid as error:
            errors |= error.errors
    if move.sources:
        words = gettext("No version that is left has it.")
        errors |= {name: [words] for name in sorted(mapping.keys() - known)}
    if errors:
        raise MappingInvalid(errors=errors)
