"""Diagrams that call one another, for example all of one procedure: checked and read together.

A version carries every file it calls, so the called process is pinned with the caller.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.engine.assembly import assemble
from app.engine.checking import Known
from app.engine.decisions import Decision
from app.engine.definition import Definition
from app.engine.diagram import Diagram
from app.engine.entrance import draw, examine
from app.engine.errors import DefinitionInvalid
from app.engine.problems import Problem, cannot_be_read


@dataclass(frozen=True, kw_only=True)
class Family:
    """Everything there is to know about some files before they run; each mapping is by file."""

    #: What is wrong with each file, as `check` tells it.
    problems: Mapping[str, tuple[Problem, ...]]
    #: The graphs of those in which there is a process, with all their mistakes.
    diagrams: Mapping[str, Diagram]
    #: Those that have no errors of their own, nor has anything they call; forms, roles and services
    #: may be missing.
    definitions: Mapping[str, Definition]

    @property
    def by_process(self) -> Mapping[str, str]:
        """The file of each process; of a process that several files define, the last."""
        return {diagram.process_id: name for name, diagram in self.diagrams.items()}


def look_over(
    files: Mapping[str, bytes],
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Family:
    """Check and read files that may call each other, together with their mistakes. Never raises.

    What is not given is not checked; a diagram that asks a decision which is not given cannot be
    read.
    """
    known = _with_calls(
        files, Known(forms=forms, roles=roles, services=services, decisions=decisions)
    )
    found = {name: examine(xml, known) for name, xml in files.items()}
    diagrams = {name: diagram for name, (diagram, _) in found.items() if diagram is not None}
    bare = Known(calls=known.calls, ambiguous=known.ambiguous)
    sound = {
        name: diagram
        for name, diagram in diagrams.items()
        if not (cannot_be_read(found[name][1]) and cannot_be_read(examine(files[name], bare)[1]))
        and _can_ask(diagram, decisions or {})
    }
    reader = _Reader(sound, decisions or {})
    read = {name: reader.definition(name) for name in sound}
    return Family(
        problems={name: problems for name, (_, problems) in found.items()},
        diagrams=diagrams,
        definitions={name: one for name, one in read.items() if one is not None},
    )


def check_all(
    files: Mapping[str, bytes],
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Mapping[str, tuple[Problem, ...]]:
    """Everything that is wrong with each of some files, as `check` tells it, by file name.

    A call activity may call the process of any of these files.
    """
    family = look_over(files, forms=forms, roles=roles, services=services, decisions=decisions)
    return family.problems


def read_all(
    files: Mapping[str, bytes],
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Mapping[str, Definition]:
    """The definitions of files without errors, by file name. Raises DefinitionInvalid."""
    family = look_over(
        files, forms=forms, roles=roles, services=services, decisions=decisions or {}
    )
    for problems in family.problems.values():
        if cannot_be_read(problems):
            raise DefinitionInvalid(problems)
    return family.definitions


def _can_ask(diagram: Diagram, decisions: Mapping[str, Decision]) -> bool:
    return all(
        node.decision is None or node.decision.decision in decisions for node in diagram.nodes
    )


def _with_calls(files: Mapping[str, bytes], known: Known) -> Known:
    """What the files' surroundings know, and what can be called among them."""
    graph: dict[str, frozenset[str]] = {}
    twice: set[str] = set()
    for xml in files.values():
        diagram, _ = draw(xml)
        if diagram:
            if diagram.process_id in graph:
                twice.add(diagram.process_id)
            graph[diagram.process_id] = diagram.calls | graph.get(diagram.process_id, frozenset())
    return known.with_calls(graph, twice)


class _Reader:
    """Reads called diagrams before those that call them; the checker has seen to it that none
    calls itself."""

    def __init__(self, diagrams: Mapping[str, Diagram], decisions: Mapping[str, Decision]) -> None:
        self.diagrams = diagrams
        self.decisions = decisions
        self.names = {diagram.process_id: name for name, diagram in diagrams.items()}
        self.done: dict[str, Definition | None] = {}

    def definition(self, name: str) -> Definition | None:
        """The definition of one file; none where it calls one that cannot be read."""
        if name not in self.done:
            diagram = self.diagrams[name]
            calls: dict[str, Definition] = {}
            for process in sorted(diagram.calls & self.names.keys()):
                if called := self.definition(self.names[process]):
                    calls[process] = called
            whole = calls.keys() == diagram.calls
            self.done[name] = assemble(diagram, self.decisions, calls) if whole else None
        return self.done[name]
