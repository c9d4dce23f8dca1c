"""Who does a step in the words of standard BPMN, as Activiti reads them."""

import re
from collections.abc import Mapping
from typing import Any

from app.engine.importing.camunda.parts import look
from app.engine.importing.draft import Draft
from app.engine.importing.zeebe import extension
from app.engine.xml_parts import BPMN, CAMUNDA7, children, local
from app.foundation.text import lazy_gettext

_OWNERS = ("potentialOwner", "humanPerformer", "performer")
_KIND = re.compile(r"(user|group)\((.*)\)", re.DOTALL)


def translate_owners(draft: Draft) -> None:
    """Rewrite potential owners and performers as the settings that the next pass translates."""
    names = {
        one.get("id"): (one.get("name") or "").strip() for one in draft.root.iter(f"{BPMN}resource")
    }
    for node in draft.nodes():
        for owner in [child for child in node if local(child) in _OWNERS]:
            if local(node) != "userTask":
                _drop(draft, node, owner, names)
            elif local(owner) == "potentialOwner":
                _owner(draft, node, owner, names)
            else:
                _performer(draft, node, owner, names)


def _drop(draft: Draft, node: Any, owner: Any, names: Mapping[str, str]) -> None:
    """Who answers for a step that no person does is good to know, and nothing that runs."""
    node.remove(owner)
    draft.changes.warning(
        "setting.dropped",
        node,
        lazy_gettext("Settings that have no counterpart here are gone."),
        before=f"{local(owner)}: {_text(owner) or _resource(owner, names)}",
    )


def _text(owner: Any) -> str:
    expressions = owner.iter(f"{BPMN}formalExpression")
    return ", ".join(text for one in expressions if (text := "".join(one.itertext()).strip()))


def _resource(owner: Any, names: Mapping[str, str]) -> str:
    """The name of the resource an owner is; nothing where the file has none."""
    for reference in children(owner, "resourceRef"):
        return names.get((reference.text or "").strip().rpartition(":")[2], "")
    return ""


def _owner(draft: Draft, node: Any, owner: Any, names: Mapping[str, str]) -> None:
    text = _text(owner) or _resource(owner, names)
    if not text:
        return
    groups: list[str] = []
    users: list[str] = []
    for part in text.split(","):
        kind = _KIND.fullmatch(part.strip())
        (users if kind and kind[1] == "user" else groups).append(kind[2] if kind else part.strip())
    _add(node, "candidateGroups", groups)
    _add(node, "candidateUsers", users)
    _replaced(draft, node, owner, text)


def _performer(draft: Draft, node: Any, performer: Any, names: Mapping[str, str]) -> None:
    text = _text(performer)
    if extension(node, "assignmentDefinition") is not None:
        return
    if not text and (resource := _resource(performer, names)):
        _add(node, "candidateGroups", [resource])
        _replaced(draft, node, performer, resource)
    elif text and not look(node, "assignee"):
        _add(node, "assignee", [text])
        _replaced(draft, node, performer, text)


def _add(node: Any, name: str, values: list[str]) -> None:
    found = [*filter(None, [look(node, name)]), *values]
    if found:
        node.set(CAMUNDA7 + name, ",".join(found))


def _replaced(draft: Draft, node: Any, owner: Any, text: str) -> None:
    node.remove(owner)
    draft.changes.info(
        "task.owner",
        node,
        lazy_gettext("Owners and performers of standard BPMN are read as groups and persons."),
        before=f"{local(owner)}: {text}",
    )
