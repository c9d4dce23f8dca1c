"""Do the hours of the steps fit into the legal term? (spec Q-01, R1-08)

The table of an internal procedure gives every step a role and hours, and its last row, the total,
must equal the legal term of the case. The total is that of the longest course from the start to an
end (`courses`); what waits for the citizen does not count (`hours`), nor do the side paths of
reminders. A called process takes the hours of its own longest course.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from app.analysis.courses import Course, TooManyWays, longest_courses, loops
from app.analysis.hours import Allotted, Counting, allotted, as_written
from app.engine import Definition, Diagram, Node


class Fit(Enum):
    """The longest course against the legal term."""

    EQUAL = "equal"
    UNDER = "under"
    OVER = "over"
    #: It depends on variables that were not given.
    DEPENDS = "depends"
    #: There are too many ways to compare, or no way to an end.
    GAVE_UP = "gave-up"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    step: str
    name: str
    #: Role key as written: literal or `=FEEL`.
    role: str | None
    lane: str | None
    #: Nothing where they are not known.
    hours: Decimal | None
    #: Hours as written: a number or `=FEEL`.
    written: str | None
    counting: Counting
    #: Whether the longest course passes here.
    critical: bool
    #: Hours from the start to the end of the step; only on the longest course.
    cumulative: Decimal | None

    def as_dict(self) -> dict[str, Any]:
        """The line as plain JSON; hours are numbers as text."""
        return {
            "step": self.step,
            "name": self.name,
            "role": self.role,
            "lane": self.lane,
            "hours": _text(self.hours),
            "written": self.written,
            "counting": self.counting.value,
            "critical": self.critical,
            "cumulative": _text(self.cumulative),
        }


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The longest course to one end event."""

    end: str
    name: str
    hours: Decimal
    #: Ids of the steps that are passed, those of sub-processes and called processes included.
    steps: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The outcome as plain JSON."""
        return {
            "end": self.end,
            "name": self.name,
            "hours": _text(self.hours),
            "steps": list(self.steps),
        }


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The hours of a procedure's case."""

    fit: Fit
    #: The legal term, in working hours.
    term_hours: Decimal
    #: The longest course; steps without known hours count nothing.
    total_hours: Decimal
    rows: tuple[Row, ...]
    #: The longest course to each end.
    outcomes: tuple[Outcome, ...]
    #: Elements that a flow leads back to; what lies between is counted once.
    loops: tuple[str, ...]
    #: Variables that decide about hours and were not given, sorted.
    depends_on: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The budget as plain JSON."""
        return {
            "verdict": self.fit.value,
            "term_hours": _text(self.term_hours),
            "total_hours": _text(self.total_hours),
            "rows": [row.as_dict() for row in self.rows],
            "outcomes": [outcome.as_dict() for outcome in self.outcomes],
            "loops": list(self.loops),
            "depends_on": list(self.depends_on),
        }


def hours_budget(
    definition: Definition,
    *,
    term_hours: Decimal,
    variables: Mapping[str, object] | None = None,
) -> Budget:
    """The hours of every step and course, for given variables (for example the channel)."""
    return _Reckoning(definition, variables or {}).budget(Decimal(term_hours))


@dataclass(frozen=True, kw_only=True)
class _Level:
    """The elements of a process, or of one of its sub-processes."""

    diagram: Diagram
    #: What stands before the ids of its elements: nothing, or the called process and a slash.
    prefix: str = ""
    container: str | None = None

    @property
    def nodes(self) -> list[Node]:
        return self.diagram.inside(self.container)


class _Reckoning:
    def __init__(self, definition: Definition, variables: Mapping[str, object]) -> None:
        self.definition = definition
        self.allotted = {id_: allotted(step, variables) for id_, step in definition.steps.items()}
        self.hours = {id_: part.hours for id_, part in self.allotted.items()}
        #: The longest courses of each level; a process that is called twice is looked at once.
        self.courses: dict[tuple[str, str | None], tuple[Course, ...]] = {}
        #: The longest course inside of each sub-process and call activity.
        self.inside: dict[str, Course] = {}

    def budget(self, term: Decimal) -> Budget:
        try:
            courses = self._courses(_Level(diagram=self.definition.diagram))
        except TooManyWays:
            courses = ()
        worst = max(courses, key=lambda course: course.hours, default=None)
        passed = tuple(self._unfolded(worst)) if worst else ()
        depends = {name for part in self.allotted.values() for name in part.depends_on}
        total = worst.hours if worst else Decimal(0)
        return Budget(
            fit=_fit(total, term, depends=bool(depends), found=worst is not None),
            term_hours=term,
            total_hours=total,
            rows=tuple(self._rows(passed)),
            outcomes=tuple(self._outcome(course) for course in courses),
            loops=tuple(self._loops()),
            depends_on=tuple(sorted(depends)),
        )

    def _loops(self) -> Iterator[str]:
        processes = {"": self.definition.diagram} | {
            f"{process}/": called.diagram for process, called in self.definition.called.items()
        }
        for prefix, diagram in processes.items():
            for start in _starts(diagram.nodes):
                yield from (prefix + id_ for id_ in loops(diagram, start))

    def _courses(self, level: _Level) -> tuple[Course, ...]:
        """The longest courses of a level, those of the levels below it first."""
        key = (level.prefix, level.container)
        if key not in self.courses:
            for node in level.nodes:
                if below := self._below(level, node):
                    self._look_inside(level.prefix + (node.id or ""), below)
            self.courses[key] = self._longest(level)
        return self.courses[key]

    def _below(self, level: _Level, node: Node) -> _Level | None:
        """The level that opens at an element."""
        if node.tag == "subProcess":
            return replace(level, container=node.id)
        if node.called and node.called in self.definition.called:
            return _Level(
                diagram=self.definition.called[node.called].diagram, prefix=f"{node.called}/"
            )
        return None

    def _longest(self, level: _Level) -> tuple[Course, ...]:
        start = next(_starts(level.nodes), None)
        if start is None:
            return ()
        hours = {node.id or "": self.hours[level.prefix + (node.id or "")] for node in level.nodes}
        return tuple(
            replace(course, elements=tuple(level.prefix + id_ for id_ in course.elements))
            for course in longest_courses(level.diagram, start, hours)
        )

    def _look_inside(self, element: str, level: _Level) -> None:
        courses = self._courses(level)
        runs = self.allotted[element].counting is not Counting.PAUSED
        if courses and runs:
            self.inside[element] = max(courses, key=lambda course: course.hours)
            self.hours[element] += self.inside[element].hours

    def _unfolded(self, course: Course) -> Iterator[str]:
        for id_ in course.elements:
            yield id_
            if id_ in self.inside:
                yield from self._unfolded(self.inside[id_])

    def _outcome(self, course: Course) -> Outcome:
        return Outcome(
            end=course.end,
            name=self.definition.steps[course.end].name,
            hours=course.hours,
            steps=tuple(id_ for id_ in self._unfolded(course) if self._is_work(id_)),
        )

    def _is_work(self, id_: str) -> bool:
        step = self.definition.steps[id_]
        return step.kind == "user" or step.working_hours is not None

    def _rows(self, passed: tuple[str, ...]) -> Iterator[Row]:
        """Steps on the longest course as they follow each other, then the others."""
        others = [id_ for id_ in self.definition.steps if id_ not in passed]
        cumulative = Decimal(0)
        for place, id_ in enumerate((*passed, *others)):
            cumulative += self.allotted[id_].hours
            if self._is_work(id_):
                critical = place < len(passed)
                yield self._row(id_, self.allotted[id_], cumulative if critical else None)

    def _row(self, id_: str, part: Allotted, cumulative: Decimal | None) -> Row:
        step = self.definition.steps[id_]
        return Row(
            step=id_,
            name=step.name,
            role=step.roles,
            lane=step.lane,
            hours=part.hours if part.counting is Counting.COUNTED else None,
            written=as_written(step),
            counting=part.counting,
            critical=cumulative is not None,
            cumulative=cumulative,
        )


def _starts(nodes: Iterable[Node]) -> Iterator[Node]:
    return (node for node in nodes if node.tag == "startEvent")


def _fit(total: Decimal, term: Decimal, *, depends: bool, found: bool) -> Fit:
    if not found:
        return Fit.GAVE_UP
    if total > term:
        return Fit.OVER
    if depends:
        return Fit.DEPENDS
    return Fit.EQUAL if total == term else Fit.UNDER


def _text(hours: Decimal | None) -> str | None:
    return None if hours is None else f"{hours.normalize():f}"
