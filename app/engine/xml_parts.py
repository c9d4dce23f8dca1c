"""Names of BPMN in XML, and how to pick an element's parts."""

from typing import Any

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
CAMUNDA7 = "{http://camunda.org/schema/1.0/bpmn}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def local(element: Any) -> str:
    """The name of a BPMN element; empty for anything else."""
    tag: str = element.tag
    return tag[len(BPMN) :] if tag.startswith(BPMN) else ""


def children(element: Any, tag: str) -> list[Any]:
    """The BPMN children of that name."""
    return [child for child in element if child.tag == BPMN + tag]


def text_of(element: Any, tag: str) -> str | None:
    """The text of the first child of that name; nothing without one."""
    for child in children(element, tag):
        return "".join(child.itertext())
    return None


def extensions(element: Any) -> list[Any]:
    """What stands in the extension elements."""
    return [extension for holder in children(element, "extensionElements") for extension in holder]
