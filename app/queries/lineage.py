"""The versions a dossier has run on, one after the other: each entry is read with its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.engine import Definition, Step
from app.forms import FormDefinition
from app.foundation.errors import NotFound
from app.queries.definitions import LoadedVersion, loaded_version


@dataclass(frozen=True, kw_only=True)
class Era:
    """The time in which a dossier ran on one version."""

    #: Number of the first journal entry under it.
    since: int
    version: LoadedVersion
    definition: Definition


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """All eras of a dossier, the oldest first; most dossiers have one."""

    eras: tuple[Era, ...]

    @property
    def first(self) -> Era:
        """What the dossier was handed in under."""
        return self.eras[0]

    @property
    def last(self) -> Era:
        """What it runs on now."""
        return self.eras[-1]

    def at(self, seq: int) -> Era:
        """What was in force at an entry of the journal."""
        return next((era for era in reversed(self.eras) if era.since <= seq), self.first)

    def with_step(self, step: str) -> Era | None:
        """The newest era whose diagram has the step: where its form and its name are found."""
        return next((era for era in reversed(self.eras) if step in era.definition.steps), None)

    def step(self, step: str) -> Step | None:
        """The step of that id, as it was drawn last."""
        era = self.with_step(step)
        return era.definition.steps[step] if era else None

    def application_form(self, case: str) -> FormDefinition:
        """The form the dossier was handed in with; raises UnknownForm."""
        version = self.first.version
        return version.form(version.case(case).application_form)

    def form_of(self, step: str | None, case: str) -> FormDefinition | None:
        """The form of a step; the one it was handed in with without a step."""
        if not step:
            return self.application_form(case)
        era = self.with_step(step)
        return era.version.forms.get(era.definition.steps[step].form or "") if era else None


def lineage_of(session: Session, dossier: Dossier, entries: Sequence[JournalEntry]) -> Lineage:
    """The eras as the journal tells them; a version that somebody has taken away is passed over.

    Raises NotFound where there is none at all.
    """
    eras = tuple(_eras(session, dossier, entries))
    return Lineage(eras=eras or (_era(session, dossier, dossier.version_id, 1),))


def _eras(session: Session, dossier: Dossier, entries: Sequence[JournalEntry]) -> Iterator[Era]:
    before = None
    for entry in entries:
        if entry.version_id != before:
            before = entry.version_id
            try:
                yield _era(session, dossier, entry.version_id, entry.seq)
            except NotFound:
                continue


def _era(session: Session, dossier: Dossier, version_id: int, since: int) -> Era:
    version = loaded_version(session, version_id)
    diagram = version.case(dossier.case_key).diagram
    return Era(since=since, version=version, definition=version.diagram(diagram))
