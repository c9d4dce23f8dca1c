"""Writing our extensions into an element."""

from typing import Any

from lxml import etree

from app.engine.xml_parts import BPMN, ZEEBE, children


def extend(element: Any, tag: str, **attributes: str) -> Any:
    """The `zeebe` extension of an element, made if there is none, with attributes set."""
    holder = _holder(element)
    found = next((child for child in holder if child.tag == ZEEBE + tag), None)
    if found is None:
        found = etree.SubElement(holder, ZEEBE + tag)
    for name, value in attributes.items():
        found.set(name, value)
    return found


def extension(element: Any, tag: str) -> Any:
    """The `zeebe` extension of an element; nothing without one."""
    for holder in children(element, "extensionElements"):
        for child in holder:
            if child.tag == ZEEBE + tag:
                return child
    return None


def _holder(element: Any) -> Any:
    for found in children(element, "extensionElements"):
        return found
    made = etree.Element(f"{BPMN}extensionElements")
    element.insert(len(children(element, "documentation")), made)
    return made
