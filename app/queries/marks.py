"""Which elements of a diagram a dossier has passed, as its journal tells; nothing is run again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.journal.model import JournalEntry
from app.engine import Definition
from app.queries.graph import Edge, Graph, graph_of
from app.queries.lineage import Lineage


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Element ids by what became of them so far, as the diagrams in the browser wear them.

    Those of called processes are `process/element`. A sub-process or call activity is open while
    work inside of it is.
    """

    passed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    #: Sequence flows taken.
    flows: tuple[str, ...] = ()

    def with_open(self, steps: Iterable[str]) -> "Marks":
        """The same with more that is open now: what the journal tells nothing of."""
        more = tuple(step for step in steps if step not in self.open)
        passed = tuple(step for step in self.passed if step not in more)
        return replace(self, passed=passed, open=self.open + more)

    def as_dict(self) -> dict[str, list[str]]:
        """For JSON."""
        return {
            "passed": list(self.passed),
            "open": list(self.open),
            "cancelled": list(self.cancelled),
            "flows": list(self.flows),
        }


def marks_after_each(
    entries: Iterable[JournalEntry], lineage: Lineage
) -> Iterator[tuple[JournalEntry, Marks]]:
    """Every entry with the marks after it on the diagram then in force, oldest first."""
    walker = _Walker()
    for entry in entries:
        walker.take_in(entry, lineage)
        yield entry, walker.marks()


def marks_of(entries: Iterable[JournalEntry], lineage: Lineage) -> Marks:
    """The marks after the last entry."""
    walker = _Walker()
    for entry in entries:
        walker.take_in(entry, lineage)
    return walker.marks()


_NO_GRAPH = Graph(edges=(), inside={}, around={}, bells={}, joins=frozenset(), defaults={})


@dataclass(kw_only=True)
class _Walker:
    """Dictionaries serve as sets that keep their order."""

    definition: Definition | None = None
    graph: Graph = _NO_GRAPH
    incoming: Mapping[str, list[Edge]] = field(default_factory=dict)
    passed: dict[str, None] = field(default_factory=dict)
    cancelled: dict[str, None] = field(default_factory=dict)
    flows: dict[str, None] = field(default_factory=dict)
    #: Step by task of what is open.
    open: dict[str, str] = field(default_factory=dict)
    #: Sub-processes and call activities that were entered and not left.
    entered: dict[str, None] = field(default_factory=dict)

    def take_in(self, entry: JournalEntry, lineage: Lineage) -> None:
        """Go on with the next entry, on the diagram that was in force at it."""
        told = entry.payload or {}
        definition = lineage.at(entry.seq).definition
        if definition is not self.definition:
            self._stand_on(definition, told.get("mapping", {}))
        self.walk(told)

    def _stand_on(self, definition: Definition, names: Mapping[str, str]) -> None:
        """Another diagram: what it knows keeps its marks, under the names it has there."""
        self.definition, self.graph = definition, graph_of(definition)
        incoming: dict[str, list[Edge]] = {}
        for edge in self.graph.edges:
            incoming.setdefault(edge.target, []).append(edge)
        self.incoming = incoming
        known = {*definition.steps, *(edge.id for edge in self.graph.edges)}
        for marked in (self.passed, self.cancelled, self.flows, self.entered):
            kept = [name for one in marked if (name := names.get(one, one)) in known]
            marked.clear()
            marked.update(dict.fromkeys(kept))
        self.open = {task: names.get(step, step) for task, step in self.open.items()}

    def walk(self, told: Mapping[str, Any]) -> None:
        """Take in what one entry tells of a run; entries that moved nothing tell nothing."""
        waiting = set(self.open.values()) | self.entered.keys()
        for task in told.get("closed", ()):
            self.open.pop(task, None)
        seen: list[str] = []
        for written in told.get("passed", ()):
            step = written.removeprefix("-")
            if written.startswith("-"):
                self.cancelled[step] = None
                self.entered.pop(step, None)
                continue
            self._reach(step, seen, waiting)
            self.cancelled.pop(step, None)
            self.entered.pop(step, None)
            seen.append(step)
            self.passed.pop(step, None)
            self.passed[step] = None
        for opened in told.get("opened", ()):
            self.open[opened["task"]] = opened["step"]
            self.cancelled.pop(opened["step"], None)
            self._reach(opened["step"], seen, waiting)

    def _reach(self, step: str, seen: list[str], waiting: set[str]) -> None:
        """Mark the flows by which the token came, to the step and to what it lies in."""
        self._arrive(step, seen, waiting)
        for outer in self._entering(step):
            self._arrive(outer, seen, waiting)
            self.entered[outer] = None

    def _entering(self, step: str) -> list[str]:
        """What the step lies in and was not entered yet; of several callers the likely ones."""
        found = []
        for outer in self.graph.all_around(step):
            callers = self.graph.around.get(step, ())
            likely = len(callers) < 2 or outer not in callers or self._can_begin(outer)
            if outer not in self.entered and likely:
                found.append(outer)
        return found

    def _can_begin(self, caller: str) -> bool:
        """Whether a token stands before a call: something that leads there was passed later."""
        order = list(self.passed)
        last = order.index(caller) if caller in self.passed else -1
        before = [edge.source for edge in self.incoming.get(caller, ())]
        return any(one in self.passed and order.index(one) > last for one in before)

    def _arrive(self, step: str, seen: list[str], waiting: set[str]) -> None:
        """Mark the flows of this run, or those from where the token had waited.

        Before a join the tokens of earlier runs have waited, too.
        """
        arriving = self.incoming.get(step, [])
        now = [edge for edge in arriving if edge.source in seen]
        if step in self.graph.joins or (not now and step not in waiting):
            now = [edge for edge in arriving if edge.source in self.passed]
        for edge in now:
            self.flows[edge.id] = None

    def marks(self) -> Marks:
        """The marks at this point; what is open again is not called passed."""
        steps = dict.fromkeys(self.open.values())
        around = {outer for step in steps for outer in self.graph.all_around(step)}
        opened = tuple(steps) + tuple(one for one in self.entered if one in around)
        return Marks(
            passed=tuple(step for step in self.passed if step not in opened),
            open=opened,
            cancelled=tuple(step for step in self.cancelled if step not in opened),
            flows=tuple(self.flows),
        )
