"""Multi-instance markers: what an activity is repeated for."""

from collections.abc import Iterator
from typing import Any

from app.engine.diagram import Loop
from app.engine.xml_parts import BPMN, CAMUNDA7, ZEEBE, children, extensions, local, text_of

_TAG = "multiInstanceLoopCharacteristics"
_READ = ("inputCollection", "inputElement", "outputCollection", "outputElement")
_ATTRIBUTES = ("isSequential", "id")
_CHILDREN = ("completionCondition", "extensionElements", "documentation")


def read_loop(element: Any) -> Loop | None:
    """The loop of an activity; nothing if it has none."""
    for marker in children(element, _TAG):
        found = _texts(marker)
        return Loop(
            sequential=marker.get("isSequential") == "true",
            collection=found.get("inputCollection"),
            element=found.get("inputElement"),
            output_collection=found.get("outputCollection"),
            output_element=found.get("outputElement"),
            until=(text_of(marker, "completionCondition") or "").strip() or None,
        )
    return None


def foreign_in_loop(element: Any) -> Iterator[str]:
    """What another engine would read in the marker and we would not."""
    for marker in children(element, _TAG):
        for name in sorted(set(marker.keys()) - set(_ATTRIBUTES)):
            yield f"camunda:{name[len(CAMUNDA7) :]}" if name.startswith(CAMUNDA7) else name
        for child in marker:
            if child.tag.startswith(BPMN) and local(child) not in _CHILDREN:
                yield local(child)
        for extension in extensions(marker):
            if extension.tag == f"{ZEEBE}loopCharacteristics":
                unread = sorted(set(extension.keys()) - set(_READ))
                yield from (f"zeebe:loopCharacteristics@{name}" for name in unread)
            elif extension.tag.startswith((ZEEBE, CAMUNDA7)):
                yield f"zeebe:{extension.tag.partition('}')[2]}"


def _texts(marker: Any) -> dict[str, str]:
    for extension in extensions(marker):
        if extension.tag == f"{ZEEBE}loopCharacteristics":
            return {name: text for name in _READ if (text := (extension.get(name) or "").strip())}
    return {}
