"""Which elements of a diagram a dossier has passed, as its journal tells; nothing is run again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.journal.model import JournalEntry
from app.engine import Definition, Flow


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Element ids by what became of them so far, as the diagram in the browser wears them."""

    passed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    #: Sequence flows taken.
    flows: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, list[str]]:
        """For JSON."""
        return {
            "passed": list(self.passed),
            "open": list(self.open),
            "cancelled": list(self.cancelled),
            "flows": list(self.flows),
        }


def marks_after_each(
    entries: Iterable[JournalEntry], definition: Definition
) -> Iterator[tuple[JournalEntry, Marks]]:
    """Every entry with the marks after it, oldest first."""
    walker = _Walker(incoming=_incoming(definition))
    for entry in entries:
        walker.walk(entry.payload or {})
        yield entry, walker.marks()


def marks_of(entries: Iterable[JournalEntry], definition: Definition) -> Marks:
    """The marks after the last entry."""
    walker = _Walker(incoming=_incoming(definition))
    for entry in entries:
        walker.walk(entry.payload or {})
    return walker.marks()


@dataclass(kw_only=True)
class _Walker:
    """Dictionaries serve as sets that keep their order."""

    incoming: Mapping[str, list[Flow]]
    passed: dict[str, None] = field(default_factory=dict)
    cancelled: dict[str, None] = field(default_factory=dict)
    flows: dict[str, None] = field(default_factory=dict)
    #: Step by task of what is open.
    open: dict[str, str] = field(default_factory=dict)

    def walk(self, told: Mapping[str, Any]) -> None:
        """Take in what one entry tells of a run; entries that moved nothing tell nothing."""
        waiting = set(self.open.values())
        for task in told.get("closed", ()):
            self.open.pop(task, None)
        seen: list[str] = []
        for written in told.get("passed", ()):
            step = written.removeprefix("-")
            if written.startswith("-"):
                self.cancelled[step] = None
                continue
            self._reach(step, seen, waiting)
            self.cancelled.pop(step, None)
            seen.append(step)
            self.passed[step] = None
        for opened in told.get("opened", ()):
            self.open[opened["task"]] = opened["step"]
            self.cancelled.pop(opened["step"], None)
            self._reach(opened["step"], seen, waiting)

    def _reach(self, step: str, seen: list[str], waiting: set[str]) -> None:
        """Mark the flows by which the token came: from this run, or from where it had waited."""
        arriving = self.incoming.get(step, [])
        now = [flow for flow in arriving if flow.source in seen]
        if not now and step not in waiting:
            now = [flow for flow in arriving if flow.source in self.passed]
        for flow in now:
            if flow.id:
                self.flows[flow.id] = None

    def marks(self) -> Marks:
        """The marks at this point; what is open again is not called passed."""
        opened = tuple(dict.fromkeys(self.open.values()))
        return Marks(
            passed=tuple(step for step in self.passed if step not in opened),
            open=opened,
            cancelled=tuple(step for step in self.cancelled if step not in opened),
            flows=tuple(self.flows),
        )


def _incoming(definition: Definition) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in definition.diagram.flows:
        found.setdefault(flow.target or "", []).append(flow)
    return found
