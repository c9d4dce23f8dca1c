"""Settings of Camunda 8 that we do not read: translated, dropped with a word, or left."""

import json
from typing import Any

from app.engine.importing.camunda.form_keys import form_id
from app.engine.importing.camunda.parts import text_of_part
from app.engine.importing.draft import Draft
from app.engine.importing.zeebe import extension
from app.engine.xml_parts import ZEEBE, extensions
from app.foundation.text import lazy_gettext

#: Forms that are written into the process itself.
_EMBEDDED = "camunda-forms:bpmn:"
_DROPPED = ("executionListeners", "taskListeners", "taskSchedule", "versionTag")


def translate_zeebe(draft: Draft) -> None:
    """Translate what Camunda 8 says in other words than we do."""
    forms = {
        one.get("id"): "".join(one.itertext())
        for one in extensions(draft.process)
        if one.tag == f"{ZEEBE}userTaskForm" and one.get("id")
    }
    for node in draft.nodes():
        _form(draft, node, forms)
        _users(draft, node)
        for part in extensions(node):
            if part.tag.removeprefix(ZEEBE) in _DROPPED and part.tag.startswith(ZEEBE):
                _drop(draft, node, part)
            elif part.tag == f"{ZEEBE}ioMapping":
                _mapping(draft, node, part)


def _form(draft: Draft, node: Any, forms: dict[str, str]) -> None:
    definition = extension(node, "formDefinition")
    key = None if definition is None else definition.get("formKey")
    if not key:
        return
    wished = definition.get("formId") or draft.wishes.forms.get(key)
    name = wished or form_id(key)
    if not name:
        return
    if not wished and key.startswith(_EMBEDDED) and name in forms and _is_json(forms[name]):
        draft.forms[name] = forms[name].strip() + "\n"
    del definition.attrib["formKey"]
    definition.set("formId", name)
    draft.changes.info(
        "task.form", node, lazy_gettext("The form is named by its id."), before=key, after=name
    )


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _users(draft: Draft, node: Any) -> None:
    assignment = extension(node, "assignmentDefinition")
    users = None if assignment is None else assignment.attrib.pop("candidateUsers", None)
    if users:
        draft.changes.warning(
            "task.candidate-users",
            node,
            lazy_gettext("Single persons cannot be candidates: give them a role."),
            before=users,
        )


def _drop(draft: Draft, node: Any, part: Any) -> None:
    part.getparent().remove(part)
    told = "; ".join(text_of_part(one) for one in part) or text_of_part(part)
    draft.changes.warning(
        "setting.dropped",
        node,
        lazy_gettext("Settings that have no counterpart here are gone."),
        before=told,
    )


def _mapping(draft: Draft, node: Any, part: Any) -> None:
    """A mapping that gives variables their own values is not needed."""
    if len(part) and all(_gives_itself(one) for one in part):
        part.getparent().remove(part)
        draft.changes.info(
            "variable.same",
            node,
            lazy_gettext("A step sees every variable; giving it again under its name is no use."),
            before="; ".join(text_of_part(one) for one in part),
        )


def _gives_itself(parameter: Any) -> bool:
    source = (parameter.get("source") or "").replace(" ", "")
    return bool(source) and source == f"={parameter.get('target')}"
