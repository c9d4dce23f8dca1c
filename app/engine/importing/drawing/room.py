"""Making room: everything behind a place moves on, and what surrounds the place grows."""

from collections.abc import Collection
from dataclasses import dataclass

from app.engine.importing.drawing.shapes import Box, Edge, Shape

#: Room is made in steps of this, so that drawings stay on their grid.
_GRID = 10.0
#: Points nearer than this stand in one line.
_IN_LINE = 3.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A side of a shape: across (axis 0) or down (1), behind it or `ahead` of it."""

    anchor: Shape
    axis: int
    ahead: bool

    @property
    def border(self) -> float:
        """Where the side is."""
        return self.anchor.low[self.axis] if self.ahead else self.anchor.high[self.axis]


def missing_room(place: Place, shapes: Collection[Shape], wanted: float, reach: float) -> float:
    """How much is missing there of the wanted length, as far as `reach` to both sides."""
    anchor, cross = place.anchor, 1 - place.axis
    low, high = anchor.middle[cross] - reach, anchor.middle[cross] + reach
    free = wanted
    for shape in shapes:
        if shape is anchor or anchor.id == shape.host or shape.id == anchor.host:
            continue
        if shape.holds and _contains(shape, anchor):
            free = min(free, _to_wall(place, shape))
        elif not shape.holds and shape.low[cross] < high and shape.high[cross] > low:
            free = min(free, _to_neighbour(place, shape, wanted))
    return -(-(wanted - free) // _GRID) * _GRID


def _contains(outer: Shape, inner: Shape) -> bool:
    return all(outer.low[axis] <= inner.middle[axis] <= outer.high[axis] for axis in (0, 1))


def _to_wall(place: Place, outer: Shape) -> float:
    if place.ahead:
        return place.border - outer.low[place.axis]
    return outer.high[place.axis] - place.border


def _to_neighbour(place: Place, shape: Shape, wanted: float) -> float:
    axis, middle = place.axis, place.anchor.middle[place.axis]
    if place.ahead and shape.middle[axis] < middle:
        return place.border - shape.high[axis]
    if not place.ahead and shape.middle[axis] > middle:
        return shape.low[axis] - place.border
    return wanted


def make_room(
    place: Place, shapes: Collection[Shape], edges: Collection[Edge], delta: float
) -> None:
    """Move everything behind the place; the anchor itself moves if room is `ahead` of it."""
    axis, border = place.axis, place.border
    behind = {shape.id for shape in shapes if _is_behind(place, shape, border)}
    # What sits on a shape goes where that goes; on one that grows, it goes by its own place.
    carrying = {shape.id for shape in shapes if not shape.holds or shape.id in behind}
    moved = {
        shape.id
        for shape in shapes
        if (shape.host if shape.host in carrying else shape.id) in behind
    }
    for shape in shapes:
        if shape.id in moved:
            _shift(shape, axis, delta)
            _shift(shape.label, axis, delta)
        elif shape.holds and shape.low[axis] < border <= shape.high[axis]:
            shape.size[axis] += delta
    still = {shape.id for shape in shapes if not shape.holds} - moved
    for edge in edges:
        _bend(edge, place, delta, (moved, still), border)


def _is_behind(place: Place, shape: Shape, border: float) -> bool:
    if shape is place.anchor:
        return place.ahead
    at = shape.low if shape.holds else shape.middle
    return at[place.axis] >= border


def _shift(box: Box | None, axis: int, delta: float) -> None:
    if box:
        box.low[axis] += delta


def _bend(
    edge: Edge, place: Place, delta: float, ends: tuple[set[str], set[str]], border: float
) -> None:
    """Move the way-points behind the border; the ends stay with what they are docked to."""
    axis, (moved, still) = place.axis, ends
    shift = [point[axis] >= border for point in edge.points]
    for name, order in (
        (edge.source, range(len(shift))),
        (edge.target, range(len(shift) - 1, -1, -1)),
    ):
        if name in moved or name in still:
            _follow(edge, axis, shift, order, goes=name in moved)
    for at, (x, y) in enumerate(edge.points):
        if shift[at]:
            edge.points[at] = (x + delta, y) if axis == 0 else (x, y + delta)
    if edge.label and edge.label.low[axis] >= border:
        _shift(edge.label, axis, delta)


def _follow(edge: Edge, axis: int, shift: list[bool], order: range, *, goes: bool) -> None:
    """Let an end go as its shape does, with the points that stand in one line with it."""
    at_end = edge.points[order[0]][axis]
    for at in order[: len(order) - 1]:
        if abs(edge.points[at][axis] - at_end) > _IN_LINE:
            return
        shift[at] = goes
