"""Who does a step in the words of standard BPMN, as Activiti reads them."""

import re
from typing import Any

from app.engine.importing.camunda.parts import look
from app.engine.importing.draft import Draft
from app.engine.importing.zeebe import extension
from app.engine.xml_parts import BPMN, CAMUNDA7, children, local
from app.foundation.text import lazy_gettext

_KIND = re.compile(r"(user|group)\((.*)\)", re.DOTALL)


def translate_owners(draft: Draft) -> None:
    """Rewrite potential owners and performers as the settings that the next pass translates."""
    names = {one.get("id"): one.get("name") for one in draft.root.iter(f"{BPMN}resource")}
    for node in draft.nodes():
        if local(node) != "userTask":
            continue
        for owner in children(node, "potentialOwner"):
            _owner(draft, node, owner, names)
        for tag in ("humanPerformer", "performer"):
            for performer in children(node, tag):
                _performer(draft, node, performer)


def _text(owner: Any) -> str:
    expressions = owner.iter(f"{BPMN}formalExpression")
    return ", ".join(text for one in expressions if (text := "".join(one.itertext()).strip()))


def _owner(draft: Draft, node: Any, owner: Any, names: dict[str | None, str | None]) -> None:
    text = _text(owner)
    if not text:
        for reference in children(owner, "resourceRef"):
            text = names.get((reference.text or "").strip().rpartition(":")[2]) or ""
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


def _performer(draft: Draft, node: Any, performer: Any) -> None:
    text = _text(performer)
    done = extension(node, "assignmentDefinition")
    if text and done is None and not look(node, "assignee"):
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
