"""All shapes and edges of a file, and the ways to add to them."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from app.engine.importing.drawing.room import Place, make_room, missing_room
from app.engine.importing.drawing.routes import between, redocked
from app.engine.importing.drawing.shapes import (
    DC,
    Box,
    Edge,
    Point,
    Shape,
    read_box,
    read_label,
    read_points,
)
from app.engine.importing.tags import CONTAINERS, GATEWAYS
from app.engine.xml_parts import BPMNDI, local

#: Sizes as modelers draw them.
_EVENT, _GATEWAY = 36.0, 50.0
_STEP = (100.0, 80.0)
#: How many shapes and edges are looked at for all that is added; each takes some microseconds.
MOST_LOOKS = 300_000
#: Between two elements in a row.
GAP = 40.0


class Picture:
    """The drawing of a file; without one, and for elements that are not drawn, nothing happens."""

    def __init__(self, root: Any, elements: dict[str, Any], new_id: Callable[[str], str]) -> None:
        self.new_id = new_id
        self.elements = elements
        self.shapes: dict[str, Shape] = {}
        self.edges: dict[str, Edge] = {}
        self._drawn: dict[str, list[Any]] = {}
        self._looked = 0
        #: How many new elements are not drawn.
        self.left_out = 0
        for plane in root.iter(f"{BPMNDI}BPMNPlane"):
            for child in plane:
                self._read(plane, child)

    def _read(self, plane: Any, child: Any) -> None:
        name = (child.get("bpmnElement") or "").rpartition(":")[2]
        drawn = self.elements.get(name)
        self._drawn.setdefault(name, []).append(child)
        if child.tag == f"{BPMNDI}BPMNShape" and (box := read_box(child)):
            shape = Shape(*box, id=name, plane=plane, label=read_label(child))
            shape.holds = drawn is not None and _holds(drawn, child)
            shape.host = None if drawn is None else drawn.get("attachedToRef")
            self.shapes.setdefault(name, shape)
        elif child.tag == f"{BPMNDI}BPMNEdge" and (points := read_points(child)):
            edge = Edge(name, plane, child, points, label=read_label(child))
            edge.source = None if drawn is None else drawn.get("sourceRef")
            edge.target = None if drawn is None else drawn.get("targetRef")
            self.edges.setdefault(name, edge)

    def write(self) -> None:
        """Bring the file up to date."""
        for shape in self.shapes.values():
            shape.write()
            if shape.label:
                shape.label.write()
        for edge in self.edges.values():
            edge.write()
            if edge.label:
                edge.label.write()

    def grow(self, node: Any) -> None:
        """Draw a node that was an event as large as a step."""
        shape = self.shapes.get(node.get("id"))
        if shape is None or shape.size[0] >= _STEP[0] or self._is_tired():
            return
        self._clear(Place(anchor=shape, axis=0, ahead=False), _STEP[0], _STEP[1] / 2)
        old = Box([*shape.low], [*shape.size], None)
        shape.low[1] -= (_STEP[1] - shape.size[1]) / 2
        shape.size = list(_STEP)
        shape.label = None
        for label in shape.element.getparent().findall(f"{BPMNDI}BPMNLabel"):
            label.getparent().remove(label)
        for edge in self.edges.values():
            for at, end in ((0, edge.source), (-1, edge.target)):
                if end == shape.id:
                    edge.points[at] = _on_border(edge.points[at], old, shape)

    def put(self, new: Any, beside: Any, *, axis: int, ahead: bool) -> None:
        """Draw a new node beside another: across or down, behind it or `ahead` of it."""
        anchor = self.shapes.get(beside.get("id"))
        if anchor is None:
            return
        if self._is_tired():
            self.left_out += 1
            return
        size = _GATEWAY if local(new) in GATEWAYS else _EVENT
        self._clear(Place(anchor=anchor, axis=axis, ahead=ahead), size + 2 * GAP, size)
        low = [anchor.middle[0] - size / 2, anchor.middle[1] - size / 2]
        low[axis] = anchor.low[axis] - GAP - size if ahead else anchor.high[axis] + GAP
        self._add_shape(new, low, size, anchor.plane)

    def _is_tired(self) -> bool:
        """Whether the drawing is so large that looking it over again would take too long."""
        self._looked += len(self.shapes) + len(self.edges)
        return self._looked > MOST_LOOKS

    def _clear(self, place: Place, length: float, reach: float) -> None:
        plane = place.anchor.plane
        shapes = [shape for shape in self.shapes.values() if shape.plane is plane]
        missing = missing_room(place, shapes, length, reach)
        if missing > 0:
            edges = [edge for edge in self.edges.values() if edge.plane is plane]
            make_room(place, shapes, edges, missing)

    def _add_shape(self, new: Any, low: list[float], size: float, plane: Any) -> None:
        name = new.get("id")
        shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", bpmnElement=name)
        shape.set("id", self.new_id(f"{name}_di"))
        if local(new) == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        bounds = etree.SubElement(shape, f"{DC}Bounds")
        self.shapes[name] = Shape(low, [size, size], bounds, id=name, plane=plane)
        self.shapes[name].write()

    def connect(self, flow: Any) -> bool:
        """Draw a flow straight from its source to its target; says whether it could."""
        name = flow.get("id")
        source = self.shapes.get(flow.get("sourceRef"))
        target = self.shapes.get(flow.get("targetRef"))
        if source is None or target is None or source.plane is not target.plane:
            return False
        element = etree.SubElement(source.plane, f"{BPMNDI}BPMNEdge", bpmnElement=name)
        element.set("id", self.new_id(f"{name}_di"))
        points = between(source, target)
        self.edges[name] = Edge(name, source.plane, element, points, source.id, target.id)
        self.edges[name].write()
        return True

    def erase(self, name: str) -> None:
        """Take what draws an element out of the file."""
        self.shapes.pop(name, None)
        self.edges.pop(name, None)
        for one in self._drawn.pop(name, ()):
            one.getparent().remove(one)

    def redock(self, flow: Any, node: Any, *, at_end: bool) -> None:
        """Let the line of a flow end, or begin, at another node than before."""
        edge, shape = self.edges.get(flow.get("id")), self.shapes.get(node.get("id"))
        if edge is not None:
            edge.source, edge.target = flow.get("sourceRef"), flow.get("targetRef")
        if edge is None or shape is None or edge.plane is not shape.plane:
            return
        points: list[Point] = edge.points if at_end else edge.points[::-1]
        found = redocked(points, shape, from_left=at_end)
        edge.points = found if at_end else found[::-1]


def _holds(element: Any, shape: Any) -> bool:
    """Whether what an element contains is drawn inside of its shape."""
    if local(element) in CONTAINERS:
        return bool(shape.get("isExpanded") != "false")
    return local(element) in ("participant", "lane", "group")


def _on_border(point: Point, old: Box, new: Box) -> Point:
    """Where a line is docked when a box has grown to the right, up and down."""
    x, y = point
    if x >= old.high[0]:
        return new.high[0], y
    if y in (old.low[1], old.high[1]):
        return x, new.low[1] if y == old.low[1] else new.high[1]
    return point
