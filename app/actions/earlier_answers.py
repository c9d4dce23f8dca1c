"""What a dossier was asked before, for a diagram that wants to know more than the one it ran on."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.actions.known_names import START, enters_process
from app.actions.services import OUTPUTS
from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.engine import Step, Variable, routing
from app.engine.migrating import Route
from app.forms import FormDefinition
from app.queries.answers import known_answers
from app.queries.definitions import LoadedVersion
from app.queries.lineage import Lineage


def answers_for(
    route: Route, dossier: Dossier, entries: Iterable[JournalEntry]
) -> dict[str, Variable]:
    """Answers that the old diagram had no use for, and the new one reads.

    They were given in forms and lie in the journal; had the dossier begun under the new version,
    they would have entered the process when they were given.
    """
    new = route.new.variables - route.old.variables
    every = list(entries)
    known = {**known_answers(dossier, every), **_start_facts(every)}
    return routing(route.new, {name: known[name] for name in new & known.keys()})


def _start_facts(entries: Iterable[JournalEntry]) -> Mapping[str, Any]:
    """What every process is told when it starts, see `first_variables`."""
    for entry in entries:
        if entry.event is Event.DOSSIER_SUBMITTED and entry.payload:
            told = entry.payload
            facts = {name: told[name] for name in (*START, "case") if name in told}
            return facts | {"owner_kind": told["applicant"]["kind"]}
    return {}


def asked_before(lineage: Lineage, case: str, entries: Iterable[JournalEntry]) -> frozenset[str]:
    """Names of all questions that were put already, answered or not."""
    first = lineage.first.version
    names = names_of(first.form(first.case(case).application_form))
    for entry in entries:
        told = entry.payload or {}
        if entry.event is Event.TASK_COMPLETED:
            era = lineage.at(entry.seq)
            names |= given_by(era.version, era.definition.steps.get(told["step"]))
    return frozenset(names)


def given_by(version: LoadedVersion, step: Step | None) -> frozenset[str]:
    """Names that doing a step gives a value: by its form, its service or the event it waits for."""
    if step is None:
        return frozenset()
    names = {*OUTPUTS.get(step.service or "", ()), *step.variables}
    if form := version.forms.get(step.form or ""):
        names |= names_of(form)
    return frozenset(names)


def names_of(form: FormDefinition) -> set[str]:
    """Names under which the answers of a form enter a process."""
    return {item.name for item in form.inputs if enters_process(item)}
