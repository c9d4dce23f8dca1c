"""Shapes and edges in memory: read once, moved about, written back once."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias

from lxml import etree

from app.engine.xml_parts import BPMNDI

DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
_BOUNDS = ("x", "y", "width", "height")
#: Nobody draws farther out.
_FARTHEST = 1_000_000.0

Point: TypeAlias = tuple[float, float]


@dataclass
class Box:
    """A rectangle of the drawing; `low` and `size` by axis: 0 across, 1 down."""

    low: list[float]
    size: list[float]
    element: Any

    @property
    def high(self) -> Point:
        """The lower right corner."""
        return self.low[0] + self.size[0], self.low[1] + self.size[1]

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.low[0] + self.size[0] / 2, self.low[1] + self.size[1] / 2

    def write(self) -> None:
        """Bring the file up to date."""
        for name, value in zip(_BOUNDS, (*self.low, *self.size), strict=True):
            if _number(self.element.get(name)) != value:
                self.element.set(name, written(value))


@dataclass
class Shape(Box):
    """The box of a node, pool or lane, and the box of its label."""

    id: str
    plane: Any
    #: Whether what it holds is drawn inside of it.
    holds: bool = False
    #: What a boundary event sits on.
    host: str | None = None
    label: Box | None = None


@dataclass
class Edge:
    """The line of a flow."""

    id: str
    plane: Any
    element: Any
    points: list[Point]
    #: Ids of what it connects.
    source: str | None = None
    target: str | None = None
    label: Box | None = None

    def write(self) -> None:
        """Bring the file up to date."""
        old = self.element.findall(f"{DI}waypoint")
        if [_point(one) for one in old] == self.points:
            return
        for one in old:
            self.element.remove(one)
        for at, (x, y) in enumerate(self.points):
            made = etree.Element(f"{DI}waypoint", x=written(x), y=written(y))
            self.element.insert(at, made)


def read_box(element: Any) -> tuple[list[float], list[float], Any] | None:
    """Position, size and bounds of a shape or label; nothing if they make no sense."""
    bounds = element.find(f"{DC}Bounds")
    if bounds is None:
        return None
    values = [_number(bounds.get(name)) for name in _BOUNDS]
    found = [value for value in values if value is not None]
    return (found[:2], found[2:], bounds) if len(found) == 4 else None


def read_label(element: Any) -> Box | None:
    """The box of the label of a shape or edge."""
    label = element.find(f"{BPMNDI}BPMNLabel")
    found = None if label is None else read_box(label)
    return Box(*found) if found else None


def read_points(element: Any) -> list[Point] | None:
    """The way-points of an edge; nothing if it has no line."""
    points = [_point(one) for one in element.findall(f"{DI}waypoint")]
    found = [point for point in points if point is not None]
    return found if len(found) == len(points) > 1 else None


def _point(element: Any) -> Point | None:
    x, y = _number(element.get("x")), _number(element.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= _FARTHEST else None


def written(value: float) -> str:
    """A coordinate as modelers write it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
