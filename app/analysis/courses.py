"""The longest courses a dossier can take through a diagram, to each end.

A course passes each element once: how often a loop is gone round nobody knows beforehand, so loops
are reported and not multiplied. Of parallel branches a course takes one, so the longest course
takes the longest branch, which is how long the whole lasts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.engine import Diagram, Node

#: Elements visited while looking for courses; a loop with more ways in it is given up.
MOST_VISITS = 100_000


@dataclass(frozen=True, kw_only=True)
class Course:
    """One way through a level of the diagram."""

    #: Ids of the elements that are passed, in order; the last is the end event.
    elements: tuple[str, ...]
    hours: Decimal

    @property
    def end(self) -> str:
        """Id of the element it ends with."""
        return self.elements[-1]


class TooManyWays(Exception):
    """A loop has more ways in it than can be compared."""


def longest_courses(
    diagram: Diagram, start: Node, hours: Mapping[str, Decimal], *, most: int = MOST_VISITS
) -> tuple[Course, ...]:
    """The longest course to each end, in the order of the file. Raises TooManyWays.

    Elements that `hours` does not name take no time.
    """
    return _Search(diagram, hours, most).from_(start.id or "")


def loops(diagram: Diagram, start: Node) -> tuple[str, ...]:
    """Ids of elements that a flow leads back to, in the order in which they are come to."""
    back: dict[str, None] = {}
    on_the_way: dict[str, Iterator[str]] = {}
    done: set[str] = set()
    here = start.id or ""
    on_the_way[here] = iter(_next(diagram, here))
    while on_the_way:
        here = next(reversed(on_the_way))
        later = next(on_the_way[here], None)
        if later is None:
            done.add(here)
            del on_the_way[here]
        elif later in on_the_way:
            back[later] = None
        elif later not in done:
            on_the_way[later] = iter(_next(diagram, later))
    return tuple(node.id for node in diagram.nodes if node.id and node.id in back)


def _next(diagram: Diagram, id_: str) -> list[str]:
    """Elements that may follow in the same thread of work."""
    node = diagram.by_id[id_]
    bells = [bell.id for bell in diagram.boundary(node) if bell.interrupting]
    flows = [flow.target for flow in diagram.outgoing(node)]
    return [later for later in (*bells, *flows) if later]


class _Search:
    def __init__(self, diagram: Diagram, hours: Mapping[str, Decimal], most: int) -> None:
        self.diagram = diagram
        self.hours = hours
        self.left = most
        self.best: dict[str, dict[str, Course]] = {}
        self.next: dict[str, list[str]] = {}
        self.earlier: dict[str, list[str]] = {}

    def from_(self, start: str) -> tuple[Course, ...]:
        for ring in self._rings(start):
            for entry in sorted(ring):
                if entry == start or not ring.issuperset(self.earlier[entry]):
                    self.best[entry] = self._through(entry, ring)
        ends = self.best[start]
        return tuple(ends[node.id] for node in self.diagram.nodes if node.id and node.id in ends)

    def _rings(self, start: str) -> list[frozenset[str]]:
        """Elements that lie on loops with each other, together; the last to come first."""
        order = self._finished(start)
        self.earlier = {id_: [] for id_ in order}
        for id_ in order:
            for later in self.next[id_]:
                self.earlier[later].append(id_)
        rings: list[frozenset[str]] = []
        seen: set[str] = set()
        for id_ in reversed(order):
            if id_ not in seen:
                ring = _spread(id_, self.earlier, seen)
                seen |= ring
                rings.append(ring)
        return rings[::-1]

    def _finished(self, start: str) -> list[str]:
        """All elements, each after those that come after it (in loops: after most of them)."""
        order: list[str] = []
        self.next[start] = _next(self.diagram, start)
        todo = [(start, iter(self.next[start]))]
        while todo:
            here, coming = todo[-1]
            later = next((id_ for id_ in coming if id_ not in self.next), None)
            if later is None:
                order.append(here)
                todo.pop()
            else:
                self.next[later] = _next(self.diagram, later)
                todo.append((later, iter(self.next[later])))
        return order

    def _through(self, entry: str, ring: frozenset[str]) -> dict[str, Course]:
        """The longest course to each end, beginning with an element of a ring."""
        found: dict[str, Course] = {}
        todo = [Course(elements=(entry,), hours=self._of(entry))]
        while todo:
            self.left -= 1
            if self.left < 0:
                raise TooManyWays
            course = todo.pop()
            for later in self.next[course.end]:
                if later not in ring:
                    for rest in self.best[later].values():
                        _keep(found, _joined(course, rest))
                elif later not in course.elements:
                    hours = course.hours + self._of(later)
                    todo.append(Course(elements=(*course.elements, later), hours=hours))
            if not self.next[course.end]:
                _keep(found, course)
        return found

    def _of(self, id_: str) -> Decimal:
        return self.hours.get(id_, Decimal(0))


def _spread(start: str, earlier: Mapping[str, list[str]], without: set[str]) -> frozenset[str]:
    ring = {start}
    todo = [start]
    while todo:
        for id_ in earlier[todo.pop()]:
            if id_ not in ring and id_ not in without:
                ring.add(id_)
                todo.append(id_)
    return frozenset(ring)


def _joined(course: Course, rest: Course) -> Course:
    return Course(elements=course.elements + rest.elements, hours=course.hours + rest.hours)


def _keep(found: dict[str, Course], course: Course) -> None:
    known = found.get(course.end)
    if known is None or known.hours < course.hours:
        found[course.end] = course
