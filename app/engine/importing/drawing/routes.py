"""Lines: from one box to another, and how they come to another box than before."""

from app.engine.importing.drawing.shapes import Box, Point

#: Points nearer than this lie in one line.
_NEAR = 3.0
#: How far a line that has to go round stays away.
_AWAY = 20.0


def between(source: Box, target: Box) -> list[Point]:
    """A line with right angles between two boxes."""
    (ax, ay), (bx, by) = source.middle, target.middle
    if source.high[0] <= target.low[0]:
        return _elbow((source.high[0], ay), (target.low[0], by), axis=0)
    if source.high[1] <= target.low[1]:
        return _elbow((ax, source.high[1]), (bx, target.low[1]), axis=1)
    if target.high[1] <= source.low[1]:
        return _elbow((ax, source.low[1]), (bx, target.high[1]), axis=1)
    below = max(source.high[1], target.high[1]) + _AWAY
    return [(ax, source.high[1]), (ax, below), (bx, below), (bx, target.high[1])]


def _elbow(start: Point, end: Point, *, axis: int) -> list[Point]:
    """A line that leaves along an axis, turns half-way, and arrives along the same axis."""
    if abs(start[1 - axis] - end[1 - axis]) < _NEAR:
        return [start, end]
    half = (start[axis] + end[axis]) / 2
    if axis == 0:
        return [start, (half, start[1]), (half, end[1]), end]
    return [start, (start[0], half), (end[0], half), end]


def redocked(points: list[Point], box: Box, *, from_left: bool) -> list[Point]:
    """A line that ended at a neighbour of the box, so that it ends at the box.

    The neighbour stands on the other side of the box than the one the line should come from.
    """
    kept, last = points[:-1], points[-1]
    before = kept[-1]
    if abs(before[0] - last[0]) < _NEAR:
        return _from_above(kept, box)
    dock = box.low[0] if from_left else box.high[0]
    if before[0] < dock if from_left else before[0] > dock:
        return [*kept[:-1], *_elbow(before, (dock, box.middle[1]), axis=0)]
    if len(kept) > 1 and before[0] > box.low[0] and before[0] < box.high[0]:
        return _from_above(kept[:-1], box)
    below = box.high[1] + 2 * _AWAY
    return [*kept, (before[0], below), (box.middle[0], below), (box.middle[0], box.high[1])]


def _from_above(kept: list[Point], box: Box) -> list[Point]:
    """A line that came from above or below turns to the middle of the box."""
    before, x = kept[-1], box.middle[0]
    border = box.low[1] if before[1] < box.middle[1] else box.high[1]
    if len(kept) > 1 and abs(kept[-2][1] - before[1]) < _NEAR:
        return [*kept[:-1], (x, before[1]), (x, border)]
    return [*kept[:-1], *_elbow(before, (x, border), axis=1)]
