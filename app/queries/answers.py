"""What a dossier already knows, to be shown in the form of its next step."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.processes.model import Process
from app.engine import Definition
from app.forms import FormDefinition, Kind
from app.queries.definitions import loaded_version


def prefill(session: Session, dossier: Dossier, form_name: str) -> dict[str, Any]:
    """Answers given before under the same keys; see `prefill_from`."""
    version = loaded_version(session, dossier.version_id)
    definition = version.diagram(session.get_one(Process, dossier.id).diagram)
    return prefill_from(
        definition, version.form(form_name), dossier, entries_of(session, dossier.id)
    )


def prefill_from(
    definition: Definition,
    form: FormDefinition,
    dossier: Dossier,
    entries: Iterable[JournalEntry],
) -> dict[str, Any]:
    """What a form shows first: answers given before under its keys, and numbers services allotted.

    Decisions are never filled in: an officer who comes to the same step again decides anew. Nor
    are files: a paper handed in once stays with the step it came with.
    """
    known = known_answers(dossier, entries)
    asked = {item.path[0] for item in form.inputs if item.kind is not Kind.FILES}
    keys = asked - definition.variables
    return {key: known[key] for key in sorted(keys) if key in known}


def known_answers(dossier: Dossier, entries: Iterable[JournalEntry]) -> dict[str, Any]:
    """Every answer of the dossier by its top-level key, the newest where there are several."""
    known: dict[str, Any] = dict(dossier.data)
    for entry in entries:
        given = (entry.payload or {}).get("data")
        if isinstance(given, Mapping):
            known |= given
    return known
