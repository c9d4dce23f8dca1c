"""Messages, signals, errors and escalations are told apart by names and codes: give them some."""

from typing import Any

from lxml import etree

from app.engine.importing import juel
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import translated
from app.engine.xml_parts import BPMN, children, local
from app.foundation.text import lazy_gettext

#: The attribute that tells apart what is defined in a file.
_TOLD_BY = {
    "message": "name",
    "signal": "name",
    "error": "errorCode",
    "escalation": "escalationCode",
}
_THROWING = ("endEvent", "intermediateThrowEvent")


def name_events(draft: Draft) -> None:
    """Name what is defined without a name, and define what events refer to without saying so."""
    used = {id_ for node in draft.nodes() for id_ in _references(node)}
    for kind, attribute in _TOLD_BY.items():
        for element in draft.root.iterchildren(BPMN + kind):
            if element.get("id") in used:
                _name(draft, element, attribute)
    for node in draft.nodes():
        for kind, holder in _holders(node):
            if not (holder.get(f"{kind}Ref") or "").strip() and _is_needed(node, kind):
                _define(draft, node, kind, holder)


def _holders(node: Any) -> list[tuple[str, Any]]:
    """What in a node refers to something, by the kind of that."""
    if local(node) == "receiveTask":
        return [("message", node)]
    return [
        (kind, definition)
        for kind in _TOLD_BY
        for definition in children(node, f"{kind}EventDefinition")
    ]


def _references(node: Any) -> list[str]:
    return [
        (holder.get(f"{kind}Ref") or "").rpartition(":")[2].strip()
        for kind, holder in _holders(node)
    ]


def _name(draft: Draft, element: Any, attribute: str) -> None:
    old = (element.get(attribute) or "").strip()
    if juel.is_juel(old):
        found = translated(draft, element, old)
        if found is not None:
            element.set(attribute, found)
        return
    if old:
        return
    name = (element.get("name") or "").strip()
    if not name or juel.is_juel(name) or name.startswith("="):
        name = element.get("id")
    element.set(attribute, name)
    draft.changes.info(
        "event.named",
        element,
        lazy_gettext("It had no name or code to be told by."),
        after=name,
    )


def _is_needed(node: Any, kind: str) -> bool:
    """Whether an event says nothing without a reference; a signal has to be known elsewhere too."""
    if kind == "message":
        return local(node) in ("receiveTask", "intermediateCatchEvent", "boundaryEvent")
    return kind in ("error", "escalation") and local(node) in _THROWING


def _define(draft: Draft, node: Any, kind: str, holder: Any) -> None:
    name = " ".join(node.get("name", "").split())
    if not name or juel.is_juel(name) or name.startswith("="):
        name = node.get("id")
    made = etree.Element(BPMN + kind)
    made.set("id", draft.new_id(f"{kind}_{node.get('id')}"))
    made.set("name", name)
    made.set(_TOLD_BY[kind], name)
    draft.process.addprevious(made)
    holder.set(f"{kind}Ref", made.get("id"))
    draft.changes.warning(
        "event.defined",
        node,
        lazy_gettext("The event did not say what it is about: it is called like the step now."),
        after=name,
    )
