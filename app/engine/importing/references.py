"""Who refers to an id: attributes, and elements whose text is an id."""

from collections.abc import Mapping
from typing import Any

from app.engine.xml_parts import local

_ATTRIBUTES = frozenset(("default", "bpmnElement", "sourceElement", "targetElement"))
_TEXTS = frozenset(("incoming", "outgoing", "source", "target"))


def rename_references(root: Any, new: Mapping[str, str]) -> None:
    """Let every reference in a file follow ids that were renamed."""
    for element in root.iter("*"):
        for name, value in element.items():
            if value in new and _is_reference(name):
                element.set(name, new[value])
        if not len(element) and _names_an_id(element):
            text = (element.text or "").strip()
            if text in new:
                element.text = new[text]


def _is_reference(attribute: str) -> bool:
    return attribute in _ATTRIBUTES or attribute.endswith("Ref")


def _names_an_id(element: Any) -> bool:
    tag = local(element)
    return tag in _TEXTS or tag.endswith("Ref")
