"""Ids that several elements share: each gets its own, and its neighbours follow."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from app.engine.importing.draft import Draft, identified
from app.engine.importing.tags import is_flow, is_node
from app.engine.xml_parts import BPMN, BPMNDI
from app.foundation.text import lazy_gettext

_ENDS = ("sourceRef", "targetRef", "attachedToRef")


def tell_apart(draft: Draft) -> None:
    """Give every element but one of those that share an id a new one."""
    shared = list(_shared(draft.root))
    if not shared:
        return
    neighbours, pictures = _Neighbours(draft), _Pictures(draft.root)
    for elements in shared:
        keeper = next((one for one in elements if is_node(one)), elements[0])
        for element in elements:
            picture = pictures.next_of(element)
            if element is not keeper:
                _rename(draft, element, keeper, picture, neighbours)


def _shared(root: Any) -> Iterator[list[Any]]:
    """Elements that share an id, those of the drawing last."""
    found: dict[str, list[Any]] = {}
    for element in identified(root):
        found.setdefault(element.get("id"), []).append(element)
    for elements in found.values():
        if len(elements) > 1:
            yield sorted(elements, key=lambda one: not one.tag.startswith(BPMN))


class _Neighbours:
    """Who on the same level refers to an id, and by which attribute."""

    def __init__(self, draft: Draft) -> None:
        self._found: dict[tuple[Any, str, str], list[Any]] = {}
        for element in (*draft.nodes(), *draft.flows()):
            for name in (*_ENDS, "default"):
                if value := element.get(name):
                    key = (element.getparent(), name, value)
                    self._found.setdefault(key, []).append(element)

    def follow(self, element: Any, old: str, new: str) -> None:
        """Let the neighbours of an element refer to its new id."""
        for name in ("default",) if is_flow(element) else _ENDS:
            for neighbour in self._found.get((element.getparent(), name, old), ()):
                if name != "default" or neighbour.get("id") == element.get("sourceRef"):
                    neighbour.set(name, new)


class _Pictures:
    """Shapes and edges by the id they draw; the first belongs to the first of that id."""

    def __init__(self, root: Any) -> None:
        self._found: dict[tuple[bool, str], deque[Any]] = {}
        for picture in root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge"):
            key = (picture.tag == f"{BPMNDI}BPMNEdge", picture.get("bpmnElement") or "")
            self._found.setdefault(key, deque()).append(picture)

    def next_of(self, element: Any) -> Any:
        """The shape or edge that is the element's; nothing if none is left."""
        left = self._found.get((is_flow(element), element.get("id")))
        return left.popleft() if left else None


def _rename(draft: Draft, element: Any, keeper: Any, picture: Any, neighbours: _Neighbours) -> None:
    old = element.get("id")
    new = draft.new_id(old)
    element.set("id", new)
    if not element.tag.startswith(BPMN):
        return
    if picture is not None:
        picture.set("bpmnElement", new)
    if is_node(element) and element.getparent() is keeper.getparent():
        draft.changes.warning(
            "id.ambiguous",
            element,
            lazy_gettext(
                "Two steps had this id; the flows now belong to the first of them. Draw those of"
                " this one again."
            ),
            before=old,
            after=new,
        )
        return
    if is_flow(element) or is_node(element):
        neighbours.follow(element, old, new)
    draft.changes.info(
        "id.duplicate",
        element,
        lazy_gettext("The id was used more than once."),
        before=old,
        after=new,
    )
