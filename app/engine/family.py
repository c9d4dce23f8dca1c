"""Diagrams that call one another, for example all of one procedure: checked and read together.

A version carries every file it calls, so the called process is pinned with the caller.
"""

from collections.abc import Collection, Mapping

from app.engine.assembly import assemble
from app.engine.checking import Known
from app.engine.decisions import Decision
from app.engine.definition import Definition
from app.engine.diagram import Diagram
from app.engine.entrance import examine
from app.engine.errors import DefinitionInvalid
from app.engine.problems import Problem, Severity


def check_all(
    files: Mapping[str, bytes],
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> dict[str, tuple[Problem, ...]]:
    """Everything that is wrong with each of some files, as `check` tells it, by file name.

    A call activity may call the process of any of these files.
    """
    known = Known(forms=forms, roles=roles, services=services, decisions=decisions)
    return {name: problems for name, (_, problems) in _examined(files, known).items()}


def read_all(
    files: Mapping[str, bytes],
    *,
    forms: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    services: Collection[str] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> dict[str, Definition]:
    """The definitions of files without errors, by file name. Raises DefinitionInvalid."""
    decisions = decisions or {}
    known = Known(forms=forms, roles=roles, services=services, decisions=decisions)
    diagrams: dict[str, Diagram] = {}
    for name, (diagram, problems) in _examined(files, known).items():
        if diagram is None or any(problem.severity is Severity.ERROR for problem in problems):
            raise DefinitionInvalid(problems)
        diagrams[name] = diagram
    reader = _Reader(diagrams, decisions)
    return {name: reader.definition(name) for name in files}


def _examined(
    files: Mapping[str, bytes], known: Known
) -> dict[str, tuple[Diagram | None, tuple[Problem, ...]]]:
    graph: dict[str, frozenset[str]] = {}
    twice: set[str] = set()
    for xml in files.values():
        diagram, _ = examine(xml, Known())
        if diagram:
            if diagram.process_id in graph:
                twice.add(diagram.process_id)
            graph[diagram.process_id] = diagram.calls | graph.get(diagram.process_id, frozenset())
    known = known.with_calls(graph, twice)
    return {name: examine(xml, known) for name, xml in files.items()}


class _Reader:
    """Reads called diagrams before those that call them; the checker has seen to it that none
    calls itself."""

    def __init__(self, diagrams: Mapping[str, Diagram], decisions: Mapping[str, Decision]) -> None:
        self.diagrams = diagrams
        self.decisions = decisions
        self.names = {diagram.process_id: name for name, diagram in diagrams.items()}
        self.done: dict[str, Definition] = {}

    def definition(self, name: str) -> Definition:
        """The definition of one file."""
        if name not in self.done:
            diagram = self.diagrams[name]
            calls = {
                called: self.definition(self.names[called]) for called in sorted(diagram.calls)
            }
            self.done[name] = assemble(diagram, self.decisions, calls)
        return self.done[name]
