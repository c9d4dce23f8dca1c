"""What a dossier already knows, to be shown in the form of its next step."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.processes.model import Process
from app.forms import FormDefinition
from app.queries.definitions import loaded_version


def prefill(
    session: Session,
    dossier: Dossier,
    form_name: str,
    entries: Iterable[JournalEntry] | None = None,
) -> dict[str, Any]:
    """Answers given before under the same keys: those a form shows first.

    Decisions are never filled in: an officer who comes to the same step again decides anew.
    """
    version = loaded_version(session, dossier.version_id)
    form = version.form(form_name)
    process = session.get_one(Process, dossier.id)
    decisions = version.diagram(process.diagram).variables
    known = known_answers(dossier, entries_of(session, dossier.id) if entries is None else entries)
    return {key: known[key] for key in _keys(form) if key in known and key not in decisions}


def known_answers(dossier: Dossier, entries: Iterable[JournalEntry]) -> dict[str, Any]:
    """Every answer of the dossier by its top-level key, the newest where there are several."""
    known: dict[str, Any] = dict(dossier.data)
    for entry in entries:
        given = (entry.payload or {}).get("data")
        if isinstance(given, Mapping):
            known |= given
    return known


def _keys(form: FormDefinition) -> list[str]:
    return sorted({item.path[0] for item in form.inputs})
