"""Names in files of Camunda 8 that the analyst said are others here."""

from collections.abc import Mapping
from typing import Any

from app.engine.importing.draft import Draft
from app.engine.importing.zeebe import extension
from app.engine.problems import Text
from app.engine.tasks import literal_roles
from app.foundation.text import lazy_gettext


def rename_zeebe(draft: Draft) -> None:
    """Put our names where the file has its own.

    This goes before other settings are translated, so that no name is exchanged twice.
    """
    wishes = draft.wishes
    for node in draft.nodes():
        if node.get("id") not in wishes.roles:
            _roles(draft, node, wishes.roles)
        _form(draft, node, wishes.forms)
        _service(draft, node, wishes.services)


def _roles(draft: Draft, node: Any, known: Mapping[str, str]) -> None:
    assignment = extension(node, "assignmentDefinition")
    old = "" if assignment is None else assignment.get("candidateGroups", "")
    groups = [] if old.startswith("=") else literal_roles(old)
    if any(group in known for group in groups):
        new = ",".join(dict.fromkeys(known.get(group, group) for group in groups))
        message = lazy_gettext("The groups have the names of our roles now.")
        _rename(draft, node, (assignment, "candidateGroups", new), "task.assignment", message)


def _form(draft: Draft, node: Any, known: Mapping[str, str]) -> None:
    definition = extension(node, "formDefinition")
    new = None if definition is None else known.get(definition.get("formId", ""))
    if new and node.get("id") not in known:
        message = lazy_gettext("The form is named by its id.")
        _rename(draft, node, (definition, "formId", new), "task.form", message)


def _service(draft: Draft, node: Any, known: Mapping[str, str]) -> None:
    definition = extension(node, "taskDefinition")
    old = "" if definition is None else definition.get("type", "")
    new = known.get(node.get("id")) or known.get(old) if old else None
    if new:
        message = lazy_gettext("The handler is named by its type.")
        _rename(draft, node, (definition, "type", new), "service.type", message)


def _rename(
    draft: Draft, node: Any, change: tuple[Any, str, str], code: str, message: Text
) -> None:
    part, attribute, new = change
    old = part.get(attribute)
    if old != new:
        part.set(attribute, new)
        draft.changes.info(code, node, message, before=old, after=new)
