"""The file while it is being worked on: its tree, the process that was taken, and free ids."""

import re
from collections.abc import Iterator
from typing import Any

from app.engine.importing.report import Changes
from app.engine.importing.tags import CONTAINERS, is_flow, is_node
from app.engine.importing.wishes import Wishes
from app.engine.xml_parts import BPMN, local

#: Ids that people can still read; the checker allows more.
_LONGEST_NEW_ID = 120
#: All expressions of a file together; real files have a tenth.
MOST_EXPRESSIONS = 25_000
_NAMESPACES = (
    BPMN,
    "{http://www.omg.org/spec/BPMN/20100524/DI}",
    "{http://www.omg.org/spec/DD/20100524/DI}",
    "{http://www.omg.org/spec/DD/20100524/DC}",
)


class Draft:
    """Everything the passes of an import share."""

    def __init__(self, root: Any, process: Any, wishes: Wishes, changes: Changes) -> None:
        self.root = root
        self.process = process
        self.wishes = wishes
        self.changes = changes
        #: Characters of expressions that may still be translated.
        self.expressions = MOST_EXPRESSIONS
        #: Ids of what was taken out of the process, and has to leave the drawing too.
        self.gone: set[str] = set()
        #: Ids of what has no inside any more, and so no diagram of it.
        self.shut: set[str] = set()
        #: Events that became steps, which are drawn larger.
        self.grown: list[Any] = []
        #: Whether the file was made for an engine older than Camunda 8.
        self.is_old = False
        #: Forms made of the form fields of the old engine, as form-js JSON by form id.
        self.forms: dict[str, str] = {}
        self._ids = {element.get("id") for element in identified(root)}
        self._numbers: dict[str, int] = {}

    def new_id(self, wanted: str) -> str:
        """An id nobody has, as near to the wanted one as possible; it is taken from then on."""
        stem = as_name(wanted)[:_LONGEST_NEW_ID]
        found, number = stem, self._numbers.get(stem, 1)
        while found in self._ids:
            number += 1
            found = f"{stem}_{number}"
        self._numbers[stem] = number
        self._ids.add(found)
        return found

    def nodes(self) -> list[Any]:
        """The flow nodes of the process, those in sub-processes too, in the order of the file."""
        return [element for element in self._elements() if is_node(element)]

    def flows(self) -> list[Any]:
        """The sequence flows of the process, those in sub-processes too."""
        return [element for element in self._elements() if is_flow(element)]

    def levels(self) -> list[Any]:
        """The process and every sub-process in it, each before what it contains."""
        return [self.process, *(one for one in self._elements() if local(one) in CONTAINERS)]

    def _elements(self) -> Iterator[Any]:
        todo = [self.process.iterchildren()]
        while todo:
            element = next(todo[-1], None)
            if element is None:
                todo.pop()
                continue
            yield element
            if local(element) in CONTAINERS:
                todo.append(element.iterchildren())


def identified(root: Any) -> Iterator[Any]:
    """Every element of BPMN and of its drawing that has an id; foreign elements count theirs."""
    for element in root.iter("*"):
        if element.get("id") and element.tag.startswith(_NAMESPACES):
            yield element


def as_name(text: str) -> str:
    """The text as an XML name without a colon."""
    name = re.sub(r"[^\w.\-]+", "_", text.strip())
    return name if re.match(r"[^\W\d]", name) else f"_{name}"
