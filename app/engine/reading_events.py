"""Message, signal, error and escalation events: what they refer to elsewhere in the file."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from app.engine.diagram import EventText
from app.engine.xml_parts import BPMN, CAMUNDA7, ZEEBE, children, extensions, local

#: Names and codes by kind and id.
Names: TypeAlias = Mapping[tuple[str, str], str | None]

#: The attribute that tells apart what is defined in a file.
_TOLD_BY = {
    "message": "name",
    "signal": "name",
    "error": "errorCode",
    "escalation": "escalationCode",
}


def event_names(root: Any) -> Names:
    """Everything of a file that events may refer to."""
    return {
        (kind, element.get("id") or ""): (element.get(attribute) or "").strip() or None
        for kind, attribute in _TOLD_BY.items()
        for element in root.iterchildren(BPMN + kind)
    }


def read_event(element: Any, names: Names) -> EventText | None:
    """What the first such event definition of an element, or a receive task, refers to."""
    if local(element) == "receiveTask":
        return _event("message", element, names)
    for kind in _TOLD_BY:
        for definition in children(element, f"{kind}EventDefinition"):
            return _event(kind, definition, names)
    return None


def _event(kind: str, holder: Any, names: Names) -> EventText:
    # A reference may carry the prefix of the file's own namespace.
    ref = (holder.get(f"{kind}Ref") or "").rpartition(":")[2].strip()
    return EventText(kind=kind, ref=ref or None, name=names.get((kind, ref)))


def foreign_in_events(element: Any) -> Iterator[str]:
    """Extensions of event definitions; none of them means anything here."""
    for definition in element:
        if local(definition).endswith("EventDefinition"):
            for part in (*definition.keys(), *(one.tag for one in extensions(definition))):
                if part.startswith((ZEEBE, CAMUNDA7)):
                    prefix = "zeebe" if part.startswith(ZEEBE) else "camunda"
                    yield f"{prefix}:{part.partition('}')[2]}"
